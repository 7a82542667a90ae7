import ArgumentParser
import LumbarReport
import LumbarStore

/// `lumbarctl export`: the whole history, for the wearer to take elsewhere.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print the whole history, or one wearer's, as one JSON object per line.",
        discussion: """
            Clock anchors first, then days, alerts, episodes with postures, and minutes; then what people said: declared \
            loads, the diary, answers to alerts. Wall times are local with their offset; ..._ns are nanoseconds of the \
            boot clock of boot_id, which is what was measured.
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
                    do { try output.write(line: StoredJSON.line(row)) } catch { failure = error }
                }
                if let failure { throw failure }
                let clock = LocalClock()
                let entries = try history.entries()
                for load in try entries?.loads(wearer: only) ?? [] {
                    try output.write(line: DeclaredLoadJSON.line(load, zone: clock.zone(at: load.time)))
                }
                for entry in try entries?.diary(wearer: only) ?? [] {
                    try output.write(line: DiaryJSON.line(entry))
                }
                for answer in try entries?.acknowledgements(wearer: only) ?? [] {
                    try output.write(line: AcknowledgementJSON.line(answer, zone: clock.zone))
                }
                try output.flush()
            }
        }
    }
}
