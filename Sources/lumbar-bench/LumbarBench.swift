@preconcurrency import Glibc

/// Measures the hot path stage by stage, in one run, against a plain pass over the same bytes.
@main
struct LumbarBench {
    static let help = """
        usage: lumbar-bench [--hours N] [--runs N] [--bytes FILE] [--sensors-only]
                            [--allocations-only] [--damage SHARE [--samples N]]
                            [--write-history FILE [--from SECOND]] [--history-day FILE [--seed N]]

        Measures nanoseconds of CPU per byte and per sample for each stage of the chain, from WitMotion bytes to
        episodes, on a simulated wearer at 100 Hz. Ratios are against a plain pass over the same bytes in the same
        run: they can be compared between machines, the nanoseconds cannot. A second table says what many sensors at
        once cost through one monitor, and how long it takes from bytes to what they lead to.

          --hours N            hours of recording to measure on (default 2)
          --runs N             runs of each stage; the median counts (default 5)
          --bytes FILE         measure the whole chain on a file of raw WitMotion bytes instead
          --damage SHARE       what lines let through that change this share of bytes (such as 0.01), by protocol
          --samples N          samples to try for each protocol (default 1000000)
          --sensors-only       the table of many sensors and nothing else
          --allocations-only   replay two hours, and fail unless the second allocates nothing per sample
          --write-history FILE write a history as fast as the disk lets it, telling on each line what is stored,
                               until it is killed: for trying what a killed program loses
          --history-day FILE   write the history of a busy day of --hours and tell what it costs the card, a backup
                               included; fail over 20 MB or 1500 syncs. FILE may be a history already, and is best
                               on a tmpfs: syncs are counted, and wait for nothing there
          --seed N             which day (default 1)
          --from SECOND        the second of the boot clock at which that history begins (default 0)
        """

    static func main() {
        var hours = 2.0
        var runs = 5
        var file: String?
        var allocationsOnly = false
        var sensorsOnly = false
        var damage: Double?
        var samples = 1_000_000
        var history: String?
        var cardTrial: String?
        var second: Int64 = 0
        var seed: UInt64 = 1
        var arguments = CommandLine.arguments.dropFirst()
        while let argument = arguments.popFirst() {
            switch argument {
            case "--hours":
                guard let value = arguments.popFirst().flatMap(Double.init) else {
                    usage("--hours wants a number")
                }
                hours = value
            case "--runs":
                guard let value = arguments.popFirst().flatMap({ Int($0) }) else {
                    usage("--runs wants a number")
                }
                runs = value
            case "--bytes":
                guard let value = arguments.popFirst() else { usage("--bytes wants a file") }
                file = value
            case "--allocations-only": allocationsOnly = true
            case "--write-history":
                guard let value = arguments.popFirst() else { usage("--write-history wants a file") }
                history = value
            case "--history-day":
                guard let value = arguments.popFirst() else { usage("--history-day wants a file") }
                cardTrial = value
            case "--from":
                guard let value = arguments.popFirst().flatMap({ Int64($0) }), (0...1 << 32).contains(value)
                else {
                    usage("--from wants a number")
                }
                second = value
            case "--seed":
                guard let value = arguments.popFirst().flatMap({ UInt64($0) }), value < 1 << 40 else {
                    usage("--seed wants a number")
                }
                seed = value
            case "--sensors-only": sensorsOnly = true
            case "--damage":
                guard let value = arguments.popFirst().flatMap(Double.init), value > 0, value < 1 else {
                    usage("--damage wants a share between 0 and 1")
                }
                damage = value
            case "--samples":
                guard let value = arguments.popFirst().flatMap({ Int($0) }), value > 0 else {
                    usage("--samples wants a number")
                }
                samples = value
            case "--help", "-h":
                print(help)
                exit(0)
            default: usage("unknown option \(argument)")
            }
        }
        guard hours > 0, hours <= 48, (1...100).contains(runs) else { usage("0 < hours <= 48, 1...100 runs") }
        if let cardTrial {
            exit(HistoryDay.measure(path: cardTrial, hours: hours, seed: seed) ? 0 : 1)
        } else if let history {
            HistoryWriting().run(path: history, from: second)
        } else if let file {
            WholeFile.measure(path: file, runs: runs)
        } else if let damage {
            DamageTable.measure(samples: samples, share: damage)
        } else if allocationsOnly {
            exit(AllocationCheck.run() ? 0 : 1)
        } else {
            if !sensorsOnly { StageTable.measure(hours: hours, runs: runs) }
            ManySensors.measure(runs: runs)
        }
    }

    static func usage(_ what: String) -> Never {
        fputs("lumbar-bench: \(what)\n\(help)\n", stderr)
        exit(64)
    }
}
