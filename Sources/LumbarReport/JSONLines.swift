import LumbarCore

/// Writes what the program concluded as one JSON object per line, for other programs.
///
/// Every time is in seconds from `start` with four decimals, `decided_s` is when the program knew, and key names
/// carry their unit. Numbers have a fixed count of decimals, so the same stream gives the same bytes on every
/// machine. Keys are only ever added, never renamed.
public struct JSONLines: Sendable {
    /// The moment that is second 0.
    public var start: Instant

    /// Lines with times relative to `start`.
    public init(start: Instant) { self.start = start }

    // MARK: Episodes

    /// One line for an episode, without the line end; an ongoing one says `"ongoing":true`.
    public func line(_ episode: Episode) -> String {
        var object = JSONObject()
        object.add("type", JSONLines.type(of: episode.kind))
        if case .transition(let transition) = episode.kind { object.add("kind", transition.rawValue) }
        if case .fall = episode.kind { object.add("at_s", episode.start - start) }
        object.add("start_s", episode.start - start)
        object.add("end_s", episode.end - start)
        EpisodeJSON.addMeasures(of: episode.kind, to: &object)
        object.add("confidence", episode.confidence, decimals: 3)
        object.add("sensors", episode.tier.rawValue)
        object.add("decided_s", episode.decided - start)
        if episode.isOngoing { object.add("ongoing", true) }
        return object.text
    }

    /// The word in the `type` key of a kind of episode.
    public static func type(of kind: Episode.Kind) -> String {
        switch kind {
        case .posture: "posture"
        case .transition: "transition"
        case .bend: "bend"
        case .sustainedFlexion: "sustained_flexion"
        case .sitting: "sitting"
        case .lift: "lift"
        case .twist: "twist"
        case .fall: "fall"
        case .rising: "rising"
        case .ride: "ride"
        }
    }

    // MARK: The rest

    /// One line for an alert, without the line end.
    public func line(_ alert: Alert) -> String {
        var object = JSONObject()
        object.add("type", "alert")
        object.add("rule", alert.rule.rawValue)
        object.add("tier", alert.tier.rawValue)
        object.add("at_s", alert.time - start)
        object.add("episode_start_s", alert.episodeStart - start)
        AlertJSON.addRest(of: alert, to: &object)
        AlertJSON.addReason(of: alert, to: &object)
        return object.text
    }

    /// One line for what was measured around an alert, without the line end.
    public func line(_ trace: AlertTrace, of alert: Alert) -> String {
        var object = JSONObject()
        object.add("type", "trace")
        object.add("rule", alert.rule.rawValue)
        object.add("alert_at_s", alert.time - start)
        object.add("start_s", trace.start - start)
        TraceJSON.addCurve(of: trace, to: &object)
        object.add("wearer", alert.wearer.text)
        return object.text
    }

    /// One line for a day, without the line end.
    public func line(_ summary: DailySummary) -> String {
        var object = JSONObject()
        object.add("type", "summary")
        object.add("start_s", summary.start - start)
        object.add("end_s", summary.end - start)
        SummaryJSON.addRest(of: summary, to: &object)
        return object.text
    }

    /// One line for news about how a sensor sits, without the line end.
    public func line(_ news: MountNews, of device: DeviceID, at time: Instant) -> String {
        var object = JSONObject()
        object.add("type", "mount")
        object.add("at_s", time - start)
        object.add("device", device.text)
        JSONLines.add(news, to: &object)
        return object.text
    }

    /// Adds news about how a sensor sits, for any line that has a place for it.
    public static func add(_ news: MountNews, to object: inout JSONObject) {
        switch news {
        case .moved(let degrees, let relearned):
            object.add("news", "moved")
            object.add("by_deg", degrees, decimals: 1)
            object.add("relearned", relearned)
        case .turnedAround: object.add("news", "turned_around")
        case .stale: object.add("news", "stale")
        case .confirmed: object.add("news", "confirmed")
        case .gesture(let outcome):
            object.add("news", "gesture")
            object.add("outcome", outcome.rawValue)
        }
    }

    /// One line for the attitude at a sample, without the line end.
    public func line(_ report: AttitudeReport) -> String {
        var object = JSONObject()
        object.add("type", "attitude")
        object.add("t_s", report.time - start)
        let up = [report.up.x, report.up.y, report.up.z].map {
            $0.isFinite ? DecimalText.fixed($0, 6) : "null"
        }
        object.addRaw("up", "[" + up.joined(separator: ",") + "]")
        object.add("flexion_deg", report.flexionDegrees, decimals: 3)
        object.add("lateral_deg", report.lateralDegrees, decimals: 3)
        object.add("uncertainty_deg", report.uncertaintyDegrees, decimals: 1)
        return object.text
    }
}
