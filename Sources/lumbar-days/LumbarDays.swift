@preconcurrency import Glibc
import LumbarSimulation

/// Replays simulated days with known truth, and says how well they were understood.
@main
struct LumbarDays {
    static let help = """
        usage: lumbar-days [--days N] [--first SEED] [--minutes N] [--json] [--slips] [--log]

        Replays days of simulated wearers, about two hours each, through the program as it runs live, and holds what
        it told against what they did. Bodies, habits, sensors, rates, mounts and links differ from day to day; the
        same seeds give the same numbers on every machine.

        A simulated body is no person. These numbers say that the program does what it is meant to do; how well it
        does on people is measured on recordings of people.

          --days N       how many days (default 200)
          --first SEED   the first day (default 1)
          --minutes N    about how long a day is (default 120)
          --json         numbers for programs
          --slips        also list what was missed and what was wrong
          --log          also list what happened and what was told
        """

    static func main() async {
        var days: UInt64 = 200
        var first: UInt64 = 1
        var minutes = SimulatedDay.length / 60
        var isJSON = false
        var listsSlips = false
        var keepsLogs = false
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
            case "--json": isJSON = true
            case "--slips": listsSlips = true
            case "--log": keepsLogs = true
            case "--help", "-h":
                print(help)
                exit(0)
            default: usage("unknown option \(argument)")
            }
        }
        let runs = await DayRun.all(first..<first + days, length: minutes * 60, keepLogs: keepsLogs)
        if isJSON { print(DayReport(runs).json) } else { print(DayReport(runs).text) }
        if listsSlips { print(SlipList.text(runs)) }
        for run in runs { for line in run.log { print(line) } }
    }

    static func usage(_ what: String) -> Never {
        fputs("lumbar-days: \(what)\n\(help)\n", stderr)
        exit(64)
    }
}
