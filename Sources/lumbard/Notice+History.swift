import LumbarCore
import LumbarStore

/// What the keeper of the history wants said, in words.
extension Notice {
    init(_ news: HistoryKeeper.News) {
        switch news {
        case .movedAside(let moved, let reason):
            self = .warning(
                .storeTrouble,
                "The history was damaged (\(reason)). It was moved to \(moved), and a new one begins; "
                    + "sqlite3 \(moved) .recover may save what is in it.")
        case .replaced(let moved, let reason):
            self = .warning(
                .storeTrouble,
                "The history was damaged (\(reason)). It is now \(moved), and a new one begins.")
        case .partlyChecked:
            self = .info(.storeTrouble, "The history is large: it was checked only in part.")
        case .refused(let error):
            self = .warning(
                .storeTrouble,
                "The history cannot be kept: \(error). Alerts go on; what is missing is kept in memory and tried again "
                    + "every minute.")
        case .keptAgain:
            self = .note(.storeTrouble, "The history is kept again; what had waited is stored.")
        case .unreadable(.today, let error):
            self = .warning(
                .storeTrouble, "Today's history could not be read, so the day begins anew: \(error).")
        case .unreadable(.calibrations, let error):
            self = .warning(
                .storeTrouble, "How sensors sit could not be read, so it is learned anew: \(error).")
        }
    }
}
