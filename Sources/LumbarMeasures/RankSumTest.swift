import LumbarCore

/// Whether two groups of days differ by more than days differ anyhow: the rank-sum test, with ties.
///
/// Wilcoxon 1945 (Biometrics Bulletin 1:80), Mann and Whitney 1947 (Ann Math Stat 18:50). Only the order of the values
/// counts, so one odd day cannot make a difference, and nothing is assumed of their distribution. The probability is that
/// of a division of the same values into two groups of these sizes, all divisions being alike, whose rank sum is as far
/// from the middle or farther: counted out up to four weeks against four, by the normal distribution beyond. Days in a
/// row are not independent, so it is a sieve for what is worth a sentence and no proof of anything.
public enum RankSumTest {
    /// Probability that chance alone divides the values so unevenly, two-sided, 0...1; 1 when a group is empty.
    public static func probability(_ a: [Double], _ b: [Double]) -> Double {
        guard !a.isEmpty, !b.isEmpty else { return 1 }
        let ranks = doubledRanks(a + b)
        let observed = ranks.prefix(a.count).reduce(0, +)
        guard ranks.count <= mostCounted else {
            return approximated(
                ranks, first: a.count, distance: (observed - a.count * (ranks.count + 1)).magnitude)
        }
        let counts = sums(of: a.count, from: ranks)
        // Twice the mean of doubled rank sums is a whole number: distances compare exactly.
        let middle = a.count * (ranks.count + 1)
        let distance = (observed - middle).magnitude
        var all = 0.0
        var far = 0.0
        for (sum, count) in counts.enumerated() where count > 0 {
            all += count
            if (sum - middle).magnitude >= distance { far += count }
        }
        return all > 0 ? min(1, far / all) : 1
    }

    /// Values that are still counted out; the work grows with the fourth power of them.
    static let mostCounted = 60

    /// The same by a normal distribution, its variance that of ranks with ties, with a correction for continuity.
    static func approximated(_ ranks: [Int], first: Int, distance: UInt) -> Double {
        let n = Double(ranks.count)
        let mean = n + 1
        let squares = ranks.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        let variance = Double(first) * (n - Double(first)) / n * squares / (n - 1)
        guard variance > 0 else { return 1 }
        // Doubled rank sums are whole numbers, two apart where there are no ties.
        let z = max(0, Double(distance) - 1) / variance.squareRoot()
        return min(1, complementaryError(z / 2.0.squareRoot()))
    }

    /// erfc for x of zero and more, to 1.5e-7 (Abramowitz and Stegun 1964, 7.1.26).
    private static func complementaryError(_ x: Double) -> Double {
        let t = 1 / (1 + 0.3275911 * x)
        let tail = t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
        return t * (0.254829592 + tail) * Elementary.exp(-x * x)
    }

    /// Twice the rank of each value; equal values share the mean of their ranks.
    static func doubledRanks(_ values: [Double]) -> [Int] {
        values.map { value in
            let below = values.count { $0 < value }
            let equal = values.count { $0 == value }
            return 2 * below + equal + 1
        }
    }

    /// In how many ways `size` of `ranks` add up to each sum.
    private static func sums(of size: Int, from ranks: [Int]) -> [Double] {
        let limit = ranks.sorted().suffix(size).reduce(0, +)
        var ways = [[Double]](repeating: [Double](repeating: 0, count: limit + 1), count: size + 1)
        ways[0][0] = 1
        for (taken, rank) in ranks.enumerated() {
            for count in stride(from: min(size, taken + 1), to: 0, by: -1) {
                guard rank <= limit else { continue }
                for sum in rank...limit { ways[count][sum] += ways[count - 1][sum - rank] }
            }
        }
        return ways[size]
    }
}
