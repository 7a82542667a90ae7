import LumbarCore

/// How a day's sitting is split up: the same five hours may be thirty bouts or three.
///
/// Of n bouts with lengths t_i:
/// - mean, and its inverse SATP, the chance per unit of time that a bout ends (sedentary-to-active transition);
/// - Gini index, 0 all bouts alike ... 1 one bout holds all the time, corrected for few bouts:
///   `(n + 1 − 2·ΣC_i/C_n)/(n − 1)` with C the running sums of the sorted lengths;
/// - average hazard: the mean, over the distinct lengths t, of n(t)/n(≥ t);
/// - the exponent of a power law, `α = 1 + n/Σ ln(t_i/(t_min − ½))` for lengths in whole units, with
///   `σ = (α − 1)/√n`; smaller means more of the time in long bouts;
/// - x50 = `t_min·2^(1/(α − 1))`: half of the bouts are longer, by that law;
/// - W50: the share of the time in bouts longer than x50;
/// - usual bout: the shortest length such that bouts up to it hold half of the time.
///
/// After Chastin and Granat 2010 (Gait & Posture 31:82); SATP, Gini and hazard as in the SciKit Digital Health
/// package, with the discrete estimate of α of Clauset, Shalizi and Newman 2009. In x50, t_min stands before the
/// power; implementations that have it within the exponent agree only when t_min is 1.
public struct Fragmentation: Sendable, Equatable {
    /// How many bouts.
    public let count: Int
    /// Mean length.
    public let mean: Double
    /// Chance per unit of time that a bout ends.
    public let transitionRate: Double
    /// Inequality of the lengths, 0...1; nil for a single bout.
    public let gini: Double?
    /// Average hazard, 0...1.
    public let averageHazard: Double
    /// Exponent of the power law.
    public let alpha: Double
    /// Standard error of `alpha`.
    public let alphaSigma: Double
    /// Length that half of the bouts exceed by the power law.
    public let x50: Double
    /// Share of the time in bouts longer than `x50`.
    public let w50: Double
    /// Length up to which bouts hold half of the time.
    public let usualBout: Double

    /// The measures of bouts of `lengths`, in whole units of at least 1 (minutes, as a rule), in any order; nil when
    /// there are none.
    public init?(_ lengths: [Int]) {
        let sorted = lengths.filter { $0 >= 1 }.sorted()
        guard let shortest = sorted.first else { return nil }
        let n = Double(sorted.count)
        let total = Double(sorted.reduce(0, +))
        count = sorted.count
        mean = total / n
        transitionRate = n / total
        gini = Self.gini(sorted)
        averageHazard = Self.averageHazard(sorted)
        let least = Double(shortest)
        let logarithms = sorted.reduce(0.0) { $0 + Elementary.log(Double($1) / (least - 0.5)) }
        let exponent = n / logarithms
        alpha = 1 + exponent
        alphaSigma = exponent / n.squareRoot()
        let x50 = least * Elementary.exp(naturalLogarithmOf2 / exponent)
        self.x50 = x50
        w50 = Double(sorted.reduce(0) { Double($1) > x50 ? $0 + $1 : $0 }) / total
        usualBout = Self.halfTime(sorted, total: total)
    }

    private static func gini(_ sorted: [Int]) -> Double? {
        guard sorted.count > 1, let last = sorted.last, last > 0 else { return nil }
        let n = Double(sorted.count)
        var running = 0
        var sum = 0.0
        for length in sorted {
            running += length
            sum += Double(running)
        }
        return (n + 1 - 2 * sum / Double(running)) / (n - 1)
    }

    private static func averageHazard(_ sorted: [Int]) -> Double {
        var index = 0
        var distinct = 0
        var sum = 0.0
        while index < sorted.count {
            var next = index
            while next < sorted.count, sorted[next] == sorted[index] { next += 1 }
            sum += Double(next - index) / Double(sorted.count - index)
            distinct += 1
            index = next
        }
        return sum / Double(distinct)
    }

    private static func halfTime(_ sorted: [Int], total: Double) -> Double {
        var running = 0.0
        for length in sorted {
            running += Double(length)
            if 2 * running >= total { return Double(length) }
        }
        return Double(sorted.last ?? 0)
    }
}

private let naturalLogarithmOf2 = 0.6931471805599453
