import LumbarCore

/// The frequency multiplier of the revised NIOSH lifting equation.
///
/// `RWL = 23 kg · HM · VM · DM · AM · FM · CM` says which load most people lift safely under given circumstances; of its
/// parts, a trunk sensor can count lifts per minute only. FM is table 5 of the Applications Manual (Waters,
/// Putz-Anderson and Garg, DHHS (NIOSH) 94-110), by the frequency averaged over 15 minutes, the duration of the
/// lifting, and whether the hands begin below 75 cm. Between rows it is interpolated; at 0.2 lifts a minute and less the
/// first row holds.
public enum LiftingFrequency {
    /// How long lifting goes on, rests credited.
    public enum Duration: Int, Sendable, CaseIterable {
        /// Up to an hour, with recovery of 1.2 times as long after it.
        case short
        /// One to two hours, with recovery of 0.3 times as long after it.
        case moderate
        /// Two to eight hours.
        case long
    }

    private static let frequencies: [Double] = [0.2, 0.5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
    private static let low: [[Double]] = [
        [1, 0.97, 0.94, 0.91, 0.88, 0.84, 0.80, 0.75, 0.70, 0.60, 0.52, 0.45, 0.41, 0.37, 0, 0, 0],
        [0.95, 0.92, 0.88, 0.84, 0.79, 0.72, 0.60, 0.50, 0.42, 0.35, 0.30, 0.26, 0, 0, 0, 0, 0],
        [0.85, 0.81, 0.75, 0.65, 0.55, 0.45, 0.35, 0.27, 0.22, 0.18, 0, 0, 0, 0, 0, 0, 0],
    ]
    private static let high: [[Double]] = [
        [1, 0.97, 0.94, 0.91, 0.88, 0.84, 0.80, 0.75, 0.70, 0.60, 0.52, 0.45, 0.41, 0.37, 0.34, 0.31, 0.28],
        [0.95, 0.92, 0.88, 0.84, 0.79, 0.72, 0.60, 0.50, 0.42, 0.35, 0.30, 0.26, 0.23, 0.21, 0, 0, 0],
        [0.85, 0.81, 0.75, 0.65, 0.55, 0.45, 0.35, 0.27, 0.22, 0.18, 0.15, 0.13, 0, 0, 0, 0, 0],
    ]

    /// The multiplier, 0...1.
    ///
    /// - Parameters:
    ///   - perMinute: lifts a minute, averaged over 15 minutes.
    ///   - fromKnuckleHeight: whether the hands begin at 75 cm or higher; matters above 8 lifts a minute only.
    public static func multiplier(
        perMinute: Double, duration: Duration, fromKnuckleHeight: Bool = false
    ) -> Double {
        let column = (fromKnuckleHeight ? high : low)[duration.rawValue]
        guard perMinute > frequencies[0] else { return column[0] }
        guard let next = frequencies.firstIndex(where: { $0 >= perMinute }) else { return 0 }
        let share = (perMinute - frequencies[next - 1]) / (frequencies[next] - frequencies[next - 1])
        return column[next - 1] + share * (column[next] - column[next - 1])
    }

    /// What a day's lifts come to.
    public struct Day: Sendable, Equatable {
        /// Lifts in the busiest 15 minutes, per minute.
        public let perMinute: Double
        /// The longest stretch of lifting work, too short recoveries included, seconds.
        public let workSeconds: Double
        /// Its class.
        public let duration: Duration
        /// The multiplier for both.
        public let multiplier: Double
    }

    /// Lifts further apart than this belong to different stretches of work: the equation averages over 15 minutes.
    public static let window = 900.0

    /// The day of lifts at `times`, seconds in rising order; nil when there are none.
    ///
    /// A stretch of lifting that is not followed by enough recovery for its class goes on with the next one, as the manual
    /// adds the durations of such stretches up.
    public static func day(_ times: [Double]) -> Day? {
        guard let first = times.first else { return nil }
        let perMinute = Double(busiest(times)) / (window / 60)
        var longest = 0.0
        var work = 0.0
        var begin = first
        var last = first
        for time in times.dropFirst() {
            let rest = time - last
            if rest > window {
                work += last - begin
                longest = max(longest, work)
                if rest >= recovery(after: work) { work = 0 }
                begin = time
            }
            last = time
        }
        longest = max(longest, work + last - begin)
        let duration: Duration = longest <= 3600 ? .short : longest <= 7200 ? .moderate : .long
        return Day(
            perMinute: perMinute, workSeconds: longest, duration: duration,
            multiplier: multiplier(perMinute: perMinute, duration: duration))
    }

    /// Recovery that ends a stretch of `work` seconds.
    private static func recovery(after work: Double) -> Double {
        if work <= 3600 { return 1.2 * work }
        return work <= 7200 ? 0.3 * work : .infinity
    }

    /// Most lifts within `window`.
    private static func busiest(_ times: [Double]) -> Int {
        var most = 0
        var oldest = 0
        for (index, time) in times.enumerated() {
            while time - times[oldest] >= window { oldest += 1 }
            most = max(most, index - oldest + 1)
        }
        return most
    }
}
