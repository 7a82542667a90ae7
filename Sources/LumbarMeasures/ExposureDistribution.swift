import LumbarCore

/// The distribution of an exposure over time: at which level it was exceeded for so much of the time.
///
/// The amplitude probability distribution function of Jonsson 1982 (J Hum Ergol 11:73): the 10th percentile is what
/// was there nearly always, the 50th the typical level, the 90th the peaks. It is read off a histogram, so a day takes
/// no more memory than a minute. Percentiles near the ends are drawn inward by short recordings: they need nearly a
/// full day of wear (Mathiassen et al., BMC Med Res Methodol 12:36).
public struct ExposureDistribution: Sendable, Equatable {
    /// Which percentiles are reported.
    public static let percents = [5, 10, 50, 90, 95, 99]

    /// One bin of a histogram: `weight` spread evenly over [low, high).
    public struct Bin: Sendable {
        /// Where it begins.
        public var low: Double
        /// Where it ends.
        public var high: Double
        /// How much time it holds.
        public var weight: Double

        /// A bin.
        public init(low: Double, high: Double, weight: Double) {
            self.low = low
            self.high = high
            self.weight = weight
        }
    }

    /// The time it rests on, in the unit of the weights.
    public let total: Double
    /// The level at each of `percents`.
    public let levels: [Double]

    /// The distribution in `bins`, which are in rising order; nil when they hold nothing.
    public init?(_ bins: [Bin]) {
        let total = bins.reduce(0) { $0 + max(0, $1.weight) }
        guard total > 0 else { return nil }
        self.total = total
        levels = Self.percents.map { Self.level(Double($0) / 100 * total, in: bins) }
    }

    /// The level at `percent`, which is one of `percents`.
    public func level(_ percent: Int) -> Double {
        Self.percents.firstIndex(of: percent).map { levels[$0] } ?? .nan
    }

    private static func level(_ wanted: Double, in bins: [Bin]) -> Double {
        var below = 0.0
        var last = 0.0
        for bin in bins where bin.weight > 0 {
            last = bin.high
            if below + bin.weight >= wanted {
                return bin.low + (bin.high - bin.low) * (wanted - below) / bin.weight
            }
            below += bin.weight
        }
        return last
    }
}

extension ExposureDistribution {
    /// Flexion in degrees, of the sections given.
    static func flexion(_ table: ExposureTable, _ sections: [ExposureTable.Section]) -> ExposureDistribution?
    {
        guard let first = sections.first else { return nil }
        return ExposureDistribution(
            (0..<first.count).map { index in
                let low = Double(ExposureTable.lowestFlexion + index)
                let time = sections.reduce(0.0) { $0 + Double(max(0, table[$1, index])) }
                return Bin(low: low, high: low + 1, weight: time)
            })
    }

    /// Size of the flexion rate in degrees per second.
    static func speed(_ table: ExposureTable) -> ExposureDistribution? {
        ExposureDistribution(
            (0..<ExposureTable.speed.count).map { index in
                let range = ExposureTable.speedRange(index)
                return Bin(
                    low: range.low, high: range.high,
                    weight: Double(max(0, table[ExposureTable.speed, index])))
            })
    }

    /// Cadence while walking, steps per minute.
    static func cadence(_ table: ExposureTable) -> ExposureDistribution? {
        ExposureDistribution(
            (0..<ExposureTable.cadence.count).map { index in
                let low = Double(ExposureTable.lowestCadence + index * ExposureTable.cadenceWidth)
                return Bin(
                    low: low, high: low + Double(ExposureTable.cadenceWidth),
                    weight: Double(max(0, table[ExposureTable.cadence, index])))
            })
    }
}
