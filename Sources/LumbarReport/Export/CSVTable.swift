import LumbarCore
import LumbarMeasures
import LumbarStore

/// The tables of a CSV export, each a file of its own: a line that names the columns with their units, then the rows.
///
/// A cell of what is not known, or does not apply, is empty.
public enum CSVTable: String, CaseIterable, Sendable {
    /// A local day of a wearer.
    case days
    /// A minute.
    case minutes
    /// Everything that was detected but postures.
    case episodes
    /// Spans in one posture.
    case postures
    /// What the wearer was told.
    case alerts
    /// What the wearer wrote in the diary.
    case diary

    /// The first line.
    public var header: String { columns.names.joined(separator: ",") }

    /// The table that `row` of an export belongs to, with its line; nil for what no table has.
    public static func line(_ row: ExportedRow) -> (table: CSVTable, line: String)? {
        switch row {
        case .epoch(let epoch, let place): (.minutes, line(epoch, place))
        case .episode(let episode, let wearer, let place):
            (table(of: episode), line(episode, wearer, place))
        case .alert(let alert, let place): (.alerts, line(alert, place))
        case .summary(let day, _): (.days, line(day))
        case .anchor, .calibration, .device, .wear, .setting, .trace, .asked, .trust, .run: nil
        }
    }

    private static func table(of episode: Episode) -> CSVTable {
        if case .posture = episode.kind { .postures } else { .episodes }
    }

    // MARK: Rows

    /// A line of `days`.
    public static func line(_ day: DailySummary) -> String {
        var cells = CSVCells(days.columns)
        SummaryJSON.addRest(of: day, to: &cells)
        let measures = DayMeasures(day)
        for (name, distribution) in [("flexion", measures.flexion), ("flexion_rate", measures.speed)] {
            for (percent, level) in zip(ExposureDistribution.percents, distribution?.levels ?? []) {
                cells.add("\(name)_p\(percent)_\(name == "flexion" ? "deg" : "dps")", level, decimals: 1)
            }
        }
        return cells.line
    }

    private static func line(_ epoch: MinuteEpoch, _ place: Place) -> String {
        var cells = CSVCells(minutes.columns)
        cells.add("start", at: place.wall, place.zone)
        cells.add("length_s", epoch.length)
        EpochJSON.addSums(of: epoch, to: &cells)
        SensorsJSON.add(epoch.sensors, to: &cells)
        cells.add("wearer", epoch.wearer.text)
        addInstant("start_ns", epoch.start, place, to: &cells)
        return cells.line
    }

    private static func line(_ episode: Episode, _ wearer: WearerID, _ place: Place) -> String {
        var cells = CSVCells(table(of: episode).columns)
        cells.add("start", at: place.wall, place.zone)
        cells.add("end", at: place.wall.map { $0 + episode.duration }, place.zone)
        cells.add("duration_s", episode.duration)
        cells.add("type", JSONLines.type(of: episode.kind))
        if case .transition(let transition) = episode.kind { cells.add("kind", transition.rawValue) }
        EpisodeJSON.addMeasures(of: episode.kind, to: &cells)
        cells.add("confidence", episode.confidence, decimals: 3)
        cells.add("sensors", episode.tier.rawValue)
        cells.add("decided_after_s", episode.decided - episode.start)
        cells.add("wearer", wearer.text)
        addInstant("start_ns", episode.start, place, to: &cells)
        return cells.line
    }

    private static func line(_ alert: Alert, _ place: Place) -> String {
        var cells = CSVCells(alerts.columns)
        cells.add("", at: place.wall, place.zone)
        cells.add("id", AlertID(of: alert, bootID: place.bootID).text)
        cells.add("rule", alert.rule.rawValue)
        cells.add("tier", alert.tier.rawValue)
        let start = place.wall.map { $0 + (alert.episodeStart - alert.time) }
        cells.add("episode_start", at: start, place.zone)
        AlertJSON.addRest(of: alert, to: &cells)
        if let reason = alert.reason { AlertJSON.addMembers(of: reason, to: &cells) }
        addInstant("instant_ns", alert.time, place, to: &cells)
        return cells.line
    }

    /// A line of `diary`.
    public static func line(_ entry: DiaryEntry) -> String {
        var cells = CSVCells(diary.columns)
        cells.add("", at: entry.time, entry.zone)
        cells.add("end", at: entry.end, entry.zone)
        if let pain = entry.pain { cells.add("pain", pain) }
        cells.add("kind", entry.kind.rawValue)
        cells.add("note", entry.note)
        cells.add("wearer", entry.wearer.text)
        cells.add("written", at: entry.written, entry.zone)
        cells.add("edited", at: entry.edited, entry.zone)
        cells.add("uuid", entry.uniqueID.description)
        return cells.line
    }

    private static func addInstant(
        _ key: String, _ instant: Instant, _ place: Place, to cells: inout CSVCells
    ) {
        cells.addRaw(key, String(instant.nanoseconds))
        cells.add("boot_id", place.bootID)
    }
}
