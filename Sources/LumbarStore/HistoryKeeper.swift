import LumbarCore

/// The history as the program that writes it keeps it: batches, and patience with a disk that refuses.
///
/// What is said to the wearer is stored at once, and so are falls; minutes, postures and all other episodes once a
/// minute. What cannot be stored waits and is tried again every minute; once an hour that is said. While nobody wears a
/// sensor nothing is written: that it lay on the table waits until there is something to tell.
///
/// A keeper belongs to the thread that uses it. Its host's clock is the only one it looks at.
public final class HistoryKeeper {
    /// What the keeper wants to have said.
    public enum News: Sendable, Equatable {
        /// A damaged file was found at the start and moved to `to`; a new one begins.
        case movedAside(to: String, reason: String)
        /// The file turned out damaged in use and was moved to `to`; a new one begins.
        case replaced(to: String, reason: String)
        /// The check at the start was broken off.
        case partlyChecked
        /// Nothing can be stored; said once an hour.
        case refused(StoreError)
        /// It works again; what had waited is stored.
        case keptAgain
        /// There is no room for a backup; said once.
        case noSpaceForBackup(needed: Int)
        /// What is done once a day could not be; it is tried again tomorrow.
        case upkeepFailed(Upkeep, StoreError)
        /// Something that was to be read could not be; what it was for begins anew.
        case unreadable(Lost, StoreError)
    }

    /// What is learned anew when it cannot be read.
    public enum Lost: Sendable, Equatable {
        /// The sums of the present day.
        case today
        /// How sensors sit.
        case calibrations
        /// What was asked for: snoozes, pauses, profiles.
        case controls
        /// What was made of a training.
        case training
    }

    /// What is done once a day.
    public enum Upkeep: Sendable, Equatable {
        /// A backup.
        case backup
        /// What is too old is given up.
        case retention
    }

    /// What is done from day to day.
    public var plan = HistoryPlan()
    let path: String
    /// The boot whose rows come in.
    public let bootID: String
    let host: any StoreHost
    private let options: Store.Options
    private(set) var store: Store?
    var upkeepDue: Instant
    var isTending = false
    var hasSaidNoSpace = false
    var lastTrimmed: CivilDate?
    /// How many commits there were when the last backup was made.
    var commitsAtBackup = 0
    /// When the last backup of what people said was made, or tried; nil before the first.
    var entriesBackedUp: Instant?
    private(set) var pending = PendingRows()
    private var lastAnchor: StoreRow?
    private var complained: Instant?
    /// When something wants to be written, or nil when nothing waits.
    public private(set) var due: Instant?

    /// When something has to be done the next time; nil while nothing waits and nothing is kept.
    public var nextDue: Instant? {
        guard store != nil, plan.backups > 0 || plan.retention.isLimited else { return due }
        return min(due ?? upkeepDue, upkeepDue)
    }

    /// What was written since the file was opened, backups included.
    public var writes: WriteCount { (store?.writes ?? WriteCount()) + copied }

    /// What backups have written: each is synced once, at its end.
    private var copied = WriteCount()

    /// Counts a backup that was made.
    func count(backup path: String) {
        copied.bytes += host.facts(of: path)?.bytes ?? 0
        copied.syncs += 1
    }

    /// The local day at `now`, by the last anchor; nil before the first.
    public func date(at now: Instant) -> CivilDate? {
        guard case .anchor(let anchor, _)? = lastAnchor else { return nil }
        return anchor.date(at: now)
    }

    /// The wall time at `now`, by the last anchor; nil before the first.
    func wall(at now: Instant) -> WallTime? {
        guard case .anchor(let anchor, _)? = lastAnchor else { return nil }
        return anchor.wall(at: now)
    }

    /// Whether the last anchor is known to be right.
    var isClockKnown: Bool {
        if case .anchor(_, isSynchronized: true)? = lastAnchor { true } else { false }
    }

    /// Whether nothing wants to be written, and nothing is wrong.
    var isQuiet: Bool { due == nil && complained == nil }

    /// How long minutes wait for each other, and how long after a failure it is tried again.
    public static let interval = Elapsed.seconds(60)

    /// Keeps the history at `path`; nothing is opened yet.
    public init(path: String, bootID: String, host: any StoreHost, options: Store.Options = Store.Options()) {
        self.path = path
        self.bootID = bootID
        self.host = host
        self.options = options
        // Not while everything else starts too.
        upkeepDue = host.now() + HistoryKeeper.upkeepInterval
    }

