import LumbarCore

/// Answers to alerts as a table for people.
public enum AcknowledgementTable {
    /// The lines, the header first; none without answers. Times by the zone of their moments.
    public static func lines(_ answers: [Acknowledgement], zone: (WallTime) -> ZoneRule) -> [String] {
        guard let first = answers.first else { return [] }
        let hasSeveralWearers = answers.contains { $0.alert.wearer != first.alert.wearer }
        var header = ["GIVEN", "ALERT", "RAISED", "ABOUT", "ANSWER"]
        var sides: [TextTable.Side] = [.left, .left, .left, .left, .left]
        if hasSeveralWearers {
            header.insert("WEARER", at: 3)
            sides.append(.left)
        }
        var table = TextTable(header, sides)
        for answer in answers {
            var row = [
                LocalTimeText.minute(answer.time, zone: zone(answer.time)), AlertID(answer.alert).text,
                answer.alertTime.map { LocalTimeText.minute($0, zone: zone($0)) } ?? "unknown",
                AlertTable.words(answer.alert.rule), answer.verdict.rawValue,
            ]
            if hasSeveralWearers { row.insert(Printable.text(answer.alert.wearer.text, limit: 24), at: 3) }
            table.append(row)
        }
        return table.lines()
    }
}
