/// How a number differed between days: median and range, which say no more than the days do.
public struct DaySpread: Sendable, Equatable {
    /// Half of the days had less.
    public let median: Double
    /// The day with least of it.
    public let least: Double
    /// The day with most of it.
    public let most: Double
    /// How many days.
    public let days: Int

    /// The spread of `values`, a number for each day; nil without days.
    public init?(_ values: [Double]) {
        let sorted = values.filter(\.isFinite).sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        let middle = sorted.count / 2
        median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        least = first
        most = last
        days = sorted.count
    }
}
