import LumbarCore
import LumbarLive
import LumbarTestKit
import Testing

@testable import LumbarStore

/// Which part of a history `policy compare` and `replay --policy` play, and what they know when it begins.
@Suite(
    "The history that policies are played over",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct PlayedHistoryTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/lumbard.db" }

    init() throws { folder = try TemporaryFolder() }

    /// Six days from 10 November 2026 on, each from eight to ten at night: fifty minutes seated, ten on the feet.
    private func write(offsetHours: Int = 0) throws {
        let zone = ZoneRule(name: "Test", offsetSeconds: 3600 * offsetHours)
        let store = try Store(writing: path, bootID: "boot-1", host: FolderHost())
        let midnight = zone.start(of: CivilDate(year: 2026, month: 11, day: 10))
        try store.append(anchor: WallAnchor(instant: .zero, wall: midnight, zone: zone))
        var pending = PendingRows()
        for hour in (0..<6).flatMap({ day in (8..<22).map { day * 24 + $0 } }) {
            let start = Instant.zero + .hours(Double(hour))
            let rise = start + .minutes(50)
            let end = start + .hours(1)
            pending.append(.episode(episode(.posture(.sitting), start, rise), .sole))
            let bout = SittingBout(seatedSeconds: 3000, posturalShifts: 0)
            pending.append(.episode(episode(.sitting(bout), start, rise), .sole))
            pending.append(.episode(episode(.posture(.standing), rise, end), .sole))
            for minute in 0..<60 {
                var epoch = MinuteEpoch(
                    wearer: .sole, start: start + .minutes(Double(minute)), length: .minutes(1))
                epoch.postureSeconds[(minute < 50 ? Posture.sitting : .standing).index] = 60
                pending.append(.epoch(epoch))
            }
            pending.append(
                .alert(
                    Alert(
                        rule: .sitting, tier: .nudge, time: start + .minutes(30), episodeStart: start,
                        duration: .minutes(30), message: "You have been sitting for 30 minutes.",
                        wearer: .sole)))
            try store.append(&pending)
        }
        store.close()
    }

    /// A posture is decided on when it begins, and anything else when it is over.
    private func episode(_ kind: Episode.Kind, _ start: Instant, _ end: Instant) -> Episode {
        let isPosture = if case .posture = kind { true } else { false }
        return Episode(kind, start: start, end: end, decided: isPosture ? start : end, confidence: 1)
    }

    private func run(zone: String = "UTC0", _ words: String...) throws -> Program.Ended {
        let config = try folder.file("in-force.conf", "")
        return try Program.run(
            systemProgram: "/usr/bin/env",
            ["TZ=" + zone, "LC_ALL=C.UTF-8", BuiltProgram.path("lumbarctl")] + words
                + ["--db", path, "--config", config])
    }

    private func objects(_ ended: Program.Ended) throws -> [JSONValue] {
        #expect(ended.status == 0, "\(ended.errors)")
        let schema = try JSONSchema(file: "docs/schema/policy.schema.json")
        return try ended.output.split(separator: "\n").map { line in
            #expect(schema.complaint(about: String(line)) == nil, "\(line.prefix(200))")
            return try JSONReader.read(String(line), limits: .reply)
        }
    }

    @Test("is that of the local days of its own zone, wherever it is read", arguments: [-11, 0, 13])
    func elsewhere(offsetHours: Int) throws {
        try write(offsetHours: offsetHours)
        let policy = try folder.file("policy.conf", "[alerts]\nnudges_per_day=50\nsitting_notice=10min\n")
        for zone in ["EAST-14", "UTC0", "WEST12"] {
            let ended = try run(zone: zone, "replay", "--policy", policy, "2026-11-12")
            #expect(ended.output.hasPrefix("2026-11-12: 14 nudges, 14 notices"), "\(zone): \(ended)")
        }
    }

    @Test("hears of a bout before the first step of a short ladder")
    func shortLadder() throws {
        try write()
        let policy = try folder.file(
            "ten.conf",
            "[alerts]\nsitting_notice=8min\nsitting_first=10min\nsitting_second=60min\nnudges_per_day=50\n"
                + "sitting_third=80min\n[sitting]\nreport_every=30 s\n")
        let day = try run("replay", "--policy", policy, "2026-11-12").output
        #expect(day.hasPrefix("2026-11-12: 14 nudges, 14 notices.\n  08:08  notice "), "\(day)")
        #expect(day.contains("\n  08:10  nudge "), "\(day)")
        let lines = try objects(run("policy", "compare", policy, "--day", "2026-11-12", "--json"))
        let differences = lines.flatMap { $0["differences"]?.elements ?? [] }.compactMap(\.text)
        #expect(differences.contains("[sitting] report_every=30 s (in force 60 s)"), "\(differences)")
    }

    @Test("leaves out days of which no minutes are kept any more, and says so")
    func minutesGone() throws {
        try write()
        let store = try Store(writing: path, bootID: "boot-1", host: FolderHost())
        // The first two days.
        try store.database.run("DELETE FROM epoch WHERE start_ns < 172800000000000", while: "testing")
        store.close()
        let all = ["policy", "compare", "--from", "2026-11-10", "--to", "2026-11-15"]
        let head = try #require(
            try objects(run(all[0], all[1], all[2], all[3], all[4], all[5], "--json")).first)
        #expect(head["days"]?.int == 4 && head["told"]?.int == 56, "\(head)")
        let notes = (head["notes"]?.elements ?? []).compactMap(\.text)
        #expect(
            notes.contains(
                "28 alerts are left out: of those days no minutes are kept, so nothing can be played over them."
            ),
            "\(notes)")
        let text = try run(all[0], all[1], all[2], all[3], all[4], all[5]).output
        #expect(
            text.split(separator: "\n").contains { $0.split(separator: " ").prefix(2) == ["nudges", "14.0"] })
    }

    @Test("counts a day once, however often it is named")
    func twice() throws {
        try write()
        let policy = try folder.file("policy.conf", "[alerts]\nsitting_first=40min\n")
        let days = ["2026-11-12", "2026-11-12", "2026-11-11..2026-11-12"]
        let text = try run("replay", "--policy", policy, days[0], days[1], days[2]).output
        #expect(text.split(separator: "\n").count { $0.hasPrefix("2026-11-12: ") } == 1, "\(text)")
        #expect(text.hasSuffix("\n2 days: 16 nudges, 28 notices.\n"), "\(text)")
        let json = try run("replay", "--policy", policy, days[0], days[1], days[2], "--json")
        #expect(try objects(json).count { $0["type"]?.text == "policy_day" } == 2)
    }

    @Test("knows of a spasm from when it was noted, not from when it began")
    func notedLater() throws {
        try write()
        let policy = try folder.file("policy.conf", "[alerts]\nnudges_per_day=50\n")
        func played() throws -> [Int?] {
            let words = ["replay", "--policy", policy, "2026-11-10..2026-11-15"]
            return try objects(run(words[0], words[1], words[2], words[3], "--json"))
                .filter { $0["type"]?.text == "policy_day" }.map { $0["nudges"]?.int }
        }
        let before = try played()
        #expect(before == Array(repeating: 14, count: 6))
        let entries = try Entries(writingBeside: path, host: FolderHost())
        var random = SystemRandomNumberGenerator()
        let began = ZoneRule.utc.start(of: CivilDate(year: 2026, month: 11, day: 10)) + .hours(9)
        // Noted in the night to the 14th: twenty minutes is then the first step, so that fifty bring a second one.
        _ = try entries.append(
            DiaryEntry(
                uniqueID: UniqueID(using: &random), wearer: .sole, time: began, offsetSeconds: 0, pain: 6,
                kind: .spasm, written: began + .hours(87)))
        let after = try played()
        #expect(after.prefix(4) == before.prefix(4), "\(after)")
        #expect(after.suffix(2) != before.suffix(2), "\(after)")
    }

    @Test("knows every session of a training that began before it")
    func trained() throws {
        let history = try TrainedHistory(days: 30)
        let policy = try folder.file("policy.conf", "")
        let first = history.asked
        // Four days on which a session was made, far enough from the beginning to be shorter ones.
        let days = history.course.made.map(\.session).filter {
            $0.date.daysSinceEpoch > first.daysSinceEpoch + 4
        }
        #expect(days.count >= 4)
        for session in days.prefix(4) {
            let ended = try Program.run(
                systemProgram: "/usr/bin/env",
                ["TZ=UTC0", BuiltProgram.path("lumbarctl"), "replay", "--policy", policy]
                    + [session.date.description, "--json", "--db", history.path, "--config", policy])
            let told = try objects(ended).filter { $0["rule"]?.text == "training" }
            let really = history.said.filter { $0.date == session.date }.map(\.alert.message)
            #expect(told.compactMap { $0["message"]?.text } == really, "\(session.date)")
        }
    }

    @Test("two files are never called the same")
    func names() throws {
        try write()
        let long = try folder.file("a policy with a long name.conf", "")
        let short = try folder.file("A.conf", "[alerts]\nnudges_per_day=1\n")
        let lines = try objects(run("policy", "compare", long, short, "--day", "2026-11-12", "--json"))
        let names = lines.filter { $0["type"]?.text == "policy" }.compactMap { $0["name"]?.text }
        #expect(names == ["told", "in force", "B", "A"])
    }
}
