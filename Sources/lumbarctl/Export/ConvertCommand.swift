import ArgumentParser
import LumbarCore
import LumbarDecoders
import LumbarRecording

/// `lumbarctl convert`: the samples of a recording, for programs that work on motion itself.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Write a recording's samples for GGIR, or as a Motion-BIDS data set.",
        discussion: """
            FILE is a recording (lumbarctl record, lumbarctl simulate). Into the folder --output goes, for each of its sensors, \
            a table of samples in g and degrees per second (csv), or the files of a data set (bids). The times are those \
            that lumbard itself goes by: evened out, with gaps where samples are missing.

            docs/exports.md says what every file holds, and how GGIR reads it.

            Exit status: 0 done, 64 wrong usage, 65 the recording cannot be understood, 66 it cannot be opened, 73 the output \
            cannot be made, 74 reading or writing failed.
            """)

    /// What is written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case csv
        case bids
    }

    @Argument(help: ArgumentHelp("A recording.", valueName: "file"), completion: .file())
    var file: String

    @Option(help: ArgumentHelp("csv or bids.", valueName: "format"))
    var format: Format

    @Option(
        name: [.customShort("o"), .long], help: ArgumentHelp("The folder.", valueName: "path"),
        completion: .directory)
    var output: String

    func run() throws {
        try Failure.catching {
            let input = try InputFile(path: file)
            guard RecordingReader.recognizes(input.beginning) else {
                throw Failure(
                    .data, "\(input.name): no recording; its first line would be lumbar-recording 1")
            }
            var run = ConvertRun(format: format, folder: output, decoders: try KnownProtocols.catalog())
            var progress = ReplayProgress(name: input.name, size: input.size)
            defer { progress.finish() }
            var reader = RecordingReader()
            do {
                while let piece = try input.next() {
                    var failure: (any Error)?
                    try reader.push(piece) { event in
                        guard failure == nil else { return }
                        do { try run.take(event) } catch { failure = error }
                    }
                    if let failure { throw failure }
                    progress.update(position: input.position, stream: run.elapsed)
                }
                try reader.finish()
            } catch let error as RecordingError {
                let text = "\(input.name):\(error.line): \(error.reason); \(error.advice)"
                guard error.isTruncation else { throw Failure(.data, text) }
                StandardError.write("lumbarctl: warning: " + text)
            }
            progress.finish()
            try run.finish(rateHz: reader.header.rateHz, name: input.name)
        }
    }
}
