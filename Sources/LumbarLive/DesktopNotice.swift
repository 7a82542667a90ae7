import LumbarAlerts
import LumbarCore
import LumbarReport

/// An alert that came over the live socket, as a desktop shows it (Desktop Notifications Specification 1.2).
public struct DesktopNotice: Sendable, Equatable {
    /// The alert's short name.
    public var alert: String
    /// Its rule, by the name that the socket has for it.
    public var rule: String
    /// Whom it is for.
    public var wearer: String
    /// When it was raised, on the boot clock, in nanoseconds.
    public var raised: Int
    /// When the episode began that it is about, as in RFC 3339.
    public var episodeStart: String
    /// One line: what it is about.
    public var summary: String
    /// What it says: plain text, which nothing in it can make the desktop misread.
    public var body: String
    /// How much it may disturb.
    public var urgency: Urgency

    /// The urgencies of the specification, by their numbers.
    public enum Urgency: UInt8, Sendable {
        /// A word of a rule that never nudges.
        case low
        /// A nudge: a desktop that is not to disturb keeps it to itself.
        case normal
        /// Shown whatever the desktop was told.
        case critical
    }

    /// The buttons, by the keys that come back when one is pressed.
    public enum Action: String, Sendable, CaseIterable {
        /// Half an hour of quiet.
        case snooze
        /// What it said was not so.
        case wrong = "false"
        /// It was right, and worth saying.
        case useful

        /// What stands on it.
        public var label: String {
            switch self {
            case .snooze: "Snooze 30 min"
            case .wrong: "Not true"
            case .useful: "Useful"
            }
        }
    }

    /// The notice of an event of the socket; nil when nobody is to be told, or only the journal.
    public init?(_ event: JSONValue) {
        guard event["type"]?.text == "alert", let alert = event["id"]?.text, let rule = event["rule"]?.text,
            let message = event["message"]?.text
        else { return nil }
        // Kept for the record, while its rule is on trial.
        if event["delivery"]?.text == AlertDelivery.shadow.rawValue { return nil }
        let tier = event["tier"]?.text.flatMap(AlertTier.init)
        // Outside the budget, and said so that the nudge after it is no surprise: the journal has it.
        if tier == .notice, AlertRule(rawValue: rule)?.isAnnounced == true { return nil }
        self.alert = alert
        self.rule = rule
        wearer = event["wearer"]?.text ?? ""
        raised = event["instant_ns"]?.int ?? 0
        episodeStart = event["episode_start"]?.text ?? ""
        let words = AlertRule(rawValue: rule).map { AlertTable.words($0) }
        let about = words ?? String(rule.map { $0 == "_" ? " " : $0 })
        let whose =
            wearer == WearerID.sole.text || wearer.isEmpty ? "" : ", " + Printable.text(wearer, limit: 64)
        summary = Printable.text(about.prefix(1).uppercased() + about.dropFirst(), limit: 64) + whose
        body = Printable.text(message, limit: 1000)
        switch tier {
        case .notice: urgency = .low
        // Only a possible fall is worth more than somebody's wish for quiet.
        case .urgent: urgency = DesktopNotice.isFall(rule) ? .critical : .normal
        case .nudge, nil: urgency = .normal
        }
    }

    private static func isFall(_ rule: String) -> Bool {
        rule == AlertRule.fall.rawValue || rule == AlertRule.stillDown.rawValue
    }

    /// Whether it is about a possible fall.
    public var isFall: Bool { DesktopNotice.isFall(rule) }

    /// Whether both show in one bubble: the later one of a rule takes the place of the earlier.
    public func shares(bubbleOf other: DesktopNotice) -> Bool { rule == other.rule && wearer == other.wearer }

    /// The buttons it has: a possible fall is told whatever is snoozed.
    public var actions: [Action] { isFall ? [.useful, .wrong] : Action.allCases }

    /// The body for a desktop that takes it for markup.
    public var markup: String { MarkupText.escaped(body) }

    /// Whether `event` says that what it is about is over, or that its wearer wants quiet.
    public func isOver(by event: JSONValue) -> Bool {
        guard !isFall, event["wearer"]?.text == wearer, let type = event["type"]?.text else { return false }
        switch type {
        case "control": return event["event"]?.text == "snoozed" || event["event"]?.text == "paused"
        case "posture" where rule == AlertRule.sitting.rawValue:
            // Up, some time after it was said.
            let posture = event["posture"]?.text.flatMap(Posture.init)
            return (posture == .standing || posture == .walking) && (event["start_ns"]?.int ?? 0) > raised
        case "posture" where rule == AlertRule.standing.rawValue:
            return event["ongoing"]?.flag != true && event["start"]?.text == episodeStart
        case "ride" where rule == AlertRule.riding.rawValue:
            return event["ongoing"]?.flag != true && event["start"]?.text == episodeStart
        case rule: return event["ongoing"]?.flag != true && event["start"]?.text == episodeStart
        default: return false
        }
    }

    /// What is asked of the daemon when `action` is pressed.
    public func request(for action: Action) -> LiveRequest {
        switch action {
        case .snooze:
            let ask = LiveAsk(wearer: WearerID(wearer), term: .lasting(.minutes(30)))
            return LiveRequest(id: .text("snooze"), verb: .snooze, ask: ask)
        case .wrong:
            return LiveRequest(id: .text("ack"), verb: .ack, ask: LiveAsk(alert: alert, verdict: .wrong))
        case .useful:
            return LiveRequest(id: .text("ack"), verb: .ack, ask: LiveAsk(alert: alert, verdict: .useful))
        }
    }
}
