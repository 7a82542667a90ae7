import ArgumentParser
import LumbarCore
import LumbarReport
import LumbarStore

/// `lumbarctl export`: the whole history, for the wearer to take elsewhere.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Hand out the whole history, or one wearer's, for other programs.",
        discussion: """
            --format ndjson, the default, is everything, as one JSON object per line: clock anchors first, then days, alerts, \
            episodes with postures, and minutes; then what people said: declared loads, the diary, answers to alerts. Wall \
            times are local with their offset; ..._ns are nanoseconds of the boot clock of boot_id, which is what was \
            measured.

            csv is a table each of days, minutes, episodes, postures, alerts and the diary, in the folder --output, or one of them \
            (--table) on the standard output. ieee1752 is postures and walking as data points of IEEE 1752.1, fhir a FHIR R4 \
            bundle of days and of the pain noted in the diary, prometheus a text file for the collector of node-exporter.

            A file of --output is replaced when the new one is whole. docs/exports.md says what every field is, and what is \
            left out.

            Exit status: 0 done, 64 wrong usage, 65 the history cannot be understood, 66 it is not there, 73 the output \
            cannot be made, 74 it cannot be written, 77 not allowed.
            """)

    @Option(help: ArgumentHelp("ndjson, csv, ieee1752, fhir or prometheus.", valueName: "format"))
    var format = ExportFormat.ndjson

    @Option(
        help: ArgumentHelp(
            "Only one table of csv: days, minutes, episodes, postures, alerts, diary.", valueName: "table"))
    var table: CSVTable?

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "The file, or for csv the folder.", discussion: "Default: the standard output.", valueName: "path"
        ),
        completion: .file())
    var output: String?

    @Option(
        name: [.customShort("S"), .long],
        help: ArgumentHelp("Only what happened from then on.", valueName: "time"))
    var since: String?

    @Option(
        name: [.customShort("U"), .long],
        help: ArgumentHelp("Only what happened before then.", valueName: "time"))
    var until: String?

    @Option(help: ArgumentHelp("Only what is theirs.", discussion: "Default: everyone's.", valueName: "name"))
    var wearer: String?

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        if table != nil, format != .csv { throw ValidationError("--table is of --format csv.") }
        if format == .csv, table == nil, output == nil || output == "-" {
            throw ValidationError("csv is several files: name a folder with --output, or one --table.")
        }
        if format == .prometheus, since != nil || until != nil {
            throw ValidationError("prometheus is totals and today: it takes no --since and no --until.")
        }
    }

    func run() throws {
        try Failure.catching {
            try Failure.translating {
                let clock = LocalClock()
                var span = ExportSpan()
                span.since = try since.map { try clock.moment($0, option: "--since") }
                span.until = try until.map { try clock.moment($0, option: "--until") }
                if let since = span.since, let until = span.until, until <= since {
                    throw Failure(.usage, "--until is not after --since: that is no time at all")
                }
                let store = try history.open()
                span.wearer = try wearer.flatMap { try store.wearers(named: $0).first }
                let place = ExportPlace(output)
                let run = ExportRun(
                    store: store, path: history.path, clock: clock, span: span, place: place)
                switch format {
                case .ndjson: try run.ndjson()
                case .csv: try run.csv(only: table)
                case .ieee1752: try run.ieee1752()
                case .fhir: try run.fhir()
                case .prometheus: try run.prometheus(wearer: wearer)
                }
                try place.commit()
            }
        }
    }
}

extension CSVTable: ExpressibleByArgument {}
