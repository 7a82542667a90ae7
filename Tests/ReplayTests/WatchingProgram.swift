import LumbarCore
import LumbarMonitor
import LumbarSimulation
import LumbarStore

/// The daemon as far as the history and the alerts go: it may be stopped, killed and started again in the middle of a boot.
struct WatchingProgram {
    /// When it is not running, seconds.
    struct Outage {
        var from: Double
        var until: Double
        /// Nothing of what was open is closed, nor the end noted.
        var isKilled = false
    }

    /// A clock that is wrong at first.
    struct SlowClock {
        var behind: Elapsed
        /// When it is set, seconds.
        var until: Double
    }

    private let store: Store
    private let bootID: String
    private let device: Device
    private let anchor: WallAnchor
    /// The clock in force.
    private var known: WallAnchor
    private var basis = DayBasis()
    private var slow: SlowClock?
    private let settings: MonitorSettings
    private var monitor: Monitor?
    private var run = ProgramRun(from: .zero)
    private var pending = PendingRows()
    private var isAttached = false
    private var outages: ArraySlice<Outage>
    private var kept = Instant.zero
    private var now = Instant.zero

    /// Keeps the history in `store`, with the wall clock that `anchor` tells; it is told so late when it is `slow`.
    init(
        _ store: Store, _ bootID: String, _ device: Device, _ anchor: WallAnchor, _ settings: MonitorSettings,
        _ outages: [Outage], slow: SlowClock? = nil
    ) {
        self.store = store
        self.bootID = bootID
        self.device = device
        self.anchor = anchor
        self.slow = slow
        known = anchor
        self.settings = settings
        self.outages = outages[...]
    }

    /// Watches `stream` through to its end.
    mutating func watch(_ stream: inout SimulatedStream) throws(StoreError) {
        try begin(at: anchor.instant)
        var bytes: [UInt8] = []
        while let event = stream.next(into: &bytes) {
            switch event {
            case .attached(let time):
                try come(to: time)
                isAttached = true
                monitor?.attach(device, at: time)
            case .bytes(let time):
                try come(to: time)
                bytes.withUnsafeBytes { monitor?.receive($0, from: device.id, at: time) }
            case .detached(let time):
                try come(to: time)
                isAttached = false
                monitor?.detach(device.id, at: time)
            }
            drain()
        }
        if monitor != nil { try end(at: now) }
    }

    private mutating func come(to time: Instant) throws(StoreError) {
        now = time
        if let slow, time >= anchor.instant + .seconds(slow.until) { try setClock(at: time) }
        while let outage = outages.first {
            let isRunning = monitor != nil
            let next = anchor.instant + .seconds(isRunning ? outage.from : outage.until)
            guard next <= time else { break }
            if isRunning {
                try outage.isKilled ? kill() : end(at: next)
            } else {
                outages.removeFirst()
                try begin(at: next)
                if isAttached { monitor?.attach(device, at: next) }
            }
        }
        if monitor != nil, time >= kept + .seconds(60) {
            kept = time
            monitor?.advance(to: time)
            drain()
            for epoch in monitor?.openEpochs(of: .sole, at: time) ?? [] { pending.append(.epoch(epoch)) }
        }
    }

    private func clock(at time: Instant) -> WallAnchor {
        let behind = slow?.behind ?? .zero
        let wall = anchor.wall(at: time) + Elapsed(nanoseconds: -behind.nanoseconds)
        return WallAnchor(instant: time, wall: wall, zone: anchor.zone)
    }

    /// The clock is right from now on, and where that makes it another day the program begins anew, as the daemon does.
    private mutating func setClock(at time: Instant) throws(StoreError) {
        slow = nil
        guard monitor != nil else { return }
        let right = clock(at: time)
        guard basis.isOutdated(by: right, after: known) else {
            known = right
            pending.append(.anchor(right, isSynchronized: true))
            monitor?.setAnchor(right)
            return
        }
        try end(at: time, keepsSummary: false)
        try begin(at: time)
        if isAttached { monitor?.attach(device, at: time) }
    }

    private func week(before today: CivilDate) throws(StoreError) -> [DailySummary] {
        let first = CivilDate(daysSinceEpoch: today.daysSinceEpoch - 7)
        let last = CivilDate(daysSinceEpoch: today.daysSinceEpoch - 1)
        return try store.summaries(from: first, through: last, wearer: .sole)
    }

    private mutating func begin(at time: Instant) throws(StoreError) {
        run = ProgramRun(from: time)
        known = clock(at: time)
        pending.append(.anchor(known, isSynchronized: slow == nil))
        pending.append(.run(run))
        try store.append(&pending)
        var fresh = Monitor(settings: settings)
        fresh.setAnchor(known)
        let today = known.date(at: time)
        fresh.recentDays(try week(before: today), wearer: .sole, at: time)
        let day = try store.day(today, by: known, bootID: bootID, wearer: .sole)
        basis = DayBasis()
        basis.take(day)
        fresh.restore(
            epochs: day.epochs, episodes: day.episodes, alerts: day.alerts, wearer: .sole, at: time)
        monitor = fresh
        kept = time
    }

    private mutating func end(at time: Instant, keepsSummary: Bool = true) throws(StoreError) {
        monitor?.finish(at: time)
        drain(keepsSummaries: keepsSummary)
        monitor = nil
        run.until = time
        pending.append(.run(run))
        try store.append(&pending)
    }

    private mutating func kill() throws(StoreError) {
        monitor = nil
        try store.append(&pending)
    }

    private mutating func drain(keepsSummaries: Bool = true) {
        monitor?.drain { output in
            switch output {
            case .episode(let episode, let wearer): pending.append(.episode(episode, wearer))
            case .alert(let alert): pending.append(.alert(alert))
            case .epoch(let epoch): pending.append(.epoch(epoch))
            case .summary where !keepsSummaries: break
            case .summary(let summary): pending.append(.summary(summary))
            case .trust(let trust, let wearer, let time): pending.append(.trust(trust, wearer, time))
            case .trace, .device, .attitude: break
            }
        }
    }
}
