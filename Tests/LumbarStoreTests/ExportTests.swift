import LumbarCore
import LumbarStore
import LumbarTestKit
import Testing

@testable import LumbarReport

@Suite("The history for other programs")
struct ExportTests {
    private let place = Place(bootID: "boot-1", wall: Samples.noon + .milliseconds(1250), zone: Samples.zone)
    private let identity = ExportIdentity(mark: "boot-1")

    private var rows: [ExportedRow] {
        [.epoch(Samples.epoch(at: 60), place), .alert(Samples.reasoned(at: 70), place)]
            + Samples.episodes.map { .episode($0, .sole, place) }
            + [.summary(Samples.summary(Samples.date), bootID: "boot-1")]
    }

    // MARK: CSV

    @Test("every table has a cell for each of its columns in every row")
    func cells() throws {
        var seen: Set<CSVTable> = []
        for row in rows {
            let (table, line) = try #require(CSVTable.line(row))
            seen.insert(table)
            #expect(CSVText.cells(line).count == table.header.split(separator: ",").count, "\(line)")
        }
        #expect(seen == Set(CSVTable.allCases).subtracting([.diary]))
    }

    @Test("an entry of the diary has all that its NDJSON has, and its words do nothing")
    func diary() throws {
        let time = Samples.noon
        let entry = DiaryEntry(
            id: 3, uniqueID: try #require(UniqueID("0192a0f1-2c3d-7e4f-8a5b-6c7d8e9fa0b1")), wearer: .sole,
            time: time, end: time + .minutes(30), offsetSeconds: 3600, pain: 6, kind: .spasm,
            note: "=cmd|' /C calc'!A0, \"ouch\"", written: time, edited: time + .minutes(1))
        let columns = CSVTable.diary.header.split(separator: ",").map(String.init)
        let cells = CSVText.cells(CSVTable.line(entry))
        #expect(cells.count == columns.count && !cells.contains(""))
        #expect(cells[0] == "2026-11-21T11:00:00.000+01:00")
        #expect(cells[6] == "'=cmd|' /C calc'!A0, \"ouch\"")
        for key in CSVText.keys(DiaryJSON.line(entry)) where !["type", "id"].contains(key) {
            #expect(columns.contains(key) || columns.contains(key + "_time"), "\(key)")
        }
    }

    @Test("no measure of the NDJSON is missing in the tables")
    func noMeasureIsMissing() throws {
        for row in rows {
            let (table, line) = try #require(CSVTable.line(row))
            let columns = table.header.split(separator: ",").map(String.init)
            let cells = CSVText.cells(line)
            let values = zip(columns, cells).filter { !$0.1.isEmpty }.map(\.0)
            for key in CSVText.keys(StoredJSON.line(row)) where !CSVText.nested.contains(key) {
                let names = [key, key + "_time"]
                #expect(names.contains(where: values.contains), "\(table) has no \(key): \(line)")
            }
        }
    }

    @Test("a time is local with its offset, and seconds since 1970")
    func times() throws {
        let line = try #require(CSVTable.line(.alert(Samples.alert(at: 70), place))).line
        #expect(line.hasPrefix("2026-11-21T11:00:01.250+01:00,1795255201.250,sitting,nudge,"))
        #expect(ExportTime.text(WallTime(nanoseconds: 999_600_000), .utc) == "1970-01-01T00:00:01.000+00:00")
        #expect(ExportTime.epoch(WallTime(nanoseconds: -500_000_000)) == "-1.500")
        let lost = Place(bootID: "b", wall: nil, zone: .utc)
        let undated = try #require(CSVTable.line(.alert(Samples.alert(at: 70), lost))).line
        #expect(undated.hasPrefix(",,sitting,nudge,,,"))
    }

