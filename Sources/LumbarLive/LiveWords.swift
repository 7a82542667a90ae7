import LumbarAlerts
import LumbarCore
import LumbarReport

/// Events of the socket as one line each, for people who read along and for screen readers.
public struct LiveWords {
    // What was said last of each wearer's posture, since an ongoing one is told again and again.
    private var said: [(wearer: String, posture: String)] = []

    /// Nothing said yet.
    public init() {}

    /// The lines for how things stand before the first event.
    public mutating func lines(_ status: LiveStatus) -> [String] {
        status.wearers.map { wearer in
            if let posture = wearer.posture?.posture { said.append((wearer.id.text, posture.rawValue)) }
            let whose = wearer.id == .sole ? "" : Printable.text(wearer.id.text) + " "
            return Printable.text(String(status.time.dropFirst(11).prefix(8))) + "  now     " + whose
                + StatusText.now(wearer)
        }
    }

    /// The line for an event, or nil when people need none.
    public mutating func line(_ event: JSONValue) -> String? {
        guard let words = words(event) else { return nil }
        let time = event["time"]?.text ?? event["start"]?.text ?? ""
        return Printable.text(String(time.dropFirst(11).prefix(8))) + "  " + words
    }

    private mutating func words(_ event: JSONValue) -> String? {
        let isOngoing = event["ongoing"]?.flag ?? false
        let length = HumanDuration.text(seconds: event["duration_s"]?.double ?? 0)
        switch event["type"]?.text {
        case "alert" where event["delivery"]?.text == AlertDelivery.shadow.rawValue: return nil
        case "alert": return "ALERT   " + Printable.text(event["message"]?.text ?? "", limit: 1000)
        case "posture": return isOngoing ? posture(event) : nil
        case "device": return LiveWords.sensor(event)
        case "control": return LiveWords.control(event)
        case "summary":
            return "day     \(Printable.text(event["date"]?.text ?? "so far")): worn "
                + HumanDuration.text(seconds: event["worn_s"]?.double ?? 0)
        case "bend" where !isOngoing: return "bent    forward \(degrees(event, "peak_deg")) for \(length)"
        case "sustained_flexion" where !isOngoing:
            return "bent    held at \(degrees(event, "mean_deg")) for \(length)"
        case "sitting" where !isOngoing:
            return "bout    of sitting: \(HumanDuration.text(seconds: event["seated_s"]?.double ?? 0)) seated"
        case "lift" where !isOngoing:
            return "lift    probable lift from \(degrees(event, "peak_deg"))"
                + (event["under_strain"]?.flag == true ? ", under strain" : "")
        case "twist" where !isOngoing:
            let turn = event["turn_deg"]?.double ?? 0
            return
                "turn    \(DecimalText.fixed(turn.magnitude, 0))° to the \(turn >= 0 ? "left" : "right") while bent"
        case "fall" where !isOngoing:
            return "fall    possible fall, impact \(DecimalText.fixed(event["impact_g"]?.double ?? 0, 1)) g"
        case "ride" where !isOngoing: return "ride    in a vehicle for \(length)"
        case "rising":
            return "got up  after \(HumanDuration.text(seconds: event["lying_s"]?.double ?? 0)) of lying"
        default: return nil
        }
    }

    private mutating func posture(_ event: JSONValue) -> String? {
        guard let wearer = event["wearer"]?.text, let name = event["posture"]?.text else { return nil }
        guard !said.contains(where: { $0.wearer == wearer && $0.posture == name }) else { return nil }
        said.removeAll { $0.wearer == wearer }
        said.append((wearer, name))
        let whose = wearer == WearerID.sole.text ? "" : Printable.text(wearer) + " "
        return "now     " + whose + (Posture(rawValue: name)?.words ?? Printable.text(name))
    }

    private func degrees(_ event: JSONValue, _ key: String) -> String {
        DecimalText.fixed(event[key]?.double ?? 0, 0) + "°"
    }

    private static func control(_ event: JSONValue) -> String? {
        let control = LiveControl(event)
        let name = event["wearer"]?.text ?? ""
        let whose = name == WearerID.sole.text ? "" : Printable.text(name) + " "
        let words: String
        switch event["event"]?.text.flatMap(LiveControl.Change.init) {
        case .snoozed: words = "snoozed until " + LiveControl.minute(control.snoozedUntil ?? "")
        case .woken: words = "no longer snoozed"
        case .paused: words = "paused until " + LiveControl.minute(control.pausedUntil ?? "")
        case .resumed: words = "no longer paused"
        case .profile:
            let isFlare = control.inForce?.reason == .spasm
            words = "profile " + (isFlare ? "flare" : control.profile?.rawValue ?? "of the settings")
        case .training: words = "training " + (control.training.map(LiveControl.words) ?? "no more")
        case nil: return nil
        }
        return "asked   " + whose + words
    }

    private static func sensor(_ event: JSONValue) -> String? {
        let name = Printable.text(event["device"]?.text ?? "", limit: 60)
        let trouble = event["trouble"]?.text.flatMap(SensorTrouble.init)
        let words: String?
        switch event["event"]?.text {
        case "attached": words = "attached"
        case "locked": words = "speaks \(Printable.text(event["protocol"]?.text ?? ""))"
        case "angles_only": words = MountText.anglesOnly
        case "degraded": words = "nothing valid for 2 s"
        case "stalled": words = "fell silent"
        case "recovered":
            words = "is back after \(HumanDuration.text(seconds: event["silence_s"]?.double ?? 0))"
        case "detached": words = "detached"
        case "scale_fault": words = "measures far from 1 g at rest: its angles are not used"
        case "dead_accelerometer": words = "its accelerometer reads zero on all axes"
        case "trouble_begins": words = trouble.map(SensorTroubleText.begins)
        case "trouble_ends": words = trouble.map(SensorTroubleText.ends)
        case "not_understood": words = Printable.text(event["message"]?.text ?? "", limit: 400)
        case "mount": words = news(event).flatMap(MountText.text)
        default: words = nil
        }
        return words.map { "sensor  \(name): \($0)" }
    }

    private static func news(_ event: JSONValue) -> MountNews? {
        switch event["news"]?.text {
        case "moved":
            .moved(degrees: event["by_deg"]?.double ?? 0, relearned: event["relearned"]?.flag ?? false)
        case "turned_around": .turnedAround
        case "stale": .stale
        case "confirmed": .confirmed
        case "gesture": event["outcome"]?.text.flatMap(CalibrationOutcome.init).map { .gesture($0) }
        default: nil
        }
    }
}
