import LumbarCore
import LumbarMonitor
import LumbarRecording
import LumbarReport

/// Prints what a monitor concludes, in the form that was asked for.
struct OutputPrinter {
    private let form: FileReplay.Form
    private let output: StandardOutput
    /// The moment that is second 0; the start of the stream unless set.
    var origin: Instant?
    /// Whether only alerts and summaries are printed.
    var isAlertsOnly = false
    /// Whether traces of alerts are printed too, in JSON.
    var showsTraces = false
    // People read a day from its beginning, and a posture is known only when it is over: their lines wait
    // for the day's summary and are put in order. A day has some thousands.
    private var waiting: [(time: Instant, line: String)] = []

    init(form: FileReplay.Form, output: StandardOutput) {
        self.form = form
        self.output = output
    }

    /// Says which of several files comes next.
    func begin(file: String) throws {
        switch form {
        case .people: try output.write(line: "== " + Printable.text(file))
        case .transcript: try output.write(line: "# " + Printable.text(file))
        case .json:
            var object = JSONObject()
            object.add("type", "file")
            object.add("name", file)
            try output.write(line: object.text)
        }
    }

    /// Prints everything concluded since the last call.
    mutating func print(_ replayer: inout Replayer) throws {
        guard let start = origin ?? replayer.start else { return }
        origin = start
        var failure: (any Error)?
        let anchor = replayer.anchor
        replayer.drain { item in
            guard failure == nil, let line = line(item, start, anchor) else { return }
            do { try take(line, item, PlainLines(start: start, anchor: anchor)) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// The file is over.
    mutating func end() throws {
        try flushWaiting()
        if form == .people { try output.flush() }
    }

    private mutating func take(_ line: String, _ item: Output, _ lines: PlainLines) throws {
        guard form == .people else { return try output.write(line: line) }
        if case .summary = item {
            try flushWaiting()
            try output.write(text: line)
        } else {
            waiting.append((lines.time(item), line))
        }
    }

    private mutating func flushWaiting() throws {
        // By time, and what is about the same time in the order it was concluded.
        for next in waiting.enumerated().sorted(by: {
            ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
        }) {
            try output.write(text: next.element.line)
        }
        waiting.removeAll(keepingCapacity: true)
    }

    /// How long the stream has run.
    func elapsed(_ replayer: Replayer) -> Elapsed { (replayer.now ?? .zero) - (replayer.start ?? .zero) }

    private func line(_ item: Output, _ start: Instant, _ anchor: WallAnchor?) -> String? {
        if isAlertsOnly, !isAlertOrSummary(item) { return nil }
        return switch form {
        case .people: PlainLines(start: start, anchor: anchor).text(item)
        case .transcript: Transcript(origin: start).line(item)
        case .json: json(item, JSONLines(start: start))
        }
    }

    private func isAlertOrSummary(_ item: Output) -> Bool {
        switch item {
        case .alert, .trace, .summary: true
        default: false
        }
    }

    private func json(_ item: Output, _ lines: JSONLines) -> String? {
        switch item {
        // An ongoing episode is printed when it is over: readers of a finished stream want each once.
        case .episode(let episode, _): episode.isOngoing ? nil : lines.line(episode)
        case .alert(let alert): lines.line(alert)
        case .trace(let trace, let alert): showsTraces ? lines.line(trace, of: alert) : nil
        case .summary(let summary): lines.line(summary)
        case .attitude(let report, _): lines.line(report)
        case .device(let event): json(event, lines)
        case .epoch, .trust: nil
        }
    }

    private func json(_ event: DeviceEvent, _ lines: JSONLines) -> String? {
        guard case .mount(let news) = event.kind else { return nil }
        return lines.line(news, of: event.device, at: event.time)
    }
}
