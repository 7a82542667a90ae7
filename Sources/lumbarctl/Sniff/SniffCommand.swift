import ArgumentParser
import Glibc
import LumbarCore
import LumbarDecoders
import LumbarLinux
import LumbarMonitor

/// `lumbarctl sniff`: what a line or a file of captured bytes holds.
struct SniffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sniff",
        abstract:
            "Say what speaks on a line: protocol, baud, rate, first samples, and what is wrong with it.",
        discussion: """
            Nothing is written to the line. The rates of the daemon's configuration are tried in its order (a udev rule's before them), two \
            seconds each, until a sensor is understood; then it is listened to for --seconds. A file of captured \
            bytes (or - for the standard input) is read to its end. Stop the daemon first: sudo systemctl stop lumbard.

            Exit status: 0 a sensor was understood, 1 none was, 65 a recording was given, 66 no such device or file, \
            69 another program has the line, 74 it is no serial line, 77 not allowed.
            """)

    @Argument(
        help: ArgumentHelp("A serial line, a file of captured bytes, or -.", valueName: "path"),
        completion: .file())
    var path: String

    @Option(help: ArgumentHelp("The only rate to try, bits per second.", valueName: "rate"))
    var baud: Int?

    @Option(help: ArgumentHelp("How long to listen.", valueName: "seconds"))
    var seconds = 5.0

    @Flag(help: "Print one JSON object.")
    var json = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The daemon's configuration.", discussion: "Default: /etc/lumbard/lumbard.conf", valueName: "file"
        ))
    var config: String?

    func validate() throws {
        if let baud, !(300...4_000_000).contains(baud) {
            throw ValidationError("a rate is 300 to 4000000 bits per second")
        }
        guard (0.2...3600).contains(seconds) else {
            throw ValidationError("--seconds is between 0.2 and 3600")
        }
    }

    func run() throws {
        try Failure.catching {
            let attempts = try isLine ? listen() : [read()]
            let report = SniffReport(path: path == "-" ? "standard input" : path, attempts: attempts)
            let output = StandardOutput()
            if json { try output.write(line: report.json) }
            for line in json ? [] : report.lines { try output.write(text: line) }
            try output.flush()
            if report.understood == nil { throw ExitCode(1) }
        }
    }

    /// The rates to try on a line: what a udev rule says of it comes before what the configuration has for all.
    static func rates(for path: String, _ settings: DeviceSettings) -> [Int] {
        let node = resolvedPath(path)
        let known = (try? DeviceWatcher.list())?.first { $0.node == node }?.baud
        guard let known else { return settings.baud }
        return [known] + settings.baud.filter { $0 != known }
    }

    private var isLine: Bool {
        var about = stat()
        // What is not there is for the line to complain about: it says what a person can do.
        return path != "-" && (stat(path, &about) != 0 || about.st_mode & S_IFMT == S_IFCHR)
    }

    private func listen() throws -> [SniffAttempt] {
        let rates = try baud.map { [$0] } ?? Self.rates(for: path, DeviceSettings(readFrom: config))
        return try Sniffer(path: path, baud: rates[0], try KnownProtocols.catalog()).run(
            rates: rates, seconds: seconds)
    }

    private func read() throws -> SniffAttempt {
        let file = try InputFile(path: path)
        if file.beginning.starts(with: "lumbar-recording ".utf8) {
            throw Failure(.data, "\(file.name): this is a recording; lumbarctl replay plays it")
        }
        var attempt = SniffAttempt(baud: nil, try KnownProtocols.catalog())
        while let piece = try file.next() { attempt.push(piece, at: .zero) }
        return attempt
    }
}
