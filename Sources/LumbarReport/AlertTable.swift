import LumbarCore
import LumbarStore

/// Stored alerts as a table for people: its name, local time, how urgent, what about, for how long, and what was said.
public struct AlertTable {
    private let alerts: [StoredAlert]

    /// Whether urgent alerts and nudges stand out in colour; the words say the same without it.
    public var isColoured = false

    /// Whether each line names its wearer; without, only when these alerts are of several.
    public var namesWearers = false

    /// What was said of these alerts, where something was.
    public var verdicts: [AlertKey: AlertVerdict] = [:]

    /// A table of `alerts` in their order.
    public init(_ alerts: [StoredAlert]) { self.alerts = alerts }

    /// How wide lines may be; messages that make them wider go on below. Nil for one line each, however wide.
    public var columns: Int?

    /// The lines, the header first; none when there are no alerts.
    public var lines: [String] {
        let whole = table()
        guard let columns, whole.contains(where: { $0.count > columns }) else { return coloured(whole) }
        return folded(columns)
    }

    /// Each message below its alert, in lines that fit.
    private func folded(_ columns: Int) -> [String] {
        let short = table(withMessages: false)
        guard let header = short.first else { return [] }
        var lines = [header]
        for (stored, row) in zip(alerts, short.dropFirst()) {
            let indent = String(repeating: " ", count: AlertID.length + 2)
            let message = WrappedText.lines(
                Printable.text(stored.alert.message, limit: 1000), width: max(40, columns), first: indent,
                rest: indent)
            lines += ([row] + message).map { isColoured ? Self.coloured($0, stored.alert.tier) : $0 }
        }
        return lines
    }

    private func coloured(_ lines: [String]) -> [String] {
        guard isColoured else { return lines }
        return lines.enumerated().map { index, line in
            index == 0 ? line : AlertTable.coloured(line, alerts[index - 1].alert.tier)
        }
    }

    private func table(withMessages: Bool = true) -> [String] {
        guard let first = alerts.first else { return [] }
        let hasSeveralWearers =
            namesWearers || alerts.contains { $0.alert.wearer != first.alert.wearer }
        var header = ["ID", "TIME", "TIER", "ABOUT", "FOR", "MESSAGE"]
        var sides: [TextTable.Side] = [.left, .left, .left, .left, .right, .left]
        if hasSeveralWearers {
            header.insert("WEARER", at: 2)
            sides.insert(.left, at: 2)
        }
        if !verdicts.isEmpty {
            header.insert("ANSWER", at: header.count - 1)
            sides.append(.left)
        }
        if !withMessages {
            header.removeLast()
            sides.removeLast()
        }
        var table = TextTable(header, sides)
        for stored in alerts {
            var row = cells(stored)
            if hasSeveralWearers { row.insert(Printable.text(stored.alert.wearer.text, limit: 24), at: 2) }
            if !verdicts.isEmpty {
                let key = AlertKey(stored.alert, bootID: stored.place.bootID)
                row.insert(verdicts[key]?.rawValue ?? "-", at: row.count - 1)
            }
            if !withMessages { row.removeLast() }
            table.append(row)
        }
        return table.lines()
    }

    private func cells(_ stored: StoredAlert) -> [String] {
        let alert = stored.alert
        let time = stored.place.wall.map { LocalTimeText.minute($0, zone: stored.place.zone) } ?? "unknown"
        let length = alert.duration > .zero ? HumanDuration.text(alert.duration) : "-"
        return [
            stored.id.text, time, alert.delivery == .told ? alert.tier.rawValue : alert.delivery.rawValue,
            AlertTable.words(alert.rule), length,
            Printable.text(alert.message, limit: 1000),
        ]
    }

    /// What a rule is about, in a word or two.
    public static func words(_ rule: AlertRule) -> String {
        switch rule {
        case .sitting: "sitting"
        case .sustainedFlexion: "held bend"
        case .lift: "probable lift"
        case .twist: "turn while bent"
        case .fall: "possible fall"
        case .stillDown: "still lying"
        case .morning: "morning bend"
        case .standing: "standing"
        case .digest: "several"
        case .turning: "turn"
        case .repeatedBends: "repeated bends"
        case .bentToday: "bent today"
        case .afterRest: "bend after rest"
        case .endRange: "end of range"
        case .riding: "riding"
        case .offBody: "sensor off"
        case .silentSensor: "sensor silent"
        case .untrusted: "sensor moved"
        case .staleUpright: "upright stale"
        case .goodNews: "good news"
        case .training: "training"
        }
    }

    private static func coloured(_ text: String, _ tier: AlertTier) -> String {
        switch tier {
        case .notice: text
        case .nudge: "\u{1B}[33m" + text + "\u{1B}[0m"
        case .urgent: "\u{1B}[1;31m" + text + "\u{1B}[0m"
        }
    }
}
