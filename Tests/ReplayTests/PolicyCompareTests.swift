import LumbarCore
import LumbarLive
import LumbarMonitor
import LumbarTestKit
import Testing

@testable import LumbarStore

/// `lumbarctl policy compare` and `lumbarctl replay --policy` over histories that are played or really measured.
@Suite(
    "Other settings over the stored history",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"),
    .enabled(if: MonitoredHistory.canBePlayed, "Swift 6.0 on arm64"))
struct PolicyCompareTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func compare(_ words: String...) throws -> Program.Ended {
        try SimulatedMonth.run("lumbarctl", ["policy", "compare"] + words)
    }

    private func objects(_ text: String) throws -> [JSONValue] {
        let schema = try JSONSchema(file: "docs/schema/policy.schema.json")
        return try text.split(separator: "\n").map { line in
            #expect(schema.complaint(about: String(line)) == nil, "\(line.prefix(200))")
            return try SimulatedMonth.json(line)
        }
    }

    /// What the wearer was really told, by a policy that heard every report of every detector, comes out again.
    @Test("gives what was told to simulated wearers whose sensors were really read")
    func measured() throws {
        let seeds: [UInt64] = Trials.areEmulated ? [1] : [1, 5]
        let history = try MonitoredHistory(seeds: seeds, hours: 2)
        let config = try folder.file("none.conf", "")
        let ended = try compare(
            "--from", "2026-11-02", "--to", "2026-11-09", "--db", history.path, "--config", config, "--json",
            "--list")
        #expect(ended.status == 0, "\(ended.errors)")
        let lines = try objects(ended.output)
        let head = try #require(lines.first)
        let told = head["told"]?.int ?? 0
        #expect(told >= 2 * seeds.count, "\(told)")
        #expect(head["told_again"]?.int == told)
        #expect(head["added"]?.int == 0)
        #expect(head["apart_s_max"]?.double ?? .infinity <= 0.2)
        #expect(head["days"]?.int == seeds.count)
        #expect(head["notes"]?.elements.isEmpty == true)
    }

    /// Alerts as the comparison lists them that only one of what was told and what is told again has.
    private func strays(_ lines: [JSONValue]) -> [JSONValue] {
        lines.filter { line in
            let by = (line["given_by"]?.elements ?? []).compactMap(\.text)
            return line["delivery"]?.text == "told" && by != ["told", "in force"]
        }
    }

    private func again(
        _ history: MonitoredHistory, atLeast least: Int, apart: Double = 0.2, config: String? = nil
    ) throws {
        let config = try config ?? folder.file("none.conf", "")
        let ended = try compare(
            "--from", "2026-11-02", "--to", "2026-11-30", "--db", history.path, "--config", config, "--json",
            "--list")
        #expect(ended.status == 0, "\(ended.errors)")
        let lines = try objects(ended.output)
        let head = try #require(lines.first)
        #expect(head["told"]?.int ?? 0 >= least, "\(head)")
        let strays = strays(lines)
        #expect(strays.isEmpty, "\(strays)")
        #expect(head["told_again"]?.int == head["told"]?.int)
        #expect(head["added"]?.int == 0)
        #expect(head["apart_s_max"]?.double ?? .infinity <= apart)
    }

    /// A start knows the alerts and the sums of the day, and nothing of the bout that went on: time seated counts anew.
    @Test("gives what was told when the daemon was started again in the middle of a day")
    func restarted() throws {
        let day = "stand 60 s, walk 60 s, sit 60 min, walk 90 s, sit 80 min, walk 2 min"
        let history = try MonitoredHistory(
            scenario: day, outages: [.init(from: 1500, until: 1520), .init(from: 3960, until: 5300)])
        try again(history, atLeast: 4)
        let seeds: [UInt64] = Trials.areEmulated ? [5] : [1, 5, 7]
        let outages: [WatchingProgram.Outage] = [
            .init(from: 1300, until: 1303), .init(from: 3000, until: 3400), .init(from: 5000, until: 5010),
        ]
        try again(MonitoredHistory(seeds: seeds, hours: 2, outages: outages), atLeast: 2 * seeds.count)
    }

    /// Lifts that are held back for a digest, and a restart that forgets them.
    @Test("hears of a start of the daemon, and takes it for no silence")
    func forgotten() throws {
        let day = "stand 60 s, walk 60 s, 9x(lift 80 deg hard then twist 40 deg, stand 20 s), stand 70 min"
        let history = try MonitoredHistory(scenario: day, outages: [.init(from: 500, until: 502)])
        try again(history, atLeast: 1)
        let store = try Store(writing: history.path, bootID: "none", host: FolderHost())
        #expect(try store.rowCounts()["run"] == 2)
        try store.database.run("DELETE FROM run", while: "testing")
        store.close()
        let config = try folder.file("none.conf", "")
        let ended = try compare("--day", "2026-11-02", "--db", history.path, "--config", config, "--json")
        #expect(try objects(ended.output).first?["added"]?.int == 1)
    }

    /// Until the clock is set, yesterday's budget is today's; then the day begins anew.
    @Test("gives what was told while the clock was wrong, and after it was set")
    func slowClock() throws {
        var settings = MonitorSettings()
        settings.alerts.nudgesPerDay = 2
        let config = try folder.file("two.conf", "[alerts]\nnudges_per_day=2\n")
        for (every, behind) in [(Int64(24), 21.0), (4, 3)] {
            let slow = WatchingProgram.SlowClock(behind: .hours(behind), until: 4000)
            let history = try MonitoredHistory(
                seeds: [5, 1], hours: 2, every: every, settings: settings, slow: slow)
            try again(history, atLeast: 2, config: config)
        }
    }

    @Test("gives what was told of a fall and of lying after it")
    func fallen() throws {
        let day = "stand 20 s, fall forward for 40 s, stand 5 min"
        try again(MonitoredHistory(scenario: day), atLeast: 2)
    }

    @Test("gives what was told to whoever rose for less than a minute just before a step")
    func risenShortly() throws {
        let day = "stand 60 s, walk 60 s, sit 1485 s, stand 50 s, sit 500 s, walk 2 min"
        try again(MonitoredHistory(scenario: day), atLeast: 1)
    }

    /// A shift before the first report of the bout puts nothing off, live as in the minutes; one after it does.
    @Test("gives what was told to whoever shifts in the seat")
    func shifted() throws {
        let day = """
            stand 60 s, walk 60 s, sit 2 min, shift 10 deg, sit 32 min, walk 2 min, sit 22 min, shift 10 deg, sit 21 min,
            walk 2 min
            """
        try again(MonitoredHistory(scenario: day), atLeast: 4)
    }

    /// With every rule speaking and a large budget, several times as much is told.
    @Test("gives what every rule tells on days with three starts of the daemon")
    func everyRule() throws {
        var settings = MonitorSettings()
        settings.alerts.standing = .on
        settings.alerts.turning = .on
        settings.alerts.afterRest = .on
        settings.alerts.repeatedBends = .on
        settings.alerts.bentToday = .on
        settings.alerts.endRange = .on
        settings.alerts.riding = .on
        settings.alerts.sensor = .on
        settings.alerts.goodNews = .on
        settings.alerts.nudgesPerHour = 10
        settings.alerts.nudgesPerDay = 50
        let config = try folder.file(
            "all.conf",
            """
            [alerts]
            standing=on
            turning=on
            after_rest=on
            repeated_bends=on
            bent_today=on
            end_range=on
            riding=on
            sensor=on
            good_news=on
            nudges_per_hour=10
            nudges_per_day=50

            """)
        let outages: [WatchingProgram.Outage] = [
            .init(from: 2000, until: 2003), .init(from: 5000, until: 5400), .init(from: 9000, until: 10_800),
        ]
        let seeds: [UInt64] = Trials.areEmulated ? [7] : [7, 14, 20]
        let history = try MonitoredHistory(seeds: seeds, hours: 4, settings: settings, outages: outages)
        try again(history, atLeast: 15 * seeds.count, apart: 5, config: config)
    }

    @Test("compares policies over a month with reboots, a wrong clock and a day of 25 hours")
    func month() throws {
        let month = try SimulatedMonth(from: "2025-10-20", days: 9)
        let config = try folder.file("in-force.conf", "")
        let strict = try folder.file(
            "strict.conf",
            "[alerts]\nnudges_per_day=2\nquiet_hours=12:00-15:00\ndigest=off\n")
        let lax = try folder.file(
            "a policy with a long name.conf",
            "[alerts]\nsitting_notice=40min\nsitting_first=45min\nmorning=off\n")
        let period = ["--from", "2025-10-21", "--to", "2025-10-28", "--db", month.path, "--config", config]
        let ended = try SimulatedMonth.run(
            "lumbarctl", ["policy", "compare", strict, lax, "--json", "--list"] + period)
        #expect(ended.status == 0, "\(ended.errors)")
        let lines = try objects(ended.output)
        let head = try #require(lines.first)
        let told = head["told"]?.int ?? 0
        #expect(told > 50)
        #expect(Double(head["told_again"]?.int ?? 0) >= 0.95 * Double(told))
        #expect(Double(head["added"]?.int ?? .max) <= 0.05 * Double(told))
        #expect(head["apart_s_max"]?.double ?? .infinity <= 5)
        let policies = lines.filter { $0["type"]?.text == "policy" }
        #expect(policies.compactMap { $0["name"]?.text } == ["told", "in force", "strict", "B"])
        // Played by the same rules as the truth of the month.
        let truth = month.days.filter { $0.date >= "2025-10-21" && $0.date <= "2025-10-28" }
        #expect(told == truth.reduce(0) { $0 + Int($1.number("alerts")) })
        for day in policies[2]["by_day"]?.elements ?? [] { #expect(day["nudges"]?.int ?? 9 <= 2) }
        #expect(policies[2]["differences"]?.elements.count == 3)
        #expect(policies[2]["hours"]?.elements[13].int == 0)
        #expect(policies[3]["rules"]?["sitting"]?.int ?? .max < policies[1]["rules"]?["sitting"]?.int ?? 0)
        try turned(ended, strict, lax, period)
        try text(strict, lax, period)
        try days(strict, month.path, config, policies[2])
    }

    /// The other way about, every file gives what it gave.
    private func turned(
        _ ended: Program.Ended, _ strict: String, _ lax: String, _ period: [String]
    ) throws {
        let other = try SimulatedMonth.run(
            "lumbarctl", ["policy", "compare", lax, strict, "--json"] + period)
        let sorted: (String) -> [Substring] = { text in
            text.split(separator: "\n").filter { $0.contains("\"rules\"") }
                .compactMap { $0.split(separator: "\"differences\"", maxSplits: 1).last }.sorted()
        }
        #expect(sorted(other.output) == sorted(ended.output))
        #expect(sorted(other.output).count == 4)
    }

    private func text(_ strict: String, _ lax: String, _ period: [String]) throws {
        let ended = try SimulatedMonth.run(
            "lumbarctl", ["policy", "compare", strict, lax, "--list"] + period)
        #expect(ended.status == 0)
        let lines = ended.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines.filter { $0.count > 80 })")
        #expect(ended.output.contains("Played again, the settings in force give "))
        #expect(ended.output.contains("B: \(folder.path)") || ended.output.contains("B:"))
        #expect(ended.output.contains("nudges_per_day=2 (in force 8)"))
        for title in ["A DAY", "IN ALL, BY RULE", "BY HOUR", "BY DAY", "GIVEN BY"] {
            #expect(lines.contains { $0.contains(title) }, "\(title)")
        }
    }

    /// `replay --policy` gives the alerts that the comparison counts.
    private func days(
        _ strict: String, _ path: String, _ config: String, _ policy: JSONValue
    ) throws {
        let rest = ["--policy", strict, "--db", path, "--config", config]
        // The machine was off on the 25th.
        let days = ["2025-10-21..2025-10-24", "2025-10-26"]
        let json = try SimulatedMonth.run("lumbarctl", ["replay"] + days + rest + ["--json"])
        #expect(json.status == 0, "\(json.errors)")
        let lines = try objects(json.output)
        let counted = (policy["by_day"]?.elements ?? []).prefix(5)
        let played = lines.filter { $0["type"]?.text == "policy_day" }
        #expect(played.map { $0["date"]?.text } == counted.map { $0["date"]?.text })
        // A day that is played on its own begins with what two days before it say.
        #expect(played.map { $0["nudges"]?.int } == counted.map { $0["nudges"]?.int })
        let alerts = lines.filter { $0["type"]?.text == "policy_alert" && $0["delivery"]?.text == "told" }
        let text = try SimulatedMonth.run("lumbarctl", ["replay"] + days + rest)
        #expect(text.status == 0)
        let shown = text.output.split(separator: "\n")
        #expect(shown.allSatisfy { $0.count <= 80 })
        #expect(shown.count { $0.contains("  nudge  ") || $0.contains("  notice  ") } == alerts.count)
        #expect(shown.last?.hasPrefix("5 days: ") == true)
        #expect(shown.first?.hasPrefix("2025-10-21: ") == true)
    }

    @Test("a pause that ran out is over")
    func pauses() throws {
        let store = try Store.new(in: folder)
        func moment(_ seconds: Double) -> Instant { .zero + .seconds(seconds) }
        for (start, end) in [(600.0, 1800.0), (3100, 4000), (6000, 9000)] {
            try store.append(
                episode: Episode(
                    .posture(.standing), start: moment(start), end: moment(end), decided: moment(start),
                    confidence: 1), wearer: .sole)
            try store.append(epochs: [
                MinuteEpoch(wearer: .sole, start: moment(start), length: .seconds(60))
            ])
        }
        func pause(_ until: Double?, at time: Double) throws {
            let term = until.map { AskedControl.Term(since: moment(time), until: moment($0)) }
            try store.append(
                control: AskedControl(wearer: .sole, kind: .pause, term: term, asked: moment(time)))
        }
        // The second one is drawn out, and holds when the sensor falls silent for the last time.
        try pause(3000, at: 2000)
        try pause(9100, at: 8000)
        try pause(20_000, at: 8900)
        store.close()
        let speaking = try folder.file("speaking.conf", "[alerts]\nsensor=on\n")
        let ended = try SimulatedMonth.run(
            "lumbarctl",
            ["replay", "--policy", speaking, "2026-11-21", "--json", "--db", folder.path + "/lumbard.db"]
                + ["--config", speaking])
        #expect(ended.status == 0, "\(ended.errors)")
        let alerts = try objects(ended.output).filter { $0["type"]?.text == "policy_alert" }
        #expect(alerts.map { $0["rule"]?.text } == ["silent_sensor"], "\(alerts)")
        // Ten o'clock, four thousand seconds, five until it is noticed, and twenty minutes.
        #expect(alerts.first?["time"]?.text == "2026-11-21T11:26:45+00:00")
    }

    // MARK: What can go wrong

    @Test("says what is wrong and what to do")
    func mistakes() throws {
        let store = try Store.new(in: folder)
        try store.append(epochs: [
            MinuteEpoch(wearer: .sole, start: .zero + .seconds(600), length: .seconds(60))
        ])
        store.close()
        let path = folder.path + "/lumbard.db"
        let good = try folder.file("good.conf", "[alerts]\nnudges_per_day=1\n")
        let bad = try folder.file("bad.conf", "[alerts]\nnudges_per_dai=1\nsitting_first=1\n")
        let mistakes: [(words: [String], status: Int32, says: [String])] = [
            (["policy", "compare", bad], 78, ["bad.conf:2", "nudges_per_da", "correct", "config check"]),
            (["policy", "compare", folder.path + "/none.conf"], 66, ["none.conf"]),
            (["policy", "compare", good, "--config", bad], 78, ["bad.conf:2", "in force first"]),
            (["policy", "compare", good, "--config", folder.path + "/none.conf"], 66, ["none.conf"]),
            (["policy", "compare", "--day", "2020-01-01"], 66, ["nothing is stored from 2020-01-01"]),
            (["policy", "compare", "--day", "someday"], 64, ["--day \"someday\" is no day"]),
            (["policy", "compare", "--week", "--month"], 64, ["Choose one of"]),
            (["policy", "compare", "--to", "today"], 64, ["--to goes with --from"]),
            (["policy", "compare", "--day", "today", "--until", "today"], 64, ["--until"]),
            (["policy", "compare", "--from", "2026-11-02", "--to", "2026-11-01"], 64, ["is after --to"]),
            (["policy", "compare", good, good, good, good, good], 64, ["At most 4 files"]),
            (["policy", "compare", "--wearer", "ben"], 64, ["nobody called ben"]),
            (["replay", "--policy", good, "rec.csv"], 64, ["\"rec.csv\" is none", "leave --policy out"]),
            (["replay", "--policy", good], 64, ["day"]),
            (["replay", "--policy", good, "2026-11-03..2026-11-01"], 64, ["the first day is after"]),
            (["replay", "--policy", good, "2020-01-01..2026-11-01"], 64, ["more than 366 days"]),
            (["replay", "--policy", good, "2020-01-01"], 66, ["nothing is stored of 2020-01-01"]),
            (["replay", "--policy", bad, "2026-11-21"], 78, ["bad.conf:2"]),
            (["replay", "--policy", folder.path + "/none.conf", "2026-11-21"], 66, ["none.conf"]),
            (["replay", "--policy", good, "2026-11-21", "--alerts"], 64, ["With --policy go only"]),
            (["replay", "--policy", good, "2026-11-21", "--wearer", "ben"], 64, ["nobody called ben"]),
            (["replay", "2026-11-03"], 64, ["is a day and no file", "--policy FILE 2026-11-03"]),
            (["replay", "a.csv", "--wearer", "ben"], 64, ["--wearer goes with --policy"]),
        ]
        for mistake in mistakes {
            let ended = try SimulatedMonth.run("lumbarctl", mistake.words + ["--db", path])
            #expect(ended.status == mistake.status, "\(mistake.words): \(ended.errors)")
            for text in mistake.says {
                #expect(ended.errors.contains(text), "\(mistake.words): \(ended.errors)")
            }
            #expect(ended.output.isEmpty, "\(mistake.words)")
        }
        let missing = try compare("--db", folder.path + "/none.db")
        #expect(missing.status == 66 && missing.errors.contains("none.db"))
    }

    @Test("says what was not kept yet, and which settings changed")
    func notes() throws {
        let store = try Store.new(in: folder)
        try store.append(epochs: [
            MinuteEpoch(wearer: .sole, start: .zero + .seconds(600), length: .seconds(60))
        ])
        try store.append(
            episode: Episode(
                .posture(.standing), start: .zero + .seconds(600), end: .zero + .seconds(900),
                decided: .zero + .seconds(601), confidence: 1), wearer: .sole)
        var pending = PendingRows()
        pending.append(
            .settings([SettingInForce(key: "alerts.nudges_per_day", value: "3")], .zero + .seconds(700)))
        try store.append(&pending)
        store.close()
        let config = try folder.file("in-force.conf", "[alerts]\nnudges_per_day=3\n")
        let path = folder.path + "/lumbard.db"
        let ended = try compare("--day", "2026-11-21", "--db", path, "--config", config)
        let text = ended.output.split(separator: "\n").joined(separator: " ")
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(text.contains("changed in these days; the present ones hold since 2026-11-21"))
        #expect(text.contains("before it was kept what was asked for"))
        #expect(text.contains("Nothing was told"))
    }

    @Test("takes what was set when the history began for no change")
    func firstSettings() throws {
        let store = try Store.new(in: folder)
        var pending = PendingRows()
        pending.append(
            .settings([SettingInForce(key: "alerts.nudges_per_day", value: "3")], .zero + .seconds(601)))
        try store.append(&pending)
        try store.append(epochs: [
            MinuteEpoch(wearer: .sole, start: .zero + .seconds(600), length: .seconds(60))
        ])
        store.close()
        let config = try folder.file("in-force.conf", "[alerts]\nnudges_per_day=3\n")
        let ended = try compare(
            "--day", "2026-11-21", "--db", folder.path + "/lumbard.db", "--config", config)
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(!ended.output.contains("changed in these days"))
    }
}
