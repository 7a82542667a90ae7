/// A share with its 95 % score interval (Wilson 1927, J Am Stat Assoc 22:209), which holds with few trials too.
public struct WilsonInterval: Sendable, Equatable {
    /// The share that was found, 0...1.
    public let share: Double
    /// The lower end.
    public let low: Double
    /// The upper end.
    public let high: Double

    /// `count` of `trials`; nil without trials.
    public init?(_ count: Int, of trials: Int) {
        guard trials > 0, (0...trials).contains(count) else { return nil }
        let n = Double(trials)
        let p = Double(count) / n
        // The 97.5th percentile of the normal distribution, and its square.
        let z = 1.959963984540054
        let square = z * z
        let centre = p + square / (2 * n)
        let half = z * (p * (1 - p) / n + square / (4 * n * n)).squareRoot()
        share = p
        low = max(0, (centre - half) / (1 + square / n))
        high = min(1, (centre + half) / (1 + square / n))
    }
}
