import LumbarLive
import Testing

/// What was noted, in `lumbarctl diary history` and in exports: just that, at its own times, against what came before it.
struct MonthDiary {
    let month: SimulatedMonth
    private var pains: [SimulatedMonth.Pain] { SimulatedMonth.pains }

    func check() throws {
        try exports()
        let history = try month.lines(["diary", "history", "--json"])
        try episodes(history)
        try before(history)
    }

    private func exports() throws {
        let bundle = try SimulatedMonth.json(try month.tell("export", "--format", "fhir"))
        let felt = (bundle["entry"]?.elements ?? []).compactMap { $0["resource"] }.filter {
            $0["code"]?["coding"]?.elements.first?["code"]?.text == "72514-3"
        }
        #expect(felt.map { $0["effectiveDateTime"]?.text } == pains.map(\.standard))
        #expect(felt.map { $0["valueQuantity"]?["value"]?.int } == pains.map(\.pain))
        #expect(felt.map { $0["note"]?.elements.first?["text"]?.text } == pains.map(\.note))

        let table = try month.tell("export", "--format", "csv", "--table", "diary").split { $0.isNewline }
        try #require(table.count == pains.count + 1)
        for (row, pain) in zip(table.dropFirst(), pains) {
            let cells = row.split(separator: ",", omittingEmptySubsequences: false)
            let expected = [pain.standard, String(pain.pain), pain.kind, pain.note]
            #expect([0, 4, 5, 6].map { String(cells[$0]) } == expected)
            #expect(Double(cells[1]) == (try? TimeText.seconds(pain.standard)))
        }
    }

    private func episodes(_ history: [JSONValue]) throws {
        let told = history.filter { $0["type"]?.text == "pain_episode" }
        #expect(told.map { $0["worst_pain"]?.int } == pains.map(\.pain))
        #expect(told.map { $0["kind"]?.text } == pains.map(\.kind))
        let onsets = try pains.map { try TimeText.seconds($0.standard) }
        let gaps = zip(onsets.dropFirst(), onsets).map { $0 - $1 }
        #expect(told.map { $0["after_last_s"]?.double } == [nil] + gaps)
        let course = history.first { $0["type"]?.text == "episode_course" }
        #expect(course?["episodes"]?.int == pains.count)
        // On the day before the first of them the machine was off for nearly as long as it takes to compare.
        let compared = history.first { $0["type"]?.text == "case_crossover_days" && $0["hours"]?.int == 24 }
        #expect(compared?["compared"]?.int == 2)
    }

    /// The day before each, out of the tables that days were held to: what was worn, and how often the trunk was deep.
    private func before(_ history: [JSONValue]) throws {
        let folder = month.folder.path + "/tables"
        let bends = try spans(folder + "/episodes.csv") {
            $0["type"] == "bend" && Double($0["peak_deg"] ?? "") ?? 0 > 60
        }
        let worn = try spans(folder + "/postures.csv") { $0["posture"] != "not_worn" }
        for pain in pains.dropFirst() {
            let onset = try TimeText.seconds(pain.standard)
            let short = String(pain.standard.prefix(19)) + pain.standard.suffix(6)
            let those = history.filter { $0["onset"]?.text == short && $0["hours"]?.int == 24 }
            let deep = those.first { $0["exposure"]?.text == "deep_bends" }
            #expect(
                deep?["value"]?.double == Double(bends.count { $0.end > onset - 86_400 && $0.end <= onset }))
            let seconds = worn.reduce(0) { $0 + max(0, min($1.end, onset) - max($1.start, onset - 86_400)) }
            let told = those.first { $0["type"]?.text == "case_crossover_windows" }?["worn_s"]?.double
            // Summed from whole minutes, the first and last of which the window cuts.
            #expect(abs((told ?? 0) - seconds) <= 120, "\(String(describing: told)) of \(seconds)")
        }
    }

    private func spans(
        _ path: String, where holds: ([String: Substring]) -> Bool
    ) throws -> [(start: Double, end: Double)] {
        let table = try ExportedTable(path)
        let names = table.columns.map(String.init)
        return try table.rows.compactMap { row in
            let cells = Dictionary(zip(names, row)) { first, _ in first }
            guard holds(cells) else { return nil }
            let start = try #require(cells["start_epoch_s"].flatMap { Double($0) })
            let end = try #require(cells["end_epoch_s"].flatMap { Double($0) })
            return (start, end)
        }
    }
}

/// The days of a reboot and of a change of the clock, exported as NDJSON and taken in by another history that has no
/// summaries of them: added up from their minutes, each has to be the same to the last figure.
struct MonthImport {
    let month: SimulatedMonth
    private static let spans = [("2025-10-14", "2025-10-15"), ("2025-10-26", "2025-10-27")]

    func check() throws {
        let other = try SimulatedMonth(from: "2025-01-01", days: 1)
        for (since, until) in Self.spans {
            let text = try month.tell("export", "--since", since, "--until", until)
            let lines = text.split(separator: "\n")
            try rows(lines)
            let kept = lines.filter { !$0.hasPrefix("{\"type\":\"summary\"") }
            let file = month.folder.path + "/\(since).ndjson"
            try Files.write(kept.joined(separator: "\n") + "\n", to: file)
            _ = try other.tell("import", file)
            let added = try other.tell("summary", since, "--json")
            #expect(try added == month.tell("summary", since, "--json"))
        }
    }

    /// Days and episodes of NDJSON; minutes are held to their days by what they add up to, above.
    private func rows(_ lines: [Substring]) throws {
        var counts: [String: Int] = [:]
        for line in lines
        where !line.hasPrefix("{\"type\":\"epoch\"") && !line.hasPrefix("{\"type\":\"anchor\"") {
            let row = try SimulatedMonth.json(line)
            let type = row["type"]?.text ?? ""
            if type == "summary" {
                try summary(row)
            } else if row["delivery"]?.text == "shadow" {
                // The truth counts what was told.
            } else if let time = row["end"]?.text ?? row["time"]?.text,
                Self.spans.contains(where: { time.hasPrefix($0.0) })
            {
                counts["\(time.prefix(10)) \(type)", default: 0] += 1
            }
        }
        for day in month.days where counts.keys.contains(day.date + " posture") {
            for (type, key) in [
                ("bend", "bends"), ("lift", "lifts"), ("twist", "twists"), ("alert", "alerts"),
                ("sustained_flexion", "held_bends"),
            ] {
                #expect(counts["\(day.date) \(type)"] ?? 0 == Int(day.number(key)), "\(type) of \(day.date)")
            }
        }
    }

    /// A summary that has its numbers unrounded, and more members besides.
    private func summary(_ row: JSONValue) throws {
        let day = try #require(month.day(row["date"]?.text ?? ""))
        let known = row.members.filter { day.summary[$0.name] != nil }
        let complaints = Expected.table(day.summary).complaints(about: .object(known), day.date)
        #expect(complaints.isEmpty, "\(complaints)")
    }
}
