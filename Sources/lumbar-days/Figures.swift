import LumbarCore
import LumbarSimulation

/// Measured shares and sizes with their names, as a table of comma-separated values.
///
/// The first line names the columns; the first `keyColumns` cells of a line say what its figures are of.
struct Figures {
    /// The lines as they are stored, without the one that names the columns.
    private(set) var rows: [[String]] = []
    private let keyColumns: Int

    /// Reads `text`.
    init(parsing text: String, keyColumns: Int) {
        self.keyColumns = keyColumns
        rows = text.split(separator: "\n").dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// The cells after those of the key, or nil when there is no such line.
    func cells(_ key: [String]) -> [String]? {
        rows.first { $0.count > keyColumns && Array($0.prefix(keyColumns)) == key }.map {
            Array($0.dropFirst(keyColumns))
        }
    }
}

/// What simulated days came to, as lines of a table.
enum DayFigures {
    static let header = "days,measure,of,right,percent,low95,high95"

    /// The lines of `runs`, each beginning with how many days they are of.
    static func lines(_ runs: [DayRun]) -> [String] {
        let total = runs.reduce(into: DayScore()) { $0 += $1.score }
        var lines: [String] = []
        func add(_ measure: String, _ right: Int, of all: Int, _ interval: ClosedRange<Double>) {
            let share = all > 0 ? DecimalText.fixed(100 * Double(right) / Double(all), 1) : "-"
            var cells: [String] = [String(runs.count), measure, String(all), String(right), share]
            cells.append(DecimalText.fixed(100 * interval.lowerBound, 1))
            cells.append(DecimalText.fixed(100 * interval.upperBound, 1))
            lines.append(cells.joined(separator: ","))
        }
        for event in total.events {
            let score = event.score
            add(event.name + " recall", score.found, of: score.happened, score.recallInterval)
            add(event.name + " precision", score.right, of: score.told, score.precisionInterval)
        }
        add("wear minutes", total.wear.right, of: total.wear.minutes, total.wear.interval)
        let usual = runs.reduce(into: NudgeScore()) { $0 += $1.nudges }
        let all = runs.reduce(into: NudgeScore()) { $0 += $1.everyRule }
        for voice in NudgeScore.Voice.allCases {
            let said = usual.count(voice)
            add(voice.rawValue + " justified", said.justified, of: said.judged, said.interval)
            let doubtful = EventScore.wilson(said.doubtful, of: said.told)
            add(voice.rawValue + " doubtful", said.doubtful, of: said.told, doubtful)
            for rule in AlertRule.allCases {
                let said = usual.count(rule, voice)
                guard said.told > 0 else { continue }
                let measure = voice.rawValue + " " + rule.rawValue + " justified"
                add(measure, said.justified, of: said.judged, said.interval)
            }
        }
        let loud = all.count(.nudge)
        add("nudge of every rule justified", loud.justified, of: loud.judged, loud.interval)
        for (name, score) in usual.missed where score.happened > 0 {
            add("nudge about " + name + " recall", score.found, of: score.happened, score.recallInterval)
        }
        return lines
    }
}
