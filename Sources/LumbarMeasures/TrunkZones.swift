import LumbarCore

/// Time of the trunk in the zones of three ergonomics standards.
///
/// ISO 11226 and EN 1005-4 part forward flexion at 20 and 60 degrees: up to 20 acceptable, to 60 for a limited time or
/// frequency, beyond 60 not recommended. Leaning backward, which both accept with full support only, begins here at
/// -5 degrees: the upright pose is known to a few degrees. REBA (Hignett and McAtamney 2000) scores the trunk 1 upright,
/// 2 up to 20 degrees either way, 3 to 60 forward or beyond 20 backward, 4 beyond 60, and one more when bent to the
/// side; its twist cannot be seen by one sensor and is left out. Only the time at each trunk score is told: a grand
/// score needs arms, legs and load.
///
/// The limits are from general knowledge of the standards, not checked against their paid texts; no conformity is
/// claimed.
public struct TrunkZones: Sendable, Equatable {
    /// Seconds in one group of postures by zone.
    public struct Times: Sendable, Equatable {
        /// Leaning back, below -5 degrees.
        public var backward = 0.0
        /// -5 to 20 degrees.
        public var upright = 0.0
        /// 20 to 60 degrees.
        public var bent = 0.0
        /// Beyond 60 degrees.
        public var deep = 0.0

        /// All of it.
        public var total: Double { backward + upright + bent + deep }
    }

    /// While seated.
    public let seated: Times
    /// While standing or walking.
    public let onFeet: Times
    /// Seconds at REBA trunk score 1, 2, 3, 4 and 5.
    public let scoreSeconds: [Double]
    /// Times the trunk went backward, beyond 20 and beyond 60 degrees.
    public let entries: [Int]
    /// The same per minute of the time seen; EN 1005-4 asks whether it is 2 or more.
    public let entriesPerMinute: [Double]
    /// Seconds in which the zone was entered twice a minute or more, over five minutes.
    public let frequentSeconds: [Double]

    /// The zones in `table`; nil when it holds no time.
    public init?(_ table: ExposureTable) {
        seated = Self.times(table, ExposureTable.flexionSeated)
        onFeet = Self.times(table, ExposureTable.flexionOnFeet)
        let total = seated.total + onFeet.total
        guard total > 0 else { return nil }
        scoreSeconds = table.values(ExposureTable.trunkScore).map { Double($0) / 1000 }
        let entries = table.values(ExposureTable.entries).map { Int($0) }
        self.entries = entries
        entriesPerMinute = entries.map { Double($0) / (total / 60) }
        frequentSeconds = table.values(ExposureTable.frequent).map { Double($0) / 1000 }
    }

    private static func times(_ table: ExposureTable, _ section: ExposureTable.Section) -> Times {
        var times = Times()
        for index in 0..<section.count {
            let seconds = Double(table[section, index]) / 1000
            switch ExposureTable.lowestFlexion + index {
            case ..<(-5): times.backward += seconds
            case ..<20: times.upright += seconds
            case ..<60: times.bent += seconds
            default: times.deep += seconds
            }
        }
        return times
    }
}
