import LumbarCore

/// What is done with a history from day to day.
public struct HistoryPlan: Sendable, Equatable {
    /// How many backups are kept; none are made with 0.
    public var backups = 7
    /// How long each kind of row is kept.
    public var retention = Retention()

    /// Seven backups, and everything for ever.
    public init() {}

    /// How long rows are kept, days; nil keeps them for ever.
    public struct Retention: Sendable, Equatable {
        /// Minutes.
        public var minutes: Int?
        /// Postures.
        public var postures: Int?
        /// Every other episode.
        public var episodes: Int?
        /// Alerts.
        public var alerts: Int?

        /// Everything for ever.
        public init() {}

        /// Whether anything is ever given up.
        public var isLimited: Bool { [minutes, postures, episodes, alerts].contains { $0 != nil } }
    }

    /// Bytes of backups that may be written on a day, on average: of what the card may wear, the smaller part.
    static let backupBytesPerDay = 8_000_000
    /// What has to be left on a file system after a backup.
    static let bytesToLeave = 16 << 20

    /// How long after a backup of `bytes` the next is due: a day, and longer for a history that has grown large.
    public static func interval(afterBackupOf bytes: Int) -> Elapsed {
        .hours(max(23.5, 24 * Double(bytes) / Double(backupBytesPerDay)))
    }
}
