import LumbarCore
import LumbarLive
import LumbarRehearsal
import LumbarTestKit
import Testing

@testable import LumbarStore

/// Days on which much was asked for, with a restart in the middle of a snooze, played over again.
@Suite(
    "Settings over a history in which much was asked for",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct AskedHistoryTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/lumbard.db" }

    init() throws { folder = try TemporaryFolder() }

    /// From 23 October 2025 on in Amsterdam: the fourth day has 25 hours.
    private var history: SimulatedHistory {
        let zone = ZoneRule(
            name: "Europe/Amsterdam", offsetSeconds: 7200, change: WallTime(unixSeconds: 1_761_440_400),
            offsetAfterSeconds: 3600)
        var history = SimulatedHistory(
            first: CivilDate(year: 2025, month: 10, day: 23), days: 6, zone: zone)
        history.restarts = [2]
        history.asks = [
            .init(day: 0, second: 36_000, .snooze(hours: 3, endsUpright: false)),
            .init(day: 0, second: 50_400, .snooze(hours: 4, endsUpright: true)),
            .init(day: 1, second: 28_800, .profile(.flare)),
            .init(day: 1, second: 64_800, .profile(nil)),
            // The machine restarts at ten past one.
            .init(day: 2, second: 45_000, .snooze(hours: 4, endsUpright: false)),
            .init(day: 2, second: 54_000, .wake),
            .init(day: 3, second: 34_000, .pause(hours: 2)),
            .init(day: 4, second: 30_000, .profile(.driving)),
        ]
        return history
    }

    private func write() throws {
        var store: Store?
        var pending = PendingRows()
        var failure: (any Error)?
        func flush() { do { try store?.append(&pending) } catch { failure = error } }
        history.play { event in
            switch event {
            case .boot(let id):
                flush()
                store?.close()
                do { store = try Store(writing: path, bootID: id, host: FolderHost()) } catch {
                    failure = error
                }
            case .anchor(let anchor, let isSynchronized):
                pending.append(.anchor(anchor, isSynchronized: isSynchronized))
            case .output(.epoch(let epoch)): pending.append(.epoch(epoch))
            case .output(.episode(let episode, let wearer)): pending.append(.episode(episode, wearer))
            case .output(.alert(let alert)): pending.append(.alert(alert))
            case .output(.summary(let summary)):
                pending.append(.summary(summary))
                flush()
            case .output(.trust(let trust, let wearer, let time)):
                pending.append(.trust(trust, wearer, time))
            case .asked(let what, let time): pending.append(.control(Self.control(what, at: time)))
            case .output, .day: break
            }
        }
        flush()
        store?.close()
        if let failure { throw failure }
    }

    private static func control(_ what: SimulatedHistory.Ask.What, at time: Instant) -> AskedControl {
        var control = AskedControl(wearer: .sole, kind: .snooze, term: nil, asked: time)
        switch what {
        case .snooze(let hours, let endsUpright):
            control.term = AskedControl.Term(
                since: time, until: time + .hours(hours), detail: endsUpright ? "upright" : "")
        case .wake: break
        case .profile(let profile):
            control.kind = .profile
            control.term = profile.map { AskedControl.Term(since: time, until: nil, detail: $0.rawValue) }
        case .pause(let hours):
            control.kind = .pause
            control.term = AskedControl.Term(since: time, until: time + .hours(hours))
        }
        return control
    }

    private func compare(_ words: String...) throws -> [JSONValue] {
        let config = folder.path + "/none.conf"
        try Files.write("", to: config)
        let ended = try SimulatedMonth.run(
            "lumbarctl",
            ["policy", "compare", "--json", "--list", "--db", path, "--config", config] + words)
        #expect(ended.status == 0, "\(ended.errors)")
        return try ended.output.split(separator: "\n").map { try SimulatedMonth.json($0) }
    }

    @Test("gives what was told again, and hears of every one of them")
    func again() throws {
        try write()
        let store = try Store(reading: path)
        #expect(try store.rowCounts()["asked"] == history.asks.count)
        let lines = try compare("--from", "2025-10-23", "--to", "2025-10-28")
        let head = try #require(lines.first)
        let told = head["told"]?.int ?? 0
        #expect(told > 25, "\(told)")
        let missing = lines.filter { line in
            let by = (line["given_by"]?.elements ?? []).compactMap(\.text)
            return line["delivery"]?.text == "told" && by != ["told", "in force"]
        }
        #expect(Double(head["told_again"]?.int ?? 0) >= 0.95 * Double(told), "\(missing)")
        #expect(Double(head["added"]?.int ?? .max) <= 0.05 * Double(told), "\(missing)")
        #expect(head["apart_s_max"]?.double ?? .infinity <= 5)
        #expect(head["notes"]?.elements.isEmpty == true)

        // Days later the profile that was asked for still holds.
        let late = try compare("--day", "2025-10-28")
        #expect(late.first?["told"]?.int == late.first?["told_again"]?.int)

        // Without what was asked for, there would have been more.
        let blind = try Store(writing: path, bootID: "none", host: FolderHost())
        try blind.database.run("DELETE FROM asked", while: "testing")
        blind.close()
        let unasked = try compare("--day", "2025-10-23")
        let counts = unasked.filter { $0["type"]?.text == "policy" }.map { policy in
            (policy["nudges"]?.int ?? 0) + (policy["notices"]?.int ?? 0)
        }
        #expect(counts.count == 2 && counts[1] > counts[0], "\(counts)")
    }
}
