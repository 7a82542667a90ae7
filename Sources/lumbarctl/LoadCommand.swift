import ArgumentParser
import LumbarCore
import LumbarReport
import LumbarStore

/// `lumbarctl load`: what the wearer lifted, which no sensor sees.
struct LoadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Say what you lifted, for the ergonomics models in the summary.",
        discussion: """
            lumbarctl load 12kg --reach 45cm --times 20

            LOAD is like 12kg, 12.5kg or 800g. REACH is from the low back to the hands at their farthest, like 45cm or \
            0.45m. TIME is now, 14:00, "2026-11-01 14:00", -2h or yesterday. The daemon may run meanwhile. The summary \
            of that day then tells the frequency multiplier of the NIOSH lifting equation and the LiFFT model of the \
            declared lifts; neither is a diagnosis.

            Exit status: 0 done, 64 wrong usage, 65 there is no such load, 66 there is no history, 77 not allowed.
            """)

    @Argument(help: ArgumentHelp("How heavy.", valueName: "load"))
    var load: String?

    @Option(help: ArgumentHelp("How far the hands were from the low back.", valueName: "reach"))
    var reach: String?

    @Option(help: ArgumentHelp("How often.", valueName: "count"))
    var times = 1

    @Option(parsing: .unconditional, help: ArgumentHelp("When, about.", valueName: "time"))
    var at = "now"

    @Option(
        help: ArgumentHelp("Who.", discussion: "Default: the only one in the history.", valueName: "name"))
    var wearer: String?

    @Flag(help: "Show what was declared, each with its number.")
    var list = false

    @Option(help: ArgumentHelp("Take the declaration of this number back.", valueName: "number"))
    var remove: Int64?

    @Flag(name: .customLong("json"), help: "With --list: print one JSON object per line.")
    var isJSON = false

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        let wishes = [load != nil, list, remove != nil].filter { $0 }.count
        guard wishes == 1 else { throw ValidationError("Give a load, or --list, or --remove NUMBER.") }
        if wearer?.isEmpty == true { throw ValidationError("A wearer has a name.") }
        guard load != nil else { return }
        guard reach != nil else { throw ValidationError("Say how far with --reach, such as --reach 45cm.") }
        guard (1...10_000).contains(times) else { throw ValidationError("--times is between 1 and 10000.") }
        _ = try quantities()
    }

    func run() throws {
        try Failure.catching {
            try Failure.translating {
                // Read first: a wrong path must not make a file.
                let store = try history.open()
                if list { return try show() }
                // Known before a file is made for it.
                let lifter =
                    remove == nil
                    ? try store.wearer(named: wearer, for: "who lifted it with --wearer NAME") : .sole
                let entries = try history.writableEntries()
                if let remove {
                    guard try entries.removeLoad(remove, at: LocalClock().now) else {
                        throw Failure(.data, "there is no load \(remove)")
                    }
                    StandardError.write("Load \(remove) was removed.")
                } else {
                    try declare(to: entries, by: lifter)
                }
            }
        }
    }

    private func declare(to entries: Entries, by wearer: WearerID) throws {
        let clock = LocalClock()
        let time = try clock.moment(at, option: "--at")
        guard time <= clock.now else { throw Failure(.data, "--at \(at) has not been yet") }
        let (kilograms, metres) = try quantities()
        var load = DeclaredLoad(
            uniqueID: CommandHost.uniqueID(), wearer: wearer, time: time, kilograms: kilograms, reach: metres,
            times: times)
        load.id = try entries.append(load)
        StandardError.write("Load \(load.id): \(DeclaredLiftingText.quantities(load)).")
    }

    private func show() throws {
        let clock = LocalClock()
        let output = StandardOutput()
        let found = try history.entries()?.loads(wearer: wearer.map { WearerID($0) }) ?? []
        for load in found {
            let zone = clock.zone(at: load.time)
            if isJSON {
                try output.write(line: DeclaredLoadJSON.line(load, zone: zone))
            } else {
                let who = load.wearer == .sole ? "" : "  " + Printable.text(load.wearer.text, limit: 24)
                let time = LocalTimeText.minute(load.time, zone: zone)
                try output.write(text: "\(load.id)  \(time)  \(DeclaredLiftingText.quantities(load))\(who)")
            }
        }
        try output.flush()
        if found.isEmpty, !isJSON { StandardError.write("No loads were declared.") }
    }

    private func quantities() throws -> (kilograms: Double, metres: Double) {
        guard let kilograms = LoadExpression.kilograms(load ?? ""), LoadExpression.loads.contains(kilograms)
        else {
            throw ValidationError("\"\(load ?? "")\" is no load; write 12kg, between 0.1 and 200 kg.")
        }
        guard let metres = LoadExpression.metres(reach ?? ""), LoadExpression.reaches.contains(metres) else {
            throw ValidationError(
                "--reach \"\(reach ?? "")\" is no reach; write 45cm, between 10 and 120 cm.")
        }
        return (kilograms, metres)
    }
}
