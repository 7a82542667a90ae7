import ArgumentParser
import LumbarReport
import LumbarStore

/// `lumbarctl export`: the whole history, for the wearer to take elsewhere.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print the whole history, or one wearer's, as one JSON object per line.",
        discussion: """
            Clock anchors first, then days, alerts, episodes with postures, minutes, and declared loads. Wall times are local with their \
            offset; ..._ns are nanoseconds of the boot clock of boot_id, which is what was measured. Numbers are not \
            rounded, and lumbarctl import takes it all in again.
            """)

    @Option(help: ArgumentHelp("Only what is theirs.", discussion: "Default: everyone's.", valueName: "name"))
    var wearer: String?

    @OptionGroup var history: HistoryOptions

    func run() throws {
        try Failure.catching {
            try Failure.translating {
                let store = try history.open()
                let only = try wearer.flatMap { try store.wearers(named: $0).first }
                let output = StandardOutput()
                var failure: (any Error)?
                try store.export { row in
                    guard failure == nil else { return }
                    if let only, let owner = row.wearer, owner != only { return }
                    do { try output.write(line: StoredJSON.line(row, isExact: true)) } catch {
                        failure = error
                    }
                }
                if let failure { throw failure }
                let clock = LocalClock()
                for load in try DeclaredLoads(readingBeside: history.path)?.loads(wearer: only) ?? [] {
                    try output.write(line: DeclaredLoadJSON.line(load, zone: clock.zone(at: load.time)))
                }
                try output.flush()
            }
        }
    }
}
