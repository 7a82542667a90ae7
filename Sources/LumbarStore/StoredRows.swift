import LumbarCore

/// Where a stored row belongs: its boot, and its wall time as far as the anchors tell it.
public struct Place: Sendable, Equatable {
    /// The boot, as the kernel names it.
    public var bootID: String
    /// UTC, or nil when that boot never knew a wall clock.
    public var wall: WallTime?
    /// The local zone at the time; UTC when not known.
    public var zone: ZoneRule

    /// A place.
    public init(bootID: String, wall: WallTime?, zone: ZoneRule) {
        self.bootID = bootID
        self.wall = wall
        self.zone = zone
    }
}

/// An alert with its place.
public struct StoredAlert: Sendable, Equatable {
    /// The alert; its instants are those of `place.bootID`.
    public var alert: Alert
    /// When and where it was raised.
    public var place: Place

    /// An alert with its place.
    public init(alert: Alert, place: Place) {
        self.alert = alert
        self.place = place
    }
}

/// What is stored of one local day of one wearer, with all instants on one boot's clock, in the order of time.
public struct StoredDay: Sendable, Equatable {
    /// The minutes.
    public var epochs: [MinuteEpoch] = []
    /// The complete episodes that reach into the day, postures included.
    public var episodes: [Episode] = []
    /// The alerts.
    public var alerts: [Alert] = []
    /// Whether any of it is of an earlier boot, and was placed on the clock of the present one by wall time.
    public var reachesBack = false

    /// An empty day.
    public init() {}
}

/// A row on its way into the store.
public enum StoreRow: Sendable, Equatable {
    /// A minute.
    case epoch(MinuteEpoch)
    /// A complete episode; ongoing ones are not stored.
    case episode(Episode, WearerID)
    /// An alert.
    case alert(Alert)
    /// What was measured around the alert with this key, in the same boot.
    case trace(AlertTrace, AlertKey)
    /// A day.
    case summary(DailySummary)
    /// The wall clock became known, was set, or changed its zone.
    case anchor(WallAnchor, isSynchronized: Bool)
    /// How a sensor sits on a wearer, and when that changed or was confirmed.
    case calibration(MountCalibration, DeviceID, WearerID, Instant)
    /// A sensor was seen.
    case device(SeenDevice, Instant)
    /// A sensor is read as somebody's, or was.
    case wear(DeviceWear)
    /// These settings are in force from then on, and no others but defaults.
    case settings([SettingInForce], Instant)
    /// A setting had this value from then on: as an export tells it.
    case setting(SettingInForce, Instant)
    /// Something was asked for on a wearer's behalf, or that is over.
    case control(AskedControl)
    /// Something was asked for, over or not; one without a moment is passed over.
    case asked(AskedControl)
    /// From then on the upright of a wearer was known this well.
    case trust(MountTrust, WearerID, Instant)
    /// The program runs, or ran.
    case run(ProgramRun)

    /// Whether the row can wait for the next batch: minutes, and episodes other than falls, of which a day of hard work has
    /// thousands.
    ///
    /// A commit costs a sync and about 12 kB of writes to an SD card, so only what is said to the wearer, and what is rare,
    /// is worth one of its own.
    public var canWait: Bool {
        switch self {
        case .epoch: return true
        case .episode(let episode, _):
            // Whoever bends two thousand times a day would have as many writes of their own; minutes lose as much.
            if case .fall = episode.kind { return episode.isOngoing }
            return true
        case .calibration, .device, .wear, .settings, .setting, .trace, .trust, .run: return true
        case .alert, .summary, .anchor, .control, .asked: return false
        }
    }
}

/// A row on its way out of the store.
public enum ExportedRow: Sendable, Equatable {
    /// Whose it is; nil for what concerns everybody.
    public var wearer: WearerID? {
        switch self {
        case .anchor, .device, .setting, .run: nil
        case .wear(let wear, _): wear.wearer
        case .epoch(let epoch, _): epoch.wearer
        case .episode(_, let wearer, _): wearer
        case .alert(let alert, _): alert.wearer
        case .trace(_, let key, _): key.wearer
        case .calibration(let stored): stored.wearer
        case .summary(let summary, _): summary.wearer
        case .asked(let control, _, _): control.wearer
        case .trust(_, let wearer, _, _): wearer
        }
    }

    /// An anchor.
    case anchor(WallAnchor, bootID: String, isSynchronized: Bool)
    /// A minute.
    case epoch(MinuteEpoch, Place)
    /// An episode.
    case episode(Episode, WearerID, Place)
    /// An alert.
    case alert(Alert, Place)
    /// What was measured around the alert with this key; the place is that of its beginning.
    case trace(AlertTrace, AlertKey, Place)
    /// How a sensor sits on a wearer.
    case calibration(StoredCalibration)
    /// A sensor.
    case device(StoredDevice)
    /// Who wore a sensor when; the place is that of its beginning.
    case wear(DeviceWear, Place)
    /// From when on a setting had which value.
    case setting(SettingInForce, Instant, Place)
    /// What was asked for, when; the place is that of the moment.
    case asked(AskedControl, Instant, Place)
    /// From when on upright was known how well.
    case trust(MountTrust, WearerID, Instant, Place)
    /// When the program ran; the place is that of its start.
    case run(ProgramRun, Place)
    /// A day.
    case summary(DailySummary, bootID: String)
}