    /// Opens the file; without one the program works on and tries again.
    public func open(say: (News) -> Void) {
        do {
            let opened = try Store(writing: path, bootID: bootID, host: host, options: options)
            store = opened
            report(opened.opening, say: say)
        } catch {
            complain(error, say: say)
        }
    }

    /// Lets a row wait for its turn.
    public func append(_ row: StoreRow, at now: Instant) {
        if case .anchor = row { lastAnchor = row }
        pending.append(row)
        guard !pending.isEmpty, !pending.isIdle else { return }
        // After a failure nothing is urgent: the disk is asked once a minute.
        if complained == nil, pending.hasUrgent { due = now }
        due = due ?? now + HistoryKeeper.interval
    }

    /// Makes what waits due, unless the disk refused lately.
    public func hurry(at now: Instant) {
        if complained == nil, !pending.isIdle { due = now }
    }

    /// Stores what is due at `now`, or everything with nil.
    public func flush(at now: Instant?, say: (News) -> Void) {
        guard !pending.isEmpty else { return }
        if let now {
            guard let due, now >= due else { return }
        }
        due = nil
        if store == nil { open(say: say) }
        guard let store else { return tryLater() }
        do {
            try store.append(&pending)
            if complained != nil {
                complained = nil
                say(.keptAgain)
            }
        } catch {
            if error.kind == .corrupt {
                startAfresh(after: error, say: say)
            } else {
                complain(error, say: say)
            }
            tryLater()
        }
    }

    private func tryLater() { due = host.now() + HistoryKeeper.interval }

    /// What is stored of a day.
    public func day(
        _ date: CivilDate, by anchor: WallAnchor, wearer: WearerID, say: (News) -> Void
    ) -> StoredDay {
        guard let store else { return StoredDay() }
        do {
            return try store.day(date, by: anchor, bootID: bootID, wearer: wearer)
        } catch {
            say(.unreadable(.today, error))
            return StoredDay()
        }
    }

    /// The summaries of the week before `date`, in order.
    public func week(
        before date: CivilDate, wearer: WearerID, say: (News) -> Void
    ) -> [DailySummary] {
        guard let store else { return [] }
        let days = date.daysSinceEpoch
        do {
            return try store.summaries(
                from: CivilDate(daysSinceEpoch: days - 7), through: CivilDate(daysSinceEpoch: days - 1),
                wearer: wearer)
        } catch {
            say(.unreadable(.today, error))
            return []
        }
    }

    /// What is stored of how sensors sit.
    public func calibrations(say: (News) -> Void) -> [StoredCalibration] {
        guard let store else { return [] }
        do {
            return try store.calibrations()
        } catch {
            say(.unreadable(.calibrations, error))
            return []
        }
    }

    /// What was asked for, as it is stored; what is over may be among it.
    public func controls(say: (News) -> Void) -> [StoredControl] {
        guard let store else { return [] }
        do {
            return try store.controls()
        } catch {
            say(.unreadable(.controls, error))
            return []
        }
    }

    /// What `body` finds in the history; nil without one, or when it cannot be read and `lost` is learned anew.
    public func read<Found>(
        _ lost: Lost, say: (News) -> Void, _ body: (Store) throws(StoreError) -> Found
    ) -> Found? {
        guard let store else { return nil }
        do {
            return try body(store)
        } catch {
            say(.unreadable(lost, error))
            return nil
        }
    }

    /// The alert whose name alone begins with `typed`, or why it is not to be had.
    public func alert(named typed: String) throws(StoreError) -> AlertMatch {
        guard let store else {
            throw StoreError(.other, action: "looking an alert up", reason: "the history cannot be used")
        }
        return AlertMatch(typed, among: try store.alerts())
    }

    private func startAfresh(after damage: StoreError, say: (News) -> Void) {
        do {
            let moved = try store?.startAfresh(after: damage)
            say(.replaced(to: moved ?? path, reason: damage.reason))
            if let lastAnchor { pending.append(lastAnchor) }
        } catch {
            complain(error, say: say)
        }
    }

    private func report(_ opening: Store.Opening, say: (News) -> Void) {
        if let moved = opening.movedAside {
            say(.movedAside(to: moved, reason: opening.damage?.reason ?? "it could not be read"))
        }
        if !opening.isChecked { say(.partlyChecked) }
    }

    // Once an hour: the disk may stay full for a day.
    private func complain(_ error: StoreError, say: (News) -> Void) {
        let now = host.now()
        if let complained, now < complained + .hours(1) { return }
        complained = now
        say(.refused(error))
    }
}
