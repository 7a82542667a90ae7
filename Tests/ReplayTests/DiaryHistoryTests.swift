import LumbarCore
import LumbarLinux
import LumbarStore
import LumbarTestKit
import Testing

@Suite(
    "lumbarctl diary, together with the history",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct DiaryHistoryTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/lumbard.db" }
    /// 2024-01-01T00:00:00Z.
    private static let start = WallTime(unixSeconds: 1_704_067_200)
    private static let onsets = [60, 70, 81, 92, 103, 114, 125]

    init() throws { folder = try TemporaryFolder() }

    /// A history of `days`, worn from 8 to 22 h, with many deep bends on the days of onsets and on those before.
    private func write(days: Range<Int>, isPlanted: Bool = true) throws {
        let store = try Store(writing: path, bootID: "boot-1", host: FolderHost())
        try store.append(anchor: WallAnchor(instant: .zero, wall: Self.start, zone: .utc))
        for day in days {
            let midnight = Instant.zero + .hours(24 * Double(day))
            // By the hour instead of by the minute: the sums are the same.
            try store.append(
                epochs: (8..<22).map { hour in
                    var epoch = MinuteEpoch(
                        wearer: .sole, start: midnight + .hours(Double(hour)), length: .hours(1))
                    epoch.postureSeconds[Posture.standing.index] = 3600
                    epoch.over30Seconds = 60
                    var table = ExposureTable()
                    table.add(
                        3_600_000, to: ExposureTable.flexionOnFeet,
                        ExposureTable.flexionBin(Double(12 + day % 3)))
                    epoch.exposure = PackedExposure(table)
                    return epoch
                })
            let isBefore = Self.onsets.contains { $0 == day || $0 == day + 1 }
            let bends = isPlanted && isBefore ? 20 : 2 + day * 7 % 5
            for number in 0..<bends {
                let time = midnight + .hours(12) + .minutes(Double(number))
                let bend = Bend(
                    peakDegrees: 70, peakRateDps: 60, areaAbove20DegreeSeconds: 90, budgetUsed: 0.1)
                try store.append(
                    episode: Episode(
                        .bend(bend), start: time, end: time + .seconds(4), decided: time + .seconds(5),
                        confidence: 0.9), wearer: .sole)
            }
        }
        // A possible fall two days before the fourth.
        let fall = Instant.zero + .hours(24 * 90)
        try store.append(
            alert: Alert(
                rule: .fall, tier: .urgent, time: fall, episodeStart: fall, duration: .zero,
                message: "A possible fall.", wearer: .sole))
    }

    private func run(_ words: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", ["diary"] + words + ["--db", path])
    }

    /// Without the line breaks of the terminal.
    private func flat(_ text: String) -> String {
        text.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
    }

    private func note(_ days: [Int]) throws {
        for day in days {
            let date = CivilDate(daysSinceEpoch: Self.start.unixSeconds / 86_400 + Int64(day))
            let added = try run(
                "add", "--pain", "5", "--kind", "ache", "--at", "\(date) 18:00", "--until", "\(date) 23:00")
            #expect(added.status == 0, "\(added.errors)")
        }
    }

    @Test("a planted trigger is found, what is alike is not, and the reasons for a clinician are told")
    func planted() throws {
        try write(days: 0..<130)
        try note(Self.onsets)
        let ended = try run()
        #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
        let lines = ended.output.split(separator: "\n").map(String.init)
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(ended.output)")
        #expect(lines.first == "Episodes of pain that you noted")
        #expect(lines[2] == "      1  2024-03-01 18:00  5 h     -           5  ache")
        #expect(lines[5] == "      4  2024-04-02 18:00  5 h     11 days     5  ache, after a fall")
        #expect(lines.contains("A reason to talk to a clinician"))
        #expect(lines.contains("  The one of 2024-04-02 18:00 began within three days after a fall."))
        // Long ago, and none since.
        #expect(flat(ended.output).contains("They come less often than before: 0 began in the last "))
        let bends = try #require(lines.first { $0.hasPrefix("  bends deeper than 60°") })
        #expect(bends.contains("20  ") && bends.contains("7 of 7") && bends.contains("∞ ("), "\(bends)")
        #expect(flat(ended.output).contains("higher than usual more often than by chance: bends deeper than"))
        #expect(flat(ended.output).contains("Worn for 14 h before the latest and usually for 14 h;"))
        #expect(flat(ended.output).contains("need not be a cause"))
        for word in ["injur", "diagnos", "bad posture", "risk"] { #expect(!ended.output.contains(word)) }
        #expect(try run("history").output == ended.output)

        let schema = try JSONSchema(file: "docs/schema/diary.schema.json")
        let json = try run("--json").output.split(separator: "\n").map(String.init)
        for line in json { #expect(schema.complaint(about: line) == nil) }
        #expect(json.count { $0.hasPrefix(#"{"type":"pain_episode""#) } == 7)
        #expect(json.count { $0.hasPrefix(#"{"type":"case_crossover","#) } == 10)
        let found = json.first {
            $0.hasPrefix(#"{"type":"case_crossover","hours":24,"exposure":"deep_bends""#)
        }
        #expect(found?.contains(#""episodes":7,"higher":7,"odds_ratio":null,"odds_ratio_95":["#) == true)
        let windows = json.filter { $0.hasPrefix(#"{"type":"case_crossover_windows""#) }
        #expect(windows.count == 14 && windows.allSatisfy { $0.hasSuffix(#""compared":true}"#) })
        let course = try #require(json.first { $0.hasPrefix(#"{"type":"episode_course""#) })
        #expect(course.hasSuffix(#""reasons":["after_fall"]}"#), "\(course)")
        let sitting = json.first { $0.contains(#""hours":72,"exposure":"longest_sitting""#) }
        #expect(sitting?.contains(#""value":0.00"#) == true)
    }

    @Test("with too few days it says how many are missing")
    func tooFew() throws {
        try write(days: 58..<64)
        try note([60])
        let ended = try run()
        #expect(ended.status == 0)
        #expect(ended.output.contains("Not enough days yet."), "\(ended.output)")
        // Nothing was worn lately.
        #expect(flat(ended.output).contains("(8 hours a day). 4 more such days"))
        #expect(flat(ended.output).contains("(8 hours a day). 12 more such days"))
        #expect(!ended.output.contains("ODDS RATIO") && !ended.output.contains("clinician"))
        #expect(
            try run("--json").output.contains(
                #""compared":0,"least_controls":4,"least_episodes":6,"missing_days":4"#))
    }

    @Test("with few episodes there is no odds ratio")
    func fewEpisodes() throws {
        try write(days: 0..<75, isPlanted: false)
        try note([60, 70])
        let output = try run().output
        #expect(
            output.contains("2 of 2") || output.contains("0 of 2") || output.contains("1 of 2"), "\(output)")
        #expect(flat(output).contains("With fewer than 6 episodes to compare"))
        #expect(!output.contains("∞"))
    }

    @Test("one without an end for more than six weeks is a reason, and says how to end it")
    func long() throws {
        try write(days: 58..<60)
        #expect(try run("add", "--kind", "stiffness", "--at", "2024-03-01 18:00").status == 0)
        let output = try run().output
        #expect(
            output.contains("  The one of 2024-03-01 18:00 has no end noted for more than six weeks ("),
            "\(output)")
        #expect(output.contains("`lumbarctl diary end 1"))
        #expect(try run("end", "1", "--at", "2024-05-01").status == 0)
        #expect(try run().output.contains("went on for more than six weeks (60 days)."))
        #expect(try run("edit", "1", "--until", "2024-03-20").status == 0)
        #expect(try !run().output.contains("clinician"))
    }
}
