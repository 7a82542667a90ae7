import LumbarAlerts
import LumbarCore
import LumbarLinux
import LumbarMonitor

/// Says conclusions in the journal.
final class Journalist {
    private let journal: Journal
    /// Where the boot clock lies in wall time, once known.
    var anchor: WallAnchor?

    init(journal: Journal) { self.journal = journal }

    /// Says what is worth saying.
    func report(_ output: Output) {
    }
}