    @Test(
        "a text that a spreadsheet would run is made harmless",
        arguments: [
            ("=1+1", "\"'=1+1\""), ("+1", "\"'+1\""), ("-2", "\"'-2\""), ("@x", "\"'@x\""),
            ("\t=1", "\"'\\u{9}=1\""), ("＝1", "\"'＝1\""), ("a,b", "\"a,b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("plain", "plain"), ("", ""), ("two\nlines", "two\\u{a}lines"),
            ("\u{202E}", "\\u{202e}"),
        ])
    func formulas(text: String, cell: String) {
        #expect(CSVRow.cell(free: text) == cell)
    }

    @Test("whatever a text holds, its cell is one cell that disturbs nothing")
    func anyText() {
        var random = SplitMix64(seed: 5)
        let alphabet: [Unicode.Scalar] = [
            "a", ",", "\"", "'", "=", "+", "-", "@", "\n", "\r", "\t", "\u{1B}", "\u{202E}", "\u{0}", "é",
            "\\",
        ]
        for _ in 0..<2000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                text.unicodeScalars.append(alphabet[Int.random(in: alphabet.indices, using: &random)])
            }
            let cell = CSVRow.cell(free: text)
            #expect(cell.unicodeScalars.allSatisfy(Printable.isSafe), "\(text.debugDescription)")
            let cells = CSVText.cells(cell + ",x")
            #expect(cells.count == 2 && cells.last == "x", "\(text.debugDescription)")
            #expect(!["=", "+", "-", "@"].contains(cells[0].first.map(String.init) ?? ""))
        }
    }

    // MARK: Names

    @Test("names are UUIDs, the same every time, and different for everything")
    func names() {
        var seen: Set<String> = []
        for index in 0..<5000 { seen.insert(identity.uuid("posture", "me", String(index))) }
        #expect(seen.count == 5000)
        #expect(identity.uuid("a", "bc") != identity.uuid("ab", "c"))
        #expect(identity.uuid("a") == ExportIdentity(mark: "boot-1").uuid("a"))
        #expect(identity.uuid("a") != ExportIdentity(mark: "boot-2").uuid("a"))
        for uuid in seen.prefix(100) {
            let parts = uuid.split(separator: "-")
            #expect(parts.map(\.count) == [8, 4, 4, 4, 12])
            #expect(uuid.allSatisfy { $0 == "-" || ("0"..."9").contains($0) || ("a"..."f").contains($0) })
            #expect(parts[2].first == "8")
            #expect(["8", "9", "a", "b"].contains(parts[3].first))
        }
    }

    // MARK: IEEE 1752.1

    @Test("what has no counterpart is left out and counted")
    func leftOut() {
        var export = IEEE1752Export(identity: identity)
        let lines = rows.compactMap { export.line($0) }
        // Lying, sitting, standing, walking.
        #expect(lines.count == 4)
        #expect(export.unknown == 1)
        #expect(export.notWorn == 1)
        #expect(lines.filter { $0.contains(#""body_posture":"lying down""#) }.count == 1)
        #expect(lines.filter { $0.contains(#""body_posture""#) }.count == 3)
        let lost = Place(bootID: "b", wall: nil, zone: .utc)
        #expect(export.line(.episode(Samples.posture(.sitting, from: 0, to: 9), .sole, lost)) == nil)
        #expect(export.undated == 1)
        #expect(export.points == 4)
    }

    @Test("a day's walking is one data point with its steps, over the day's own hours")
    func walking() throws {
        var export = IEEE1752Export(identity: identity)
        var day = Samples.summary(CivilDate(year: 2027, month: 3, day: 28))
        let made = export.line(day, zone: Samples.zone)
        let line = try #require(made)
        #expect(line.contains(#""start_date_time":"2027-03-28T00:00:00.000+01:00""#))
        #expect(line.contains(#""end_date_time":"2027-03-29T00:00:00.000+02:00""#))
        #expect(line.contains(#""base_movement_quantity":{"value":4321,"unit":"steps"}"#))
        day.isComplete = false
        #expect(export.line(day, zone: Samples.zone) == nil)
        day.isComplete = true
        day.steps = 0
        #expect(export.line(day, zone: Samples.zone) == nil)
    }

    // MARK: Prometheus

    @Test("the text has the form that the collector takes")
    func prometheus() {
        var totals = PrometheusText.Totals()
        totals.add(Samples.summary(Samples.date))
        totals.add(Samples.summary(Samples.date))
        let text = PrometheusText.text(
            totals: totals, today: Samples.summary(Samples.date, complete: false),
            alerts: [(.sitting, 3), (.fall, 0)], lastMinute: Samples.noon, historyBytes: 12, version: "1\"\\")
        #expect(PrometheusCheck.complaint(text) == nil)
        #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
        #expect(text.contains("lumbard_posture_seconds_total{posture=\"sitting\"} 4002.000\n"))
        #expect(text.contains("lumbard_alerts_total{rule=\"sitting\"} 3\n"))
        #expect(text.contains("lumbard_build_info{version=\"1\\\"\\\\\"} 1\n"))
        #expect(text.contains("lumbard_today_steps 4321\n"))
    }
}
