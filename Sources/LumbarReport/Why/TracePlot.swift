import LumbarCore
import LumbarStore

/// The trace of an alert as a plot of characters, or as a table in words: flexion over time, postures below it.
public struct TracePlot {
    private let trace: AlertTrace
    private let stored: StoredAlert
    /// How wide lines may be.
    public var columns = 80
    /// Whether braille and lines can be shown, and not only ASCII.
    public var drawsBlocks = true

    /// A plot of the trace of `stored`.
    public init(_ trace: AlertTrace, _ stored: StoredAlert) {
        self.trace = trace
        self.stored = stored
    }

    private static let margin = 6
    private static let rows = 11
    /// More would only stretch it.
    private static let widest = 180

    private var width: Int {
        max(20, min(columns, TracePlot.widest + TracePlot.margin) - TracePlot.margin - 1)
    }
    private var count: Int { trace.flexionDegrees.count }

    // MARK: Plot

    /// The lines: degrees at their left, the threshold across, the alert as a column, then times and postures.
    public var lines: [String] {
        let known = trace.flexionDegrees.compactMap { $0 }
        guard !known.isEmpty else { return ["No angle was known around it."] + below }
        let scale = Scale(known + (limit.map { [Int($0.degrees)] } ?? []), rows: TracePlot.rows)
        var canvas = TraceCanvas(width: width, rows: TracePlot.rows, isFine: drawsBlocks)
        if let limit { canvas.level(scale.share(limit.degrees)) }
        canvas.column(alertColumn)
        canvas.curve(trace.flexionDegrees.map { $0.map { scale.share(Double($0)) } })
        var lines = ["flexion"]
        for (row, text) in canvas.lines.enumerated() {
            let label = scale.label(row).map { "\($0)\(drawsBlocks ? "°" : "")" } ?? ""
            let edge = label.isEmpty ? (drawsBlocks ? "│" : "|") : drawsBlocks ? "┤" : "+"
            lines.append(padded(label) + edge + text)
        }
        return lines + below
    }

    private func padded(_ label: String) -> String {
        String(repeating: " ", count: max(0, TracePlot.margin - 1 - label.count)) + label + " "
    }

    private var below: [String] {
        var axis = Array(repeating: Character(drawsBlocks ? "─" : "-"), count: width)
        for tick in ticks { axis[tick] = drawsBlocks ? "┬" : "+" }
        axis[alertColumn] = drawsBlocks ? "▲" : "^"
        let indent = String(repeating: " ", count: TracePlot.margin)
        let corner = drawsBlocks ? "└" : "+"
        var postures = indent + " "
        for column in 0..<width { postures.append(letter(trace.postures[point(column)])) }
        return [indent + corner + String(axis), indent + " " + times, postures] + legend
    }

    private func point(_ column: Int) -> Int { min(count - 1, column * count / width) }

    private var alertColumn: Int {
        let share = (stored.alert.time - trace.start).seconds / (trace.interval.seconds * Double(count))
        return min(width - 1, max(0, Int(share * Double(width))))
    }

    /// Where times stand: as many as fit.
    private var ticks: [Int] {
        let parts = max(1, min(8, width / 16))
        return (0..<parts).map { $0 * width / parts }
    }

    private var times: String {
        var line = ""
        for tick in ticks {
            line += String(repeating: " ", count: max(0, tick - line.count))
            line += clock(trace.start + Elapsed(nanoseconds: span.nanoseconds / Int64(width) * Int64(tick)))
        }
        return line
    }

    private var span: Elapsed { Elapsed(nanoseconds: trace.interval.nanoseconds * Int64(count)) }

    /// Local time, or seconds before and after the alert where the wall clock was not known.
    private func clock(_ instant: Instant) -> String {
        let since = instant - stored.alert.time
        guard let wall = stored.place.wall else {
            let seconds = DecimalText.fixed(since.seconds, 0)
            return (since > .zero ? "+" : "") + seconds + " s"
        }
        let text = LocalTimeText.standard(wall + since, zone: stored.place.zone)
        return String(text.dropFirst(11).prefix(trace.interval < .seconds(30) ? 8 : 5))
    }

    // MARK: What the marks mean

    /// A line across the plot, for a reason that is an angle of flexion.
    private var limit: (degrees: Double, words: String)? {
        guard let reason = stored.alert.reason else { return nil }
        if reason.unit == .degrees, !reason.clause.hasPrefix("turn"), reason.threshold.magnitude <= 127 {
            return (reason.threshold, "the threshold, " + WhyWords.amount(reason.threshold, .degrees))
        }
        // ISO 11226 (2000): what is held up to 20 degrees may be held for as long as one likes.
        return reason.clause == "holding_time_used" ? (20, "from 20° on, holding counts") : nil
    }

    private var legend: [String] {
        var parts = [(drawsBlocks ? "▲" : "^") + " the alert, " + clock(stored.alert.time)]
        if let limit { parts.append((drawsBlocks ? "┄ " : "- ") + limit.words) }
        let seen = Posture.allCases.filter { trace.postures.contains($0) }
        parts += seen.map { "\(letter($0)) \(Self.words($0))" }
        if !drawsBlocks { parts = parts.map(WhyText.ascii) }
        var lines: [String] = []
        for part in parts {
            if let last = lines.last, last.count + 3 + part.count <= columns {
                lines[lines.count - 1] = last + "   " + part
            } else {
                lines.append(part)
            }
        }
        return lines
    }

    private func letter(_ posture: Posture) -> Character {
        switch posture {
        case .lying: "L"
        case .sitting: "S"
        case .standing: "T"
        case .walking: "W"
        case .unknown: "?"
        case .notWorn: "-"
        }
    }

    static func words(_ posture: Posture) -> String {
        switch posture {
        case .lying: "lying"
        case .sitting: "sitting"
        case .standing: "standing"
        case .walking: "walking"
        case .unknown: "not known"
        case .notWorn: "not worn"
        }
    }

    // MARK: Table

    /// The same in words: about a dozen lines, each the mean of its time and the posture at its end.
    public var table: [String] {
        let size = max(1, (count + 11) / 12)
        var table = TextTable(["FROM", "FLEXION", "POSTURE", ""], [.left, .right, .left, .left])
        for first in stride(from: 0, to: count, by: size) {
            let last = min(count, first + size) - 1
            let known = trace.flexionDegrees[first...last].compactMap { $0 }
            let sum = known.reduce(0, +)
            let mean =
                known.isEmpty ? "not known" : DecimalText.fixed(Double(sum) / Double(known.count), 0) + "°"
            let from = trace.start + Elapsed(nanoseconds: trace.interval.nanoseconds * Int64(first))
            let until = trace.start + Elapsed(nanoseconds: trace.interval.nanoseconds * Int64(last + 1))
            let isHere = from <= stored.alert.time && stored.alert.time < until
            table.append([
                clock(from), drawsBlocks ? mean : WhyText.ascii(mean), Self.words(trace.postures[last]),
                isHere ? "the alert came in this time" : "",
            ])
        }
        let about = "Mean flexion over \(WhyWords.span(seconds: trace.interval.seconds * Double(size))) each"
        let line = limit.map { "; \($0.words)" } ?? ""
        let heading = about + line + "."
        return [drawsBlocks ? heading : WhyText.ascii(heading)] + table.lines().map(Self.trimmed)
    }

    private static func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}
