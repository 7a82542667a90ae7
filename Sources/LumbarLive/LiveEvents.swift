import LumbarCore
import LumbarMonitor
import LumbarReport
import LumbarStore

/// What happens, as lines for those who subscribed: the shapes of an export, and besides them sensors and frames.
public struct LiveEvents: Sendable {
    /// The boot that instants belong to.
    public var bootID: String
    /// The wall clock and its zone.
    public var anchor: WallAnchor

    /// Events of this boot.
    public init(bootID: String, anchor: WallAnchor) {
        self.bootID = bootID
        self.anchor = anchor
    }

    /// A moment as in RFC 3339.
    public func time(_ instant: Instant) -> String {
        LocalTimeText.standard(anchor.wall(at: instant), zone: anchor.zone)
    }

    /// One line for a conclusion, or nil when nobody is to be told.
    public func line(_ output: Output) -> String? {
        switch output {
        case .episode(let episode, let wearer):
            StoredJSON.line(.episode(episode, wearer, place(episode.start)))
        case .alert(let alert): StoredJSON.line(.alert(alert, place(alert.time)))
        case .epoch(let epoch): StoredJSON.line(.epoch(epoch, place(epoch.start)))
        case .summary(let summary): StoredJSON.line(summary)
        case .device(let event): line(event)
        // What was measured can be asked of the history.
        case .attitude, .trace, .trust: nil
        }
    }

    private func place(_ instant: Instant) -> Place {
        Place(bootID: bootID, wall: anchor.wall(at: instant), zone: anchor.zone)
    }

    // MARK: Sensors

    private func line(_ event: DeviceEvent) -> String? {
        // For the store, not for people.
        if case .calibration = event.kind { return nil }
        var object = JSONObject()
        object.add("type", "device")
        object.add("time", time(event.time))
        object.add("device", event.device.text)
        addKind(event.kind, to: &object)
        return object.text
    }

    private func addKind(_ kind: DeviceEvent.Kind, to object: inout JSONObject) {
        switch kind {
        case .attached: object.add("event", "attached")
        case .locked(let name):
            object.add("event", "locked")
            object.add("protocol", name)
        case .anglesOnly: object.add("event", "angles_only")
        case .degraded: object.add("event", "degraded")
        case .stalled: object.add("event", "stalled")
        case .recovered(let silence):
            object.add("event", "recovered")
            object.add("silence_s", silence.seconds, decimals: 1)
        case .detached(let outcomes, _):
            object.add("event", "detached")
            object.add("samples", outcomes.readings)
        case .scaleFault: object.add("event", "scale_fault")
        case .deadAccelerometer: object.add("event", "dead_accelerometer")
        case .trouble(let trouble, let begins):
            object.add("event", begins ? "trouble_begins" : "trouble_ends")
            object.add("trouble", trouble.rawValue)
        case .mount(let news):
            object.add("event", "mount")
            JSONLines.add(news, to: &object)
        case .notUnderstood(let reason):
            object.add("event", "not_understood")
            object.add("message", reason)
        case .calibration: break
        }
    }

    // MARK: Frames

    /// One line for a tenth of a second of a sensor; `posture` is what its wearer is believed to do now.
    public func line(_ report: FrameReport, posture: Posture?) -> String {
        let frame = report.frame
        var object = JSONObject()
        object.add("type", "frame")
        object.add("time", time(frame.end))
        object.addRaw("instant_ns", String(frame.end.nanoseconds))
        object.add("device", report.device.text)
        object.add("wearer", report.wearer.text)
        object.add("role", report.role.rawValue)
        object.add("inclination_deg", frame.inclinationDegrees, decimals: 1)
        object.add("flexion_deg", frame.flexionDegrees, decimals: 1)
        object.add("lateral_deg", frame.lateralDegrees, decimals: 1)
        object.add("signed", frame.flexionIsSigned)
        object.add("pose_quality", frame.poseQuality, decimals: 3)
        object.add("mount_trust", frame.mountTrust.rawValue)
        object.addRaw("posture", posture.map { JSONObject.quoted($0.rawValue) } ?? "null")
        object.add("wear", frame.wear.rawValue)
        object.add("cadence_hz", frame.cadenceHz, decimals: 2)
        return object.text
    }
}
