import LumbarCore
import LumbarLinux
import LumbarStore

/// The store as the writer thread keeps it: batches, and patience with a disk that refuses.
///
/// What is said to the wearer is stored at once, minutes and postures once a minute. What cannot be stored waits and is
/// tried again every minute; once an hour that is said.
final class History {
    private let path: String
    private let bootID: String
    private let host = LinuxStoreHost()
    private var store: Store?
    private var pending = PendingRows()
    private var lastAnchor: StoreRow?
    private var complained: Instant?
    /// When something wants to be written, or nil when nothing waits.
    private(set) var due: Instant?

    /// How long minutes wait for each other, and how long after a failure it is tried again.
    static let interval = Elapsed.seconds(60)

    init(path: String, bootID: String) {
        self.path = path
        self.bootID = bootID
    }

    /// Opens the file; without one the daemon works on and tries again.
    func open(say: (Notice) -> Void) {
        do {
            let opened = try Store(writing: path, bootID: bootID, host: host)
            store = opened
            report(opened.opening, say: say)
            if complained != nil {
                complained = nil
                say(.note(.storeTrouble, "The history is kept again."))
            }
        } catch {
            complain(error, say: say)
        }
    }

    /// Lets a row wait for its turn.
    func append(_ row: StoreRow, at now: Instant) {
        if case .anchor = row { lastAnchor = row }
        pending.append(row)
        guard !pending.isEmpty else { return }
        // After a failure nothing is urgent: the disk is asked once a minute.
        if complained == nil, pending.hasUrgent { due = now }
        due = due ?? now + History.interval
    }

    /// Makes what waits due, unless the disk refused lately.
    func hurry(at now: Instant) {
        if complained == nil, !pending.isEmpty { due = now }
    }

    /// Stores what is due at `now`, or everything with nil.
    func flush(at now: Instant?, say: (Notice) -> Void) {
        guard let due, !pending.isEmpty else { return }
        if let now, now < due { return }
        self.due = nil
        if store == nil { open(say: say) }
        guard let store else {
            self.due = BootClock.now() + History.interval
            return
        }
        do {
            try store.append(&pending)
            if complained != nil {
                complained = nil
                say(.note(.storeTrouble, "The history is kept again; what had waited is stored."))
            }
        } catch {
            if error.kind == .corrupt {
                startAfresh(after: error, say: say)
            } else {
                complain(error, say: say)
            }
            self.due = BootClock.now() + History.interval
        }
    }

    /// What is stored of a day.
    func day(
        _ date: CivilDate, by anchor: WallAnchor, wearer: WearerID, say: (Notice) -> Void
    ) -> StoredDay {
        guard let store else { return StoredDay() }
        do {
            return try store.day(date, by: anchor, bootID: bootID, wearer: wearer)
        } catch {
            say(
                .warning(
                    .storeTrouble, "Today's history could not be read, so the day begins anew: \(error)."))
            return StoredDay()
        }
    }

    /// What is stored of how sensors sit.
    func calibrations(say: (Notice) -> Void) -> [StoredCalibration] {
        guard let store else { return [] }
        do {
            return try store.calibrations()
        } catch {
            say(
                .warning(.storeTrouble, "How sensors sit could not be read, so it is learned anew: \(error).")
            )
            return []
        }
    }

    private func startAfresh(after damage: StoreError, say: (Notice) -> Void) {
        do {
            let moved = try store?.startAfresh(after: damage)
            say(
                .warning(
                    .storeTrouble,
                    "The history was damaged (\(damage.reason)). It is now \(moved ?? path), and a new one begins."
                ))
            if let lastAnchor { pending.append(lastAnchor) }
        } catch {
            complain(error, say: say)
        }
    }

    private func report(_ opening: Store.Opening, say: (Notice) -> Void) {
        if let moved = opening.movedAside {
            let reason = opening.damage?.reason ?? "it could not be read"
            say(
                .warning(
                    .storeTrouble,
                    "The history was damaged (\(reason)). It was moved to \(moved), and a new one begins; "
                        + "sqlite3 \(moved) .recover may save what is in it."))
        }
        if !opening.isChecked {
            say(.info(.storeTrouble, "The history is large: it was checked only in part."))
        }
    }

    // Once an hour: the disk may stay full for a day.
    private func complain(_ error: StoreError, say: (Notice) -> Void) {
        let now = BootClock.now()
        if let complained, now < complained + .hours(1) { return }
        complained = now
        say(
            .warning(
                .storeTrouble,
                "The history cannot be kept: \(error). Alerts go on; what is missing is kept in memory and tried again "
                    + "every minute."))
    }
}
