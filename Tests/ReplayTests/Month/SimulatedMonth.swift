import LumbarLive
import LumbarTestKit

/// A simulated month in a real history, with three entries in the diary, and what really happened in it.
///
/// It is played a second at a time and not a sample at a time, through the real ledger and the real alerts: nothing is
/// detected, so nothing may differ but by what is rounded. `lumbar-days --history` puts two reboots into it, each with a
/// clock that is wrong by more than a day for twenty minutes, and a day on which the machine was off.
struct SimulatedMonth {
    /// An entry of the diary as it was typed, and what it has to come out as.
    struct Pain {
        let at: String
        let pain: Int
        let kind: String
        let note: String
        let standard: String
    }

    /// On the lost day, on a usual day, and after the change of the clock on the day of 25 hours.
    static let pains = [
        Pain(
            at: "2025-10-10 20:00", pain: 4, kind: "ache", note: "a bad evening",
            standard: "2025-10-10T20:00:00.000+02:00"),
        Pain(
            at: "2025-10-19 07:10", pain: 6, kind: "spasm", note: "tying a shoe",
            standard: "2025-10-19T07:10:00.000+02:00"),
        Pain(
            at: "2025-10-26 07:10", pain: 3, kind: "stiffness", note: "getting up",
            standard: "2025-10-26T07:10:00.000+01:00"),
    ]

    let folder: TemporaryFolder
    let path: String
    /// What really happened, a day each.
    let days: [TrueDay]

    /// `count` days from `first` on, in Amsterdam.
    init(from first: String, days count: Int) throws {
        folder = try TemporaryFolder()
        path = folder.path + "/month.db"
        let made = try Self.run(
            "lumbar-days", ["--history", path, "--from", first, "--days", String(count), "--json"])
        guard made.status == 0 else { throw Files.Failure(description: made.errors) }
        days = try made.output.split(separator: "\n").map { TrueDay(try Self.json($0)) }
    }

    /// Runs a program of ours in the month's zone.
    static func run(_ name: String, _ arguments: [String]) throws -> Program.Ended {
        let program = BuiltProgram.path(name)
        return try Program.run(
            systemProgram: "/usr/bin/env",
            ["TZ=Europe/Amsterdam", "LC_ALL=C.UTF-8", program] + arguments)
    }

    /// What lumbarctl says of the month.
    func tell(_ arguments: String...) throws -> String {
        let ended = try Self.run("lumbarctl", arguments + ["--db", path])
        guard ended.status == 0 else {
            throw Files.Failure(description: "\(arguments): \(ended.status), \(ended.errors)")
        }
        return ended.output
    }

    /// The lines of JSON that lumbarctl says.
    func lines(_ arguments: [String]) throws -> [JSONValue] {
        let ended = try Self.run("lumbarctl", arguments + ["--db", path])
        return try ended.output.split(separator: "\n").map(Self.json)
    }

    /// Enters the diary, as its owner would.
    func enterDiary() throws {
        for pain in Self.pains {
            _ = try tell(
                "diary", "add", "--at", pain.at, "--pain", String(pain.pain), "--kind", pain.kind, "--note",
                pain.note)
        }
    }

    /// The day of a date.
    func day(_ date: some StringProtocol) -> TrueDay? { days.first { $0.date == date } }

    static func json(_ line: some StringProtocol) throws -> JSONValue {
        let limits = JSONReader.Limits(bytes: 1 << 24, depth: 64, values: 1 << 22)
        return try JSONReader.read(Array(line.utf8), limits: limits)
    }
}
