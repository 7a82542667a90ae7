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
                    + "lumbarctl db recover gets back what can be had.")
        case .replaced(let moved, let reason):
            self = .warning(
                .storeTrouble,
                "The history was damaged (\(reason)). It is now \(moved), and a new one begins; "
                    + "lumbarctl db recover gets back what can be had.")
        case .partlyChecked:
            self = .info(.storeTrouble, "The history is large: it was checked only in part.")
        case .refused(let error):
            self = .warning(
                .storeTrouble,
                "The history cannot be kept: \(error). Alerts go on; what is missing is kept in memory and tried again "
                    + "every minute.")
        case .keptAgain:
            self = .note(.storeTrouble, "The history is kept again; what had waited is stored.")
        case .noSpaceForBackup(let bytes):
            self = .warning(
                .storeTrouble,
                "There is no room for a backup of the history: \((bytes + 999_999) / 1_000_000) MB have to be free. "
                    + "The history itself is kept.")
        case .upkeepFailed(.backup, let error) where error.kind == .corrupt:
            self = .warning(
                .storeTrouble,
                "The history cannot be backed up, because something in it is damaged (\(error.reason)). The backups "
                    + "from before are kept. Run lumbarctl db check.")
        case .upkeepFailed(.backup, let error):
            self = .warning(.storeTrouble, "The history could not be backed up: \(error).")
        case .upkeepFailed(.retention, let error):
            self = .warning(.storeTrouble, "What is too old could not be given up: \(error).")
        case .unreadable(.today, let error):
            self = .warning(
                .storeTrouble, "Today's history could not be read, so the day begins anew: \(error).")
        case .unreadable(.calibrations, let error):
            self = .warning(
                .storeTrouble, "How sensors sit could not be read, so it is learned anew: \(error).")
        case .unreadable(.training, let error):
            self = .warning(
                .storeTrouble, "What was made of a training could not be read, so it begins anew: \(error).")
        case .unreadable(.controls, let error):
            self = .warning(
                .storeTrouble,
                "Which snoozes and pauses were asked for could not be read, so none holds: \(error).")
        }
    }
}
