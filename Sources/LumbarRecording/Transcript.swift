import LumbarCore
import LumbarMonitor

/// Spells what a monitor concluded as lines of text that are the same on every machine: the golden form.
///
/// One line per output, in the order it was concluded, times in seconds since `origin` with three decimals,
/// measures rounded to what the sensor can give. Minute epochs and traces of alerts are left out unless asked for:
/// the day's summary adds up the former. An alert of a rule on trial is a `shadow`, and reasons are not spelled.
public struct Transcript: Sendable {
    /// The moment that counts as zero.
    public var origin: Instant
    /// Whether minute epochs and traces of alerts are spelled too.
    public var includesEpochs: Bool

    /// A transcript with times since `origin`.
    public init(origin: Instant, includesEpochs: Bool = false) {
        self.origin = origin
        self.includesEpochs = includesEpochs
    }

    /// The line for `output`, without a line feed, or nil when it has none.
    public func line(_ output: Output) -> String? {
        switch output {
        case .episode(let episode, let wearer): text(episode) + suffix(wearer)
        case .alert(let alert): text(alert) + suffix(alert.wearer)
        case .trace(let trace, let alert):
            includesEpochs ? text(trace, of: alert) + suffix(alert.wearer) : nil
        case .epoch(let epoch): includesEpochs ? text(epoch) + suffix(epoch.wearer) : nil
        case .summary(let summary): text(summary) + suffix(summary.wearer)
        case .device(let event): isForTranscript(event) ? text(event) : nil
        case .trust, .attitude: nil
        }
    }

    private func suffix(_ wearer: WearerID) -> String {
        wearer == .sole ? "" : " wearer=" + Printable.text(wearer.text)
    }

    func seconds(_ time: Instant) -> String { DecimalText.fixed((time - origin).seconds, 3) }

    // MARK: Episodes

    private func text(_ episode: Episode) -> String {
        var line = seconds(episode.decided) + " " + name(episode.kind)
        line += " " + seconds(episode.start) + ".." + seconds(episode.end)
        line += episode.isOngoing ? " ongoing" : ""
        let measures = measures(episode.kind)
        if !measures.isEmpty { line += " " + measures }
        line += " confidence=" + DecimalText.fixed(episode.confidence, 2)
        return episode.tier == .lumbar ? line : line + " by=" + episode.tier.rawValue
    }

