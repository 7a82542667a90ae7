import LumbarCore

/// A message for the journal, ready to be sent: the text, its priority, its kind and the fields to search by.
public struct JournalEntry: Sendable, Equatable {
    /// A field of the journal.
    public struct Field: Sendable, Equatable {
        /// Name, such as `LUMBARD_RULE`.
        public let name: String
        /// Value as text.
        public let value: String

        /// A field.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The line for people.
    public var message: String
    /// The syslog priority, 3 (err) ... 6 (info); posture never goes above 3.
    public var priority: Int
    /// The kind.
    public var id: MessageID
    /// The fields of our own, in a fixed order.
    public var fields: [Field]

    /// An entry of kind `id`, about `device` when there is one.
    public init(_ id: MessageID, message: String, priority: Int, device: DeviceID? = nil) {
        self.id = id
        self.message = message
        self.priority = priority
        fields = [Field("LUMBARD_EVENT", id.event)]
        if let device { fields.append(Field("LUMBARD_DEVICE", device.text)) }
    }

    /// The entry that tells `alert`.
    public init(alert: Alert) {
        self.init(MessageID(alert.rule), message: alert.message, priority: alert.tier.syslogPriority)
        fields += [
            Field("LUMBARD_RULE", alert.rule.rawValue),
            Field("LUMBARD_TIER", alert.tier.rawValue),
            Field("LUMBARD_STEP", String(alert.step)),
            Field("LUMBARD_DURATION_SEC", String(AlertText.whole(alert.duration.seconds))),
        ]
        if let degrees = alert.flexionDegrees { fields.append(Field("LUMBARD_FLEXION_DEG", String(degrees))) }
        fields += [
            Field("LUMBARD_COUNT", String(alert.count)),
            Field("LUMBARD_WEARER", alert.wearer.text),
        ]
    }

    /// The entry that tells a day: its line, at info while the day goes on and at notice when it is over.
    public init(summary day: DailySummary) {
        self.init(.summary, message: SummaryText.line(day), priority: day.isComplete ? 5 : 6)
        if let date = day.date { fields.append(Field("LUMBARD_DATE", date.description)) }
        fields += [
            Field("LUMBARD_WEARER", day.wearer.text),
            Field("LUMBARD_SITTING_MIN", String(AlertText.whole(day.seconds(.sitting) / 60))),
            Field("LUMBARD_LONGEST_SITTING_MIN", String(AlertText.whole(day.longestSittingSeconds / 60))),
            Field("LUMBARD_BENDS", String(day.bends)),
            Field("LUMBARD_LIFTS", String(day.lifts)),
        ]
    }

    /// Everything to send, the standard fields first.
    public var allFields: [Field] {
        [
            Field("MESSAGE", message), Field("PRIORITY", String(priority)), Field("MESSAGE_ID", id.rawValue),
            Field("SYSLOG_IDENTIFIER", "lumbard"),
        ] + fields
    }
}
