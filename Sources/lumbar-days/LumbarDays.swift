@preconcurrency import Glibc
import LumbarCore
import LumbarSimulation

/// Replays simulated days with known truth, and says how well they were understood.
@main
struct LumbarDays {
    static let help = """
        usage: lumbar-days [--days N] [--first SEED] [--minutes N] [--with ROLES] [--json] [--slips] [--log]
               lumbar-days --page FOLDER FILE [--check]
               lumbar-days --history FILE [--days N] [--from DAY] [--json]

        Replays days of simulated wearers, about two hours each, through the program as it runs live, and holds what
        it told against what they did. Bodies, habits, sensors, rates, mounts and links differ from day to day; the
        same seeds give the same numbers on every machine. Every alert is held against what they did too, by what its
        rule claims: with the usual settings, and with every rule on.

        A simulated body is no person. These numbers say that the program does what it is meant to do; how well it
        does on people is measured on recordings of people.

          --days N       how many days (default 200)
          --first SEED   the first day (default 1)
          --minutes N    about how long a day is (default 120)
          --with ROLES   further sensors on the same wearers: thigh, thorax, or both between commas
          --json         numbers for programs
          --slips        also list what was missed and what was wrong
          --log          also list what happened and what was told

          --page FOLDER FILE   write FILE from the template and the figures in FOLDER, after replaying 200 days
          --check              say whether it is stale instead, after replaying 20 of them

          --history FILE   write the history of a simulated wearer instead, of 30 whole days or N, until yesterday or
                           from DAY (2026-10-12) on; its times are those of the local zone. With --json
                           what really happened is printed, a line for each day
        """

    static func main() async {
        var days: UInt64?
        var history: String?
        var start: CivilDate?
        var first: UInt64 = 1
        var minutes = SimulatedDay.length / 60
        var companions: [SensorRole] = []
        var isJSON = false
        var listsSlips = false
        var keepsLogs = false
        var page: AccuracyPage?
        var isCheck = false
        var arguments = CommandLine.arguments.dropFirst()
        while let argument = arguments.popFirst() {
            switch argument {
            case "--days":
                guard let value = arguments.popFirst().flatMap({ UInt64($0) }), (1...100_000).contains(value)
                else { usage("--days wants a number from 1 to 100000") }
                days = value
            case "--first":
                guard let value = arguments.popFirst().flatMap({ UInt64($0) }), value < 1 << 40 else {
                    usage("--first wants a number")
                }
                first = value
            case "--minutes":
                guard let value = arguments.popFirst().flatMap(Double.init), (5...1440).contains(value) else {
                    usage("--minutes wants a number from 5 to 1440")
                }
                minutes = value
            case "--with":
                let names = arguments.popFirst()?.split(separator: ",").map(String.init) ?? []
                companions = names.compactMap(SensorRole.init).filter { $0 != .lumbar }
                guard !companions.isEmpty, companions.count == names.count else {
                    usage("--with wants thigh, thorax or thigh,thorax")
                }
            case "--json": isJSON = true
            case "--slips": listsSlips = true
            case "--log": keepsLogs = true
            case "--page":
                guard let folder = arguments.popFirst(), let path = arguments.popFirst() else {
                    usage("--page wants a folder and a file")
                }
                page = AccuracyPage(folder: folder, path: path)
            case "--check": isCheck = true
            case "--history":
                guard let path = arguments.popFirst() else { usage("--history wants a file") }
                history = path
            case "--from":
                let parts = arguments.popFirst()?.split(separator: "-").compactMap { Int($0) } ?? []
                guard parts.count == 3 else { usage("--from wants a day such as 2026-10-12") }
                start = CivilDate(year: parts[0], month: parts[1], day: parts[2])
            case "--help", "-h":
                print(help)
                exit(0)
            default: usage("unknown option \(argument)")
            }
        }
        if let page {
            await finish(page, isCheck: isCheck)
            return
        }
        if let history {
            do {
                try HistoryFile.write(to: history, days: Int(min(days ?? 30, 400)), first: start) { day in
                    guard isJSON else { return }
                    print(TruthLine.text(day))
                    fflush(stdout)
                }
            } catch {
                fputs("lumbar-days: \(error)\n", stderr)
                exit(73)
            }
            return
        }
        let runs = await DayRun.all(
            first..<first + (days ?? 200), length: minutes * 60, with: companions, keepLogs: keepsLogs)
        if isJSON { print(DayReport(runs).json) } else { print(DayReport(runs).text) }
        if listsSlips { print(SlipList.text(runs)) }
        for run in runs { for line in run.log { print(line) } }
    }

    /// Writes or checks the page; the status says whether it is as it should be.
    private static func finish(_ page: AccuracyPage, isCheck: Bool) async {
        do {
            guard isCheck else {
                try await page.write()
                return
            }
            let stale = try await page.staleness()
            guard !stale.isEmpty else { return }
            for line in stale { fputs(line + "\n", stderr) }
            fputs("run `make accuracy`, look at what changed, and say why in the commit\n", stderr)
            exit(1)
        } catch {
            fputs("lumbar-days: \(error)\n", stderr)
            exit(74)
        }
    }

    static func usage(_ what: String) -> Never {
        fputs("lumbar-days: \(what)\n\(help)\n", stderr)
        exit(64)
    }
}
