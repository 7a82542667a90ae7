import LumbarCore
import LumbarMeasures
import LumbarStore

/// Stored rows as one JSON object per line: wall times as in RFC 3339, and for the rest the keys of `JSONLines`.
///
/// Instants of the boot clock go along as `..._ns` with their `boot_id`, because they are what was measured; wall times
/// are `null` for a boot that never knew the time.
public enum StoredJSON {
    /// One line for an alert.
    public static func line(_ stored: StoredAlert) -> String { object(stored.alert, stored.place).text }

    /// One line for an alert with what the wearer said of it; `null` when nothing.
    public static func line(_ stored: StoredAlert, verdict: AlertVerdict?) -> String {
        var object = object(stored.alert, stored.place)
        object.addRaw("verdict", verdict.map { JSONObject.quoted($0.rawValue) } ?? "null")
        return object.text
    }

    /// One line for a summary; its boot's instants say nothing to a reader and are left out.
    public static func line(_ summary: DailySummary) -> String {
        var object = JSONObject()
        object.add("type", "summary")
        SummaryJSON.addRest(of: summary, to: &object)
        return object.text
    }

    /// One line for a summary, with what was declared to have been lifted on that day.
    public static func line(
        _ summary: DailySummary, _ lifting: DeclaredLifting?, zone: (WallTime) -> ZoneRule
    ) -> String {
        guard let lifting else { return line(summary) }
        var object = JSONObject()
        object.add("type", "summary")
        SummaryJSON.addRest(of: summary, to: &object)
        object.addRaw("declared_lifting", DeclaredLoadJSON.object(lifting, zone: zone))
        return object.text
    }

    /// One line for any row of an export.
    public static func line(_ row: ExportedRow) -> String {
        switch row {
        case .anchor(let anchor, let bootID, let isSynchronized): line(anchor, bootID, isSynchronized)
        case .epoch(let epoch, let place): line(epoch, place)
        case .episode(let episode, let wearer, let place): line(episode, wearer, place)
        case .alert(let alert, let place): object(alert, place).text
        case .summary(let summary, _): line(summary)
        case .calibration(let stored): line(stored)
        }
    }

    /// One line for how a sensor sits.
    public static func line(_ stored: StoredCalibration) -> String {
        let known = stored.calibration
        var object = JSONObject()
        object.add("type", "calibration")
        object.add("device", stored.device.text)
        object.add("wearer", stored.wearer.text)
        object.add("source", known.source.rawValue)
        object.add("trust", known.trust.rawValue)
        object.addRaw("up", text(known.up))
        object.addRaw("forward", known.forward.map(text) ?? "null")
        object.add("quality", known.quality, decimals: 3)
        object.add("forward_quality", known.forwardQuality, decimals: 3)
        if let largest = known.largestFlexionDegrees {
            object.add("largest_flexion_deg", largest, decimals: 1)
        }
        object.add("established", stored.established.wall, stored.established.zone)
        object.add("updated", stored.updated.wall, stored.updated.zone)
        return object.text
    }

    private static func text(_ v: Vector3<SensorFrame>) -> String {
        "[" + [v.x, v.y, v.z].map { DecimalText.fixed($0, 6) }.joined(separator: ",") + "]"
    }

    private static func object(_ alert: Alert, _ place: Place) -> JSONObject {
        var object = JSONObject()
        object.add("type", "alert")
        object.add("id", AlertID(of: alert, bootID: place.bootID).text)
        object.add("time", place.wall, place.zone)
        object.add("rule", alert.rule.rawValue)
        object.add("tier", alert.tier.rawValue)
        object.add("episode_start", place.wall.map { $0 + (alert.episodeStart - alert.time) }, place.zone)
        AlertJSON.addRest(of: alert, to: &object)
        object.add("instant_ns", alert.time, place)
        return object
    }

    private static func line(_ episode: Episode, _ wearer: WearerID, _ place: Place) -> String {
        var object = JSONObject()
        object.add("type", JSONLines.type(of: episode.kind))
        if case .transition(let transition) = episode.kind { object.add("kind", transition.rawValue) }
        object.add("start", place.wall, place.zone)
        object.add("end", place.wall.map { $0 + episode.duration }, place.zone)
        object.add("duration_s", episode.duration)
        EpisodeJSON.addMeasures(of: episode.kind, to: &object)
        object.add("confidence", episode.confidence, decimals: 3)
        object.add("sensors", episode.tier.rawValue)
        object.add("decided_after_s", episode.decided - episode.start)
        object.add("wearer", wearer.text)
        if episode.isOngoing { object.add("ongoing", true) }
        object.add("start_ns", episode.start, place)
        return object.text
    }

    private static func line(_ epoch: MinuteEpoch, _ place: Place) -> String {
        var object = JSONObject()
        object.add("type", "epoch")
        object.add("start", place.wall, place.zone)
        object.add("length_s", epoch.length)
        EpochJSON.addSums(of: epoch, to: &object)
        ExposureJSON.add(epoch.exposure, to: &object)
        SensorsJSON.add(epoch.sensors, to: &object)
        object.add("wearer", epoch.wearer.text)
        object.add("start_ns", epoch.start, place)
        return object.text
    }

    private static func line(_ anchor: WallAnchor, _ bootID: String, _ isSynchronized: Bool) -> String {
        var object = JSONObject()
        object.add("type", "anchor")
        object.add("time", anchor.wall, anchor.zone)
        object.add("zone", anchor.zone.name)
        object.add("synchronized", isSynchronized)
        object.add("instant_ns", anchor.instant, Place(bootID: bootID, wall: anchor.wall, zone: anchor.zone))
        return object.text
    }
}

extension JSONObject {
    fileprivate mutating func add(_ key: String, _ wall: WallTime?, _ zone: ZoneRule) {
        if let wall {
            add(key, LocalTimeText.standard(wall, zone: zone))
        } else {
            addRaw(key, "null")
        }
    }

    /// The boot clock's own time, and which boot's.
    fileprivate mutating func add(_ key: String, _ instant: Instant, _ place: Place) {
        addRaw(key, String(instant.nanoseconds))
        add("boot_id", place.bootID)
    }
}
