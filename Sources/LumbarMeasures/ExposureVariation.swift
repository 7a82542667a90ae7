import LumbarCore

/// Exposure variation analysis: how inclined the trunk was, against how long it stayed so without a change.
///
/// The matrix of Mathiassen and Winkel 1991 (Ergonomics 34:1455): every moment belongs to one class of inclination and,
/// by the length of the uninterrupted time in that class it is part of, to one class of duration. Long times in one
/// class are monotony whatever the angle. The spread of the two marginal distributions (standard deviation of their
/// shares, in percentage points) tells how uneven they are: 0 means equal time in every class, 40 for the five of
/// inclination and 35 for the seven of duration mean all the time in one.
///
/// Most of the variation in trunk exposure is within a person from day to day (van der Beek et al. 1995): weeks compare
/// better than days.
public struct ExposureVariation: Sendable, Equatable {
    /// Seconds by class of inclination, then by class of duration.
    public let seconds: [[Double]]
    /// Spread of the time over the classes of inclination, percentage points.
    public let inclinationSpread: Double
    /// Spread of the time over the classes of duration, percentage points.
    public let durationSpread: Double

    /// The matrix in `table`; nil when it holds no time.
    public init?(_ table: ExposureTable) {
        let columns = ExposureTable.durationClasses
        let seconds = (0..<ExposureTable.inclinationClasses).map { row in
            // A minute that got lost may have held what a later one takes back.
            (0..<columns).map { Double(max(0, table[ExposureTable.variation, row * columns + $0])) / 1000 }
        }
        let rows = seconds.map { $0.reduce(0, +) }
        self.seconds = seconds
        guard rows.contains(where: { $0 > 0 }) else { return nil }
        inclinationSpread = Self.spread(rows)
        durationSpread = Self.spread(
            (0..<columns).map { column in seconds.reduce(0) { $0 + $1[column] } })
    }

    /// Standard deviation of the shares of `times`, percentage points.
    private static func spread(_ times: [Double]) -> Double {
        let total = times.reduce(0, +)
        let even = 100 / Double(times.count)
        let squares = times.reduce(0) { sum, time in
            let difference = 100 * time / total - even
            return sum + difference * difference
        }
        return (squares / Double(times.count)).squareRoot()
    }
}
