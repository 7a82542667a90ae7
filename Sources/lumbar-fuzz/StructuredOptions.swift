import Glibc

/// What a run without libFuzzer was asked for.
struct StructuredOptions {
    private var targets: [FuzzTarget] = []
    private var executions = 1_000_000
    private var seed: UInt64 = 1

    private static let help = """
        usage: lumbar-fuzz --structured TARGET [--executions N] [--seed S]

        Tries N inputs (1000000) on one target, or on each after the other when TARGET is "all"; then those whose inputs are
        whole files, played like a recording, get a twentieth. Decisions come from a
        generator, not from coverage: mostly valid frames, damaged, cut, repeated and spliced ones among them. Input
        number i of a run is made from seed S + i, so what it reports can be run again alone:

            lumbar-fuzz --structured TARGET --seed THAT --executions 1

        A crash, and an input that takes a second of CPU, end the run with the seed and a status that is not zero.
        Built with -DCOVERAGE_GUIDED and -sanitize=fuzzer, LUMBAR_FUZZ_TARGET runs libFuzzer instead (see tools/fuzz).

        targets: \(FuzzTarget.names)
        """

    init(_ arguments: ArraySlice<String>) {
        var arguments = arguments
        while let argument = arguments.popFirst() {
            switch argument {
            case "--structured": targets = Self.targets(arguments.popFirst())
            case "--executions":
                guard let value = arguments.popFirst().flatMap({ Int($0) }), value > 0 else {
                    Complaint.end("--executions wants a number")
                }
                executions = value
            case "--seed":
                guard let value = arguments.popFirst().flatMap({ UInt64($0) }) else {
                    Complaint.end("--seed wants a number")
                }
                seed = value
            case "--help", "-h":
                print(Self.help)
                exit(0)
            default: Complaint.end("unknown option \(argument); see --help")
            }
        }
        if targets.isEmpty { Complaint.end("no target; see --help") }
    }

    private static func targets(_ name: String?) -> [FuzzTarget] {
        if name == "all" { return FuzzTarget.allCases }
        guard let target = name.flatMap(FuzzTarget.init(rawValue:)) else {
            Complaint.end("--structured wants \"all\" or one of " + FuzzTarget.names)
        }
        return [target]
    }

    func run() {
        for target in targets {
            let share = targets.count > 1 && target.playsFiles ? max(1, executions / 20) : executions
            StructuredRun(target: target, executions: share, seed: seed).run()
        }
    }
}

/// Tells what is wrong with the command line.
enum Complaint {
    static func end(_ message: String) -> Never {
        let line = "lumbar-fuzz: " + message + "\n"
        _ = write(STDERR_FILENO, line, line.utf8.count)
        exit(64)
    }
}

extension FuzzTarget {
    /// All of them, for messages.
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
