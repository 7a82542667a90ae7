import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarMeasures
import LumbarReport
import LumbarStore
import LumbarTestKit
import Testing

/// A training from its first session to the last day that is measured, through a real history, and what is told of it.
@Suite("Fading training", .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct TrainingCommandTests {
    @Test("goes its course, also when the machine is started anew in between")
    func restarts() throws {
        // Started anew in many nights. In the weeks between the measurements the sensor is worn on two days of seven.
        let plain = try TrainedHistory(
            lostDays: (62..<112).filter { ![0, 3].contains($0 % 7) },
            restarts: Array(stride(from: 1, to: 135, by: 9)))
        let course = plain.course
        #expect(isByTheBook(course))
        let fading = course.made.filter { !$0.isBooster }
        #expect(fading.first?.session.seconds == 2400 && fading.last?.session.seconds == 300)
        #expect(fading.allSatisfy { $0.session.date >= plain.asked })
        #expect(fading.last?.verdict == .held && fading.contains { $0.verdict == .above })
        #expect(course.trained == fading.last?.session.date)
        let trained = try #require(course.trained)
        // Every measurement fell on its day, since the sensor was worn.
        let days = course.retention.map { ($0.day?.date.daysSinceEpoch ?? 0) - trained.daysSinceEpoch }
        #expect(days == [7, 21, 84])
        #expect(course.made.filter(\.isBooster).count >= 8)
        #expect(course.next(from: plain.today) == nil)
        let end = try #require(course.endShare)
        #expect(end <= 0.3)

        // On the days that were measured nothing was said; elsewhere at most one session a day came to its end.
        let measured = course.retention.compactMap { $0.day?.date }
        #expect(plain.said.allSatisfy { !measured.contains($0.date) })
        let ends = plain.said.filter { $0.alert.reason?.clause == "session_end" }.map(\.date)
        #expect(Set(ends).count == ends.count && ends.count == course.made.count)
        for told in plain.said where told.alert.reason?.clause == "bend_past_limit" {
            #expect(told.alert.flexionDegrees ?? 0 >= 60)
        }

    }

    /// Where a restart cuts a session it is made up for, and days on which nothing ran cost nothing but themselves.
    @Test("goes on after restarts by day and days without a word")
    func interruptions() throws {
        let cut = try TrainedHistory(
            days: 34, lostDays: [11, 12, 15, 16], restarts: [13, 20, 27], restartTime: 30_600)
        #expect(isByTheBook(cut.course))
        let made = cut.course.made.map { $0.session.date.daysSinceEpoch - cut.asked.daysSinceEpoch }
        #expect(made.count >= 18 && !made.contains { [1, 2, 5, 6].contains($0) }, "\(made)")
        #expect(made.contains(3) && made.contains(10) && made.contains(17), "\(made)")
    }

    /// Whether each session was as long as those before it ask for: nothing of it was in the memory of the program alone.
    private func isByTheBook(_ course: TrainingCourse) -> Bool {
        var log = course.log
        log.sessions = []
        for session in course.log.sessions {
            let minutes =
                switch TrainingCourse(log).duty(on: session.date) {
                case .session(let minutes), .booster(let minutes): Double(minutes)
                case .retention, .nothing: 0.0
                }
            guard minutes * 60 == session.seconds else { return false }
            log.sessions.append(session)
        }
        return true
    }

    @Test("is shown by the history alone, in words and as JSON")
    func status() throws {
        let now = WallClockReader.anchor()
        let trained = try TrainedHistory(
            days: 60, endsOn: now.date(at: now.instant),
            zone: ZoneRule(name: now.zone.name, offsetSeconds: now.zone.offset(at: now.wall)))
        let shown = try Program.run("lumbarctl", ["training", "--db", trained.path])
        #expect(shown.status == 0 && shown.errors.isEmpty, "\(shown)")
        let lines = shown.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(shown.output)")
        #expect(lines[0] == "Fewer bends past 60 degrees, since \(trained.asked): 30 % at most, 60 % before.")
        #expect(lines[2].hasPrefix("DATE        WHAT"))
        let rows = lines.filter { $0.hasPrefix("20") }
        let measured = trained.course.retention.filter { $0.day != nil }.count
        #expect(measured == 2 && rows.count == trained.course.made.count + measured, "\(shown.output)")
        #expect(rows.contains { $0.contains("1 week later") && $0.contains("of the gain is left") })
        #expect(rows.contains { $0.contains("10 min, booster") })
        #expect(shown.output.contains("\nNext: "))

        let schema = try JSONSchema(file: "docs/schema/training.schema.json")
        let json = try Program.run("lumbarctl", ["training", "status", "--json", "--db", trained.path])
        let objects = json.output.split(separator: "\n").map(String.init)
        for line in objects { #expect(schema.complaint(about: line) == nil, "\(line)") }
        #expect(objects.count == 1 + trained.course.made.count + 3)
        #expect(objects.last?.contains(#""state":"to_come""#) == true)
        let first = try JSONReader.read(objects[0], limits: .reply)
        #expect(
            first["baseline"]?.double == 0.6 && first["trained"]?.text == trained.course.trained?.description)
        #expect(first["state"]?.text == "going_on" && first["stopped"] == .null)
        // The daemon is not needed to see that one goes on already.
        let again = try Program.run("lumbarctl", ["training", "start", "--db", trained.path])
        #expect(again.status == 64 && again.output.isEmpty)
        #expect(
            again.errors
                == "lumbarctl: a training goes on since \(trained.asked); `lumbarctl training stop` ends it\n"
        )
    }

    /// Days that end with today, by the clock and in the zone of the programs.
    private func trained(days: Int, stop: Int? = nil) throws -> TrainedHistory {
        let now = WallClockReader.anchor()
        return try TrainedHistory(
            days: days, stop: stop, endsOn: now.date(at: now.instant),
            zone: ZoneRule(name: now.zone.name, offsetSeconds: now.zone.offset(at: now.wall)))
    }

    /// What `lumbarctl training` shows, in words and as JSON that is as its schema says.
    private func shown(_ path: String) throws -> (lines: [Substring], objects: [JSONValue]) {
        let words = try Program.run("lumbarctl", ["training", "--db", path])
        #expect(words.status == 0 && words.errors.isEmpty, "\(words)")
        let lines = words.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(words.output)")
        let schema = try JSONSchema(file: "docs/schema/training.schema.json")
        let json = try Program.run("lumbarctl", ["training", "status", "--json", "--db", path])
        let texts = json.output.split(separator: "\n").map(String.init)
        for text in texts { #expect(schema.complaint(about: text) == nil, "\(text)") }
        return (lines, try texts.map { try JSONReader.read($0, limits: .reply) })
    }

    @Test("is shown after it was stopped, with what was measured until then")
    func stopped() throws {
        let trained = try trained(days: 60, stop: 50)
        let stop = CivilDate(daysSinceEpoch: trained.today.daysSinceEpoch - 10)
        let measured = trained.course.retention.filter { $0.day.map { $0.date <= stop } ?? false }
        #expect(measured.map(\.weeks) == [1], "the others came later: the test looks at something else")
        let (lines, objects) = try shown(trained.path)
        #expect(lines[0] == "Fewer bends past 60 degrees, since \(trained.asked): 30 % at most, 60 % before.")
        let rows = lines.filter { $0.hasPrefix("20") }
        #expect(rows.count == trained.course.made.count + 1, "\(lines)")
        #expect(rows.contains { $0.contains("1 week later") && $0.contains("of the gain is left") })
        let end = try #require(trained.course.endShare)
        #expect(
            lines.contains(
                "Gained: 60 % before, \(TrainingStatusText.percent(end)) in the last 3 sessions held."))
        #expect(lines.contains("Stopped on \(stop); what is left after 3 and 12 weeks was not measured."))
        #expect(lines.contains("`lumbarctl training start` begins another."))
        #expect(!lines.contains { $0.hasPrefix("Next: ") })

        let about = try #require(objects.first)
        #expect(about["state"]?.text == "stopped" && about["stopped"]?.text == stop.description)
        #expect(about["next"] == .null && about["next_is"]?.text == "nothing")
        #expect(about["since"]?.text == trained.asked.description && about["end_share"]?.double != nil)
        #expect(objects.count == 1 + trained.course.made.count + 3)
        #expect(objects.suffix(3).map { $0["state"]?.text } == ["measured", "stopped", "stopped"])

        // Another one takes its place, and begins anew.
        let start = try Program.run(
            "lumbarctl", ["training", "start", "--db", trained.path, "--socket", trained.path + ".none"])
        #expect(start.status == 69, "\(start)")
        let store = try Store(writing: trained.path, bootID: "boot-later", host: FolderHost())
        let now = WallClockReader.anchor()
        try store.append(anchor: now)
        let plan = TrainingPlan(since: now.wall, target: 0.15, baseline: 0.25)
        let term = AskedControl.Term(since: now.instant, until: nil, detail: plan.text)
        try store.append(
            control: AskedControl(wearer: .sole, kind: .training, term: term, asked: now.instant))
        store.close()
        let (another, _) = try shown(trained.path)
        #expect(
            another[0] == "Fewer bends past 60 degrees, since \(trained.today): 15 % at most, 25 % before.")
        #expect(
            another.count { $0.hasPrefix("20") } == 0 && another.contains { $0.hasPrefix("Next: 40 min") })
    }

    @Test("is shown after it was stopped before its last session")
    func givenUp() throws {
        let trained = try trained(days: 24, stop: 17)
        let stop = CivilDate(daysSinceEpoch: trained.today.daysSinceEpoch - 7)
        let (lines, objects) = try shown(trained.path)
        #expect(!trained.course.made.isEmpty && trained.course.trained == nil)
        #expect(lines.count { $0.hasPrefix("20") } == trained.course.made.count)
        #expect(lines.contains("Stopped on \(stop), before the last session."))
        #expect(!lines.contains { $0.hasPrefix("Gained") })
        #expect(objects.count == 1 + trained.course.made.count)
        #expect(objects[0]["state"]?.text == "stopped" && objects[0]["trained"] == .null)
    }

    @Test("leaves out the days of an earlier training when another begins")
    func begunAgain() throws {
        func begin(_ path: String) throws -> String {
            let words = ["training", "start", "--db", path, "--socket", path + ".none"]
            return try Program.run("lumbarctl", words).output
        }
        // Given up yesterday: nothing but days with sessions, and what was known before them.
        let yesterday = try trained(days: 24, stop: 23)
        #expect(
            try begin(yesterday.path)
                == "Too few days have been worn since the last session of a training. Before that training, 60 % of "
                + "your bends went past 60 degrees.\n")
        // A week ago: the days since, on which nothing was said.
        let weekAgo = try trained(days: 24, stop: 17)
        #expect(try begin(weekAgo.path).hasPrefix("On the last 7 days worn, "))
    }

    @Test("is shown when it is over, and another one may begin")
    func over() throws {
        let trained = try trained(days: 135)
        let (lines, objects) = try shown(trained.path)
        #expect(lines.contains { $0.hasPrefix("Gained: 60 % before, ") })
        #expect(lines.contains("The training is over; `lumbarctl training start` begins another."))
        #expect(lines.contains { $0.contains("12 weeks later") })
        #expect(objects[0]["state"]?.text == "over" && objects[0]["stopped"] == .null)
        #expect(objects.suffix(3).map { $0["state"]?.text } == ["measured", "measured", "measured"])
        let start = try Program.run(
            "lumbarctl", ["training", "start", "--db", trained.path, "--socket", trained.path + ".none"])
        #expect(start.status == 69, "\(start)")
    }

    @Test("is in the summaries and reports of its days, as counts")
    func summaries() throws {
        let trained = try trained(days: 60)
        func run(_ words: [String]) throws -> String {
            let ended = try Program.run("lumbarctl", words + ["--db", trained.path])
            #expect(ended.status == 0, "\(ended)")
            return ended.output
        }
        let schema = try JSONSchema(file: "docs/schema/summary.schema.json")
        let made = try #require(trained.course.made.first).session
        let day = try run(["summary", made.date.description])
        #expect(
            day.contains(
                "  in 1 session, \(made.count.deep) of \(made.count.bends) bends past 60 degrees"),
            "\(day)")
        let before = CivilDate(daysSinceEpoch: trained.asked.daysSinceEpoch - 1)
        for form: [String] in [[], ["--json"]] {
            let without = try run(["summary", before.description] + form)
            #expect(!without.contains("raining"), "\(without)")
        }
        let measured = try #require(trained.course.retention.first?.day)
        let later = try run(["summary", measured.date.description])
        #expect(later.contains("  after the training, without a word about it: "), "\(later)")
        let line = try run(["summary", measured.date.description, "--json"])
        #expect(line.contains(#""training":{"sessions":0,"retention_weeks":1}"#), "\(line)")
        #expect(schema.complaint(about: String(line.dropLast())) == nil)

        let last = CivilDate(daysSinceEpoch: made.date.daysSinceEpoch + 6)
        let week = trained.course.made.map(\.session).filter { $0.date <= last }
        let sum = week.reduce(BendCount()) { $0 + $1.count }
        #expect(week.count > 3)
        let sentence =
            "In \(week.count) training sessions, \(sum.deep) of \(sum.bends) bends went past 60 degrees."
        let words = try run(["summary", "--week", last.description])
        #expect(words.contains(sentence), "\(words)")
        let json = try run(["summary", "--week", last.description, "--json"])
        #expect(schema.complaint(about: String(json.dropLast())) == nil)
        let period = try JSONReader.read(String(json.dropLast()), limits: .reply)
        #expect(period["training"]?["sessions"]?.double == Double(week.count))
        #expect(period["training"]?["deep_bends"]?.double == Double(sum.deep))
        let report = try run(["report", "--week", "--until", last.description, "--markdown", "-"])
        #expect(report.contains(sentence), "\(report)")
    }

    @Test("says so when nothing is trained")
    func nothing() throws {
        let history = try StoredHistory()
        let shown = try Program.run("lumbarctl", ["training", "--db", history.path])
        #expect(
            shown.output == "Nothing is trained; `lumbarctl training start` begins.\n" && shown.status == 0)
        let json = try Program.run("lumbarctl", ["training", "--json", "--db", history.path])
        #expect(json.output == #"{"type":"training","wearer":"me","goal":null}"# + "\n")
        let schema = try JSONSchema(file: "docs/schema/training.schema.json")
        #expect(schema.complaint(about: String(json.output.dropLast())) == nil)
    }

    @Test(
        "refuses what cannot be meant, with what to do",
        arguments: [
            (["start", "--goal", "lifting"], "There is no goal \"lifting\"; there is bending."),
            (
                ["start", "--target", "0"],
                "\"0\" is no share to aim at; write one from 1% to 90%, such as 15%."
            ),
            (["start", "--target", "95%"], "\"95%\" is no share to aim at"),
            (["start", "--target", "much"], "\"much\" is no share to aim at"),
            (["start", "--target", "15"], "\"15\" is no share to aim at"),
            (["begin"], "begin"),
            (["status", "--wearer", "eve"], "nobody called eve is in the history; there are: me"),
        ])
    func usage(words: [String], message: String) throws {
        let history = try StoredHistory()
        let refused = try Program.run("lumbarctl", ["training"] + words + ["--db", history.path])
        #expect(refused.status == 64 && refused.output.isEmpty, "\(refused)")
        #expect(refused.errors.contains(message), "\(refused.errors)")
    }

    @Test("refuses where there is no history, no daemon, or nothing to train")
    func unavailable() throws {
        let history = try StoredHistory()
        let gone = history.folder.path + "/none.db"
        let missing = try Program.run("lumbarctl", ["training", "--db", gone])
        #expect(missing.status == 66 && missing.errors.hasPrefix("lumbarctl: "), "\(missing)")
        let socket = history.folder.path + "/none.sock"
        let away = try Program.run(
            "lumbarctl", ["training", "start", "--db", history.path, "--socket", socket])
        #expect(away.status == 69 && away.errors.hasPrefix("lumbarctl: lumbard cannot be asked: "), "\(away)")
        #expect(
            away.output.hasPrefix("Too little is known of how you bend: 0 days worn for 4 hours, 0 bends."))
        let stop = try Program.run("lumbarctl", ["training", "stop", "--socket", socket])
        #expect(stop.status == 69 && stop.output.isEmpty, "\(stop)")
        let start = try Program.run("lumbarctl", ["training", "start", "--db", gone])
        #expect(start.status == 66 && start.output.isEmpty, "\(start)")
    }

    /// Days before a training, with so many of fifty bends past 60 degrees.
    private func baseline(deep: Int, days: Int64 = 5) throws -> (folder: TemporaryFolder, path: String) {
        let folder = try TemporaryFolder()
        let path = folder.path + "/lumbard.db"
        let store = try Store(writing: path, bootID: "boot-1", host: FolderHost())
        let now = WallClockReader.anchor()
        try store.append(anchor: now)
        for back in 1...days {
            let date = CivilDate(daysSinceEpoch: now.date(at: now.instant).daysSinceEpoch - back)
            let start = now.instant(at: now.zone.start(of: date))
            var day = DailySummary(
                wearer: .sole, date: date, start: start, end: start + .hours(24), isComplete: true)
            day.postureSeconds[Posture.standing.index] = 5 * 3600
            (day.bends, day.deepBends) = (50, deep)
            try store.append(summary: day)
        }
        return (folder, path)
    }

    @Test("looks up how its wearer bends, and leaves alone who bends little")
    func lookUp() throws {
        func start(_ deep: Int, _ more: String...) throws -> Program.Ended {
            let (folder, path) = try baseline(deep: deep)
            let socket = folder.path + "/none.sock"
            return try Program.run(
                "lumbarctl", ["training", "start", "--db", path, "--socket", socket] + more)
        }
        let usual = try start(17)
        #expect(usual.status == 69)
        #expect(usual.output == "On the last 5 days worn, 85 of 250 bends (34 %) went past 60 degrees.\n")
        let little = try start(4)
        #expect(little.status == 65 && little.output.isEmpty)
        #expect(
            little.errors
                == "lumbarctl: 8 % of your bends go past 60 degrees, which leaves little to train; name less with --target\n"
        )
        #expect(try start(4, "--target", "5 %").status == 69)
        let above = try start(4, "--target", "0.2")
        #expect(above.status == 64)
        #expect(
            above.errors
                == "lumbarctl: 8 % of your bends go past 60 degrees already; aim at less than that, or leave --target out\n"
        )
    }
}
