import LumbarCore

/// Rows that wait to be stored: for the next batch, or for space on a full disk.
///
/// Bounded, so that a disk that stays full does not fill the memory too: a day of minutes for each of several wearers, and
/// far more episodes and alerts than a day can bring. What falls out is the oldest of its kind, and is counted.
public struct PendingRows: Sendable {
    private var anchors: [StoreRow] = []
    private var epochs: [MinuteEpoch] = []
    private var episodes: [StoreRow] = []
    private var alerts: [StoreRow] = []
    private var traces: [StoreRow] = []
    private var summaries: [StoreRow] = []
    /// The last of each sensor on each wearer: few.
    private var calibrations: [StoreRow] = []
    /// Sensors, who wears them, settings, and when the program ran: few.
    private var devices: [StoreRow] = []
    /// The last of each kind for each wearer: few.
    private var controls: [AskedControl] = []
    /// Everything that was asked for, and how well upright is known: rare.
    private var notes: [StoreRow] = []
    private let limits: Limits

    /// Rows that were given up because too many waited.
    public private(set) var dropped = 0

    /// How much may wait.
    public struct Limits: Sendable {
        /// How far back minutes reach from the newest.
        public var epochSpan = Elapsed.hours(24)
        /// How many minutes in all, whatever their span.
        public var epochs = 8 * 1440
        /// How many episodes.
        public var episodes = 20_000
        /// How many alerts, and how many summaries and anchors.
        public var alerts = 5000

        /// The usual.
        public init() {}
    }

    /// Nothing waits.
    public init(limits: Limits = Limits()) { self.limits = limits }

    /// Lets a row wait; an ongoing episode is passed over, because it will come again.
    public mutating func append(_ row: StoreRow) {
        switch row {
        case .epoch(let epoch):
            replaceOrAppend(epoch)
            let oldest = epoch.start - limits.epochSpan
            trimEpochs { $0.start < oldest }
        case .episode(let episode, _):
            guard !episode.isOngoing else { return }
            dropped += PendingRows.add(row, to: &episodes, limit: limits.episodes)
        case .alert: dropped += PendingRows.add(row, to: &alerts, limit: limits.alerts)
        case .trace: dropped += PendingRows.add(row, to: &traces, limit: limits.alerts / 10)
        case .summary: dropped += PendingRows.add(row, to: &summaries, limit: limits.alerts)
        case .calibration(_, let device, let wearer, _):
            calibrations.removeAll {
                if case .calibration(_, device, wearer, _) = $0 { true } else { false }
            }
            dropped += PendingRows.add(row, to: &calibrations, limit: 256)
        case .anchor: dropped += PendingRows.add(row, to: &anchors, limit: limits.alerts)
        case .device, .wear, .settings, .setting, .run:
            dropped += PendingRows.add(row, to: &devices, limit: limits.alerts)
        case .control(let control):
            controls.removeAll { control.replaces($0) }
            controls.append(control)
            if control.asked != nil { append(.asked(control)) }
        case .asked, .trust: dropped += PendingRows.add(row, to: &notes, limit: limits.alerts)
        }
    }

    // A minute that is not over is handed in several times; the last says it all. It is among the newest.
    private mutating func replaceOrAppend(_ epoch: MinuteEpoch) {
        let place = epochs.indices.suffix(32).last {
            epochs[$0].start == epoch.start && epochs[$0].wearer == epoch.wearer
        }
        if let place { epochs[place] = epoch } else { epochs.append(epoch) }
    }

    private mutating func trimEpochs(_ isTooOld: (MinuteEpoch) -> Bool) {
        let old = max(epochs.prefix(while: isTooOld).count, epochs.count - limits.epochs)
        guard old > 0 else { return }
        epochs.removeFirst(old)
        dropped += old
    }

    /// How many rows had to go for it.
    private static func add(_ row: StoreRow, to rows: inout [StoreRow], limit: Int) -> Int {
        rows.append(row)
        let surplus = max(0, rows.count - limit)
        rows.removeFirst(surplus)
        return surplus
    }

    /// Everything that waits: anchors first, because they place the rest.
    public var rows: [StoreRow] {
        let asked = controls.map { StoreRow.control($0) }
        let said = anchors + alerts + traces + asked + notes
        return said + summaries + calibrations + devices + episodes + epochs.map { .epoch($0) }
    }

    /// The alerts and the anchors that place them: what is worth the last free space.
    var alertRows: [StoreRow] { anchors + alerts }

    /// How many rows wait.
    public var count: Int {
        let said = anchors.count + alerts.count + traces.count + summaries.count + controls.count
        let known = calibrations.count + devices.count + notes.count
        return said + known + episodes.count + epochs.count
    }

    /// Whether nothing waits.
    public var isEmpty: Bool { count == 0 }

    /// Whether an alert waits.
    public var hasAlerts: Bool { !alerts.isEmpty }

    /// Whether something waits that should be stored at once, not with the next batch.
    public var hasUrgent: Bool {
        hasAlerts || !anchors.isEmpty || !controls.isEmpty || summaries.contains { !$0.isUnworn }
            || episodes.contains { !$0.canWait }
    }

    /// Whether nothing waits but that no sensor was worn, which is not worth a write of its own.
    public var isIdle: Bool {
        let said = anchors.count + alerts.count + traces.count + controls.count
        return said + calibrations.count + devices.count + notes.count == 0
            && summaries.allSatisfy(\.isUnworn) && episodes.allSatisfy(\.isUnworn)
            && epochs.allSatisfy(\.isUnworn)
    }

    /// Forgets everything that waits.
    public mutating func removeAll() {
        anchors.removeAll()
        alerts.removeAll()
        traces.removeAll()
        summaries.removeAll()
        calibrations.removeAll()
        devices.removeAll()
        controls.removeAll()
        notes.removeAll()
        episodes.removeAll(keepingCapacity: true)
        epochs.removeAll(keepingCapacity: true)
    }

    mutating func removeAlerts() {
        anchors.removeAll()
        alerts.removeAll()
    }
}

extension MinuteEpoch {
    /// Whether it says nothing but that no sensor was worn.
    var isUnworn: Bool { postureSeconds[Posture.notWorn.index] >= length.seconds - 0.001 && alerts == 0 }
}

extension StoreRow {
    /// Whether it says nothing but that no sensor was worn.
    var isUnworn: Bool {
        switch self {
        case .epoch(let epoch): return epoch.isUnworn
        case .episode(let episode, _):
            if case .posture(.notWorn) = episode.kind { return true }
            return false
        case .summary(let day): return day.wornSeconds <= 0
        case .alert, .trace, .anchor, .calibration, .device, .wear, .settings, .setting, .control, .asked,
            .trust, .run:
            return false
        }
    }
}
