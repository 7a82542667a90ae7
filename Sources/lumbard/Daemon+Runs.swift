import LumbarCore
import LumbarStore

/// When the program ran, for whoever plays the history again: what it knew only in memory ends with a run.
extension Daemon {
    /// A Monitor that knows nothing begins, at the moment of the present anchor.
    func beginRun() {
        programRun = ProgramRun(from: anchor.instant)
        mailbox.send(.run(programRun))
    }

    /// The Monitor has ended.
    func endRun(at now: Instant) {
        programRun.until = now
        mailbox.send(.run(programRun))
    }
}