    private func name(_ kind: Episode.Kind) -> String {
        switch kind {
        case .posture(let posture): "posture " + posture.rawValue
        case .transition(let transition): "transition " + transition.rawValue
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

    private func measures(_ kind: Episode.Kind) -> String {
        switch kind {
        case .posture, .transition: return ""
        case .bend(let bend):
            return measure("peak_deg", bend.peakDegrees) + measure(" peak_rate_dps", bend.peakRateDps)
                + measure(" area_deg_s", bend.areaAbove20DegreeSeconds)
                + measure(" budget", bend.budgetUsed, 2)
                + (bend.spineFlexionDegrees.map { measure(" spine_deg", $0) } ?? "")
        case .sustainedFlexion(let held):
            return measure("mean_deg", held.meanDegrees) + measure(" peak_deg", held.peakDegrees)
                + measure(" budget", held.budgetUsed, 2)
        case .sitting(let bout):
            return measure("seated_s", bout.seatedSeconds) + " shifts=\(bout.posturalShifts)"
        case .lift(let lift): return measures(lift)
        case .twist(let twist):
            return measure("turn_deg", twist.turnDegrees) + measure(" peak_rate_dps", twist.peakRateDps)
                + (twist.isAfterLift ? " after_lift" : "")
        case .fall(let fall):
            return measure("impact_g", fall.impactG, 2)
                + measure(" rest_inclination_deg", fall.restInclinationDegrees)
                + (fall.downSeconds > 0 ? measure(" down_s", fall.downSeconds, 0) : "")
        case .rising(let rising):
            return measure("lying_s", rising.lyingSeconds) + measure(" guarded_s", rising.guardedSeconds)
        case .ride(let ride): return measure("vibration_g", ride.vibrationG, 3)
        }
    }

    private func measures(_ lift: Lift) -> String {
        var parts: [String] = []
        if lift.strain.contains(.deep) { parts.append("deep") }
        if lift.strain.contains(.fast) { parts.append("fast") }
        if lift.strain.contains(.jerky) { parts.append("jerky") }
        if lift.strain.contains(.twisted) { parts.append("twisted") }
        let strain = parts.isEmpty ? "none" : parts.joined(separator: "+")
        return measure("peak_deg", lift.peakDegrees) + measure(" rate_dps", lift.peakExtensionRateDps)
            + measure(" rise_mps", lift.peakRiseVelocity, 2) + measure(" jerk_gps", lift.peakJerkGps)
            + measure(" rise_s", lift.riseSeconds, 2) + measure(" turn_deg", lift.turnWhileBentDegrees)
            + measure(" moment_nm", lift.peakMomentNm, 0) + detail(lift) + " strain=" + strain
            + (lift.isUnderStrain ? " under_strain" : "")
    }

    private func detail(_ lift: Lift) -> String {
        let detail = lift.detail
        return measure(" nm_s", detail.momentNewtonMetreSeconds, 0)
            + measure(" down_dps", detail.peakFlexionRateDps) + measure(" rise_m", detail.riseMetres, 2)
            + measure(" rms_jerk_gps", detail.rmsJerkGps)
            + measure(" rise_turn_deg", detail.turnInRiseDegrees)
            + (detail.hasSteppedAround ? " stepped" : "")
    }

    private func measure(_ name: String, _ value: Double, _ decimals: Int = 1) -> String {
        name + "=" + DecimalText.fixed(value, decimals)
    }

    // MARK: Everything else

    private func text(_ alert: Alert) -> String {
        var line =
            seconds(alert.time) + (alert.delivery == .told ? " alert " : " shadow ") + alert.rule.rawValue
            + " " + alert.tier.rawValue
        line += " about=" + seconds(alert.episodeStart) + measure(" duration_s", alert.duration.seconds)
        line += " step=\(alert.step) count=\(alert.count)"
        if let degrees = alert.flexionDegrees { line += " flexion_deg=\(degrees)" }
        if alert.delivery != .told { line += " delivery=" + alert.delivery.rawValue }
        return line + " \"" + Printable.text(alert.message, limit: 1000) + "\""
    }

    private func text(_ trace: AlertTrace, of alert: Alert) -> String {
        let points = zip(trace.flexionDegrees, trace.postures).map { angle, posture in
            posture.rawValue.prefix(2) + (angle.map(String.init) ?? "?")
        }
        return seconds(alert.time) + " trace " + alert.rule.rawValue + " from=" + seconds(trace.start)
            + measure(" interval_s", trace.interval.seconds) + " " + points.joined(separator: ",")
    }

    private func text(_ epoch: MinuteEpoch) -> String {
        var line = seconds(epoch.start) + " epoch" + measure(" length_s", epoch.length.seconds)
        for posture in Posture.allCases where epoch.postureSeconds[posture.index] > 0 {
            line += measure(" " + posture.rawValue + "_s", epoch.postureSeconds[posture.index])
        }
        line +=
            measure(" over_30_deg_s", epoch.over30Seconds) + measure(" over_45_deg_s", epoch.over45Seconds)
        line += measure(" over_60_deg_s", epoch.over60Seconds)
        line += " bends=\(epoch.bends)/\(epoch.deepBends) lifts=\(epoch.lifts)/\(epoch.strainedLifts)"
        return line + " steps=\(epoch.steps) shifts=\(epoch.posturalShifts) alerts=\(epoch.alerts)"
    }

    private func text(_ day: DailySummary) -> String {
        var line = seconds(day.end) + " summary " + (day.date?.description ?? "undated")
        line += (day.isComplete ? " complete " : " so_far ") + seconds(day.start) + ".." + seconds(day.end)
        for posture in Posture.allCases {
            line += measure(" " + posture.rawValue + "_s", day.seconds(posture))
        }
        line += measure(" no_data_s", day.noDataSeconds)
        line += " sitting_bouts=\(day.sittingBouts) over_30_min=\(day.sittingBoutsOver30Minutes)"
        line += measure(" longest_s", day.longestSittingSeconds) + " breaks=\(day.sittingBreaks)"
        line += " shifts=\(day.posturalShifts) bends=\(day.bends) deep_bends=\(day.deepBends)"
        line += measure(" over_30_deg_s", day.over30Seconds) + measure(" over_45_deg_s", day.over45Seconds)
        line += measure(" over_60_deg_s", day.over60Seconds)
        line += " lifts=\(day.lifts) strained=\(day.strainedLifts) steps=\(day.steps) alerts=\(day.alerts)"
        return line
    }

    // Refused gestures are everyday movement nearly always, and state is spelled by what it changes.
    private func isForTranscript(_ event: DeviceEvent) -> Bool {
        switch event.kind {
        case .calibration: false
        case .mount(.gesture(let outcome)): outcome == .accepted
        default: true
        }
    }

    private func text(_ news: MountNews) -> String {
        switch news {
        case .moved(let degrees, let relearned):
            "moved" + measure(" by_deg", degrees) + (relearned ? " relearned" : "")
        case .turnedAround: "turned_around"
        case .stale: "stale"
        case .confirmed: "confirmed"
        case .gesture(let outcome): "gesture=" + outcome.rawValue
        }
    }

    private func text(_ event: DeviceEvent) -> String {
        let line = seconds(event.time) + " device " + Printable.text(event.device.text)
        switch event.kind {
        case .attached: return line + " attached"
        case .locked(let name): return line + " locked protocol=" + Printable.text(name)
        case .anglesOnly: return line + " angles_only"
        case .degraded: return line + " degraded"
        case .stalled: return line + " stalled"
        case .recovered(let silence): return line + " recovered" + measure(" silence_s", silence.seconds, 3)
        case .scaleFault: return line + " scale_fault"
        case .trouble(let trouble, let begins):
            return line + (begins ? " doubtful " : " cleared ") + trouble.rawValue
        case .deadAccelerometer: return line + " dead_accelerometer"
        case .mount(let news): return line + " mount " + text(news)
        case .calibration: return line + " calibration"
        case .notUnderstood(let reason): return line + " not_understood " + JSONObject.quoted(reason)
        case .detached(let outcomes, let status):
            return line + " detached readings=\(outcomes.readings) skipped_bytes=\(outcomes.skippedBytes)"
                + " bad_length=\(outcomes.badLength) bad_checksum=\(outcomes.badChecksum)"
                + " insane=\(outcomes.insane) samples=\(status.samples) implausible=\(status.implausible)"
                + (status.outliers > 0 ? " outliers=\(status.outliers)" : "")
                + " gaps=\(status.gaps)" + measure(" rate_hz", status.sampleRateHz)
        }
    }
}
