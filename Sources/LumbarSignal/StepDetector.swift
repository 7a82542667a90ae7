import LumbarCore

/// Finds steps in the vertical acceleration.
///
/// The vertical acceleration is band-passed 0.5...3 Hz (second-order Butterworth each side; coefficients follow the
/// sample rate, so 10 Hz and 400 Hz see the same signal). Every positive lobe higher than an adaptive threshold
/// is a candidate, between 0.25 and 1.0 s after the one before; four candidates at regular intervals are walking, and
/// from then on each is a step (the first three are counted with the fourth). Compare van Lummel's and mobgap's
/// lower-back pipelines, which add a wavelet.
///
/// Weakness: shuffling below 0.3 m/s² is missed; rhythmic work with the trunk at 1...4 Hz counts as steps.
struct StepDetector: Sendable, Equatable {
    private var low: ButterworthCoefficients
    private var high: ButterworthCoefficients
    private var lowState = ButterworthState()
    private var highState = ButterworthState()

    // The positive lobe under way.
    private var lobePeak = 0.0
    private var lobePeakTime = 0.0

    private var clock = 0.0
    private var lastStep = -1000.0
    private var envelope = 0.0
    private var run = 0
    private var intervals = SIMD8<Double>(repeating: 0)
    private var heights = SIMD8<Double>(repeating: 0)
    private let smallestPeak: Double

    /// Steps found and not yet taken.
    private(set) var steps = 0
    /// Candidates found and not yet taken.
    private(set) var candidates = 0
    /// Steps per second over the run, 0 when there is none.
    private(set) var cadenceHz = 0.0
    /// How regular the run is, 0...1.
    private(set) var regularity = 0.0

    static let shortestInterval = 0.25
    static let longestInterval = 1.0
    static let stepsForWalking = 4

    /// For samples `period` seconds apart; no peak below `smallestPeak` m/s² counts.
    init(period: Double, smallestPeak: Double) {
        low = ButterworthCoefficients(cutoffHz: 3, period: period)
        high = ButterworthCoefficients(cutoffHz: 0.5, period: period)
        self.smallestPeak = smallestPeak
    }

    mutating func follow(period: Double) {
        low = ButterworthCoefficients(cutoffHz: 3, period: period)
        high = ButterworthCoefficients(cutoffHz: 0.5, period: period)
    }

    /// Takes a sample of vertical acceleration in m/s².
    @inline(__always)
    mutating func update(_ vertical: Double, interval: Double) {
        clock += interval
        let x = highState.highPass(lowState.lowPass(vertical, low), high)
        if x > 0 {
            if x > lobePeak {
                lobePeak = x
                lobePeakTime = clock
            }
        } else if lobePeak > 0 {
            endLobe()
        }
    }

    /// Hands out the steps and candidates since the last call, and lets walking end when no step came.
    mutating func take() -> (steps: Int, candidates: Int) {
        defer {
            steps = 0
            candidates = 0
        }
        if run > 0 && clock - lastStep > Self.longestInterval + 0.3 { endRun() }
        // Keep the clock small, so that it resolves the same on the first day and on the last.
        lastStep = max(lastStep - clock, -1000)
        lobePeakTime -= clock
        clock = 0
        return (steps, candidates)
    }

    /// Forgets the run after a gap.
    mutating func restart() {
        lowState = ButterworthState()
        highState = ButterworthState()
        lobePeak = 0
        lastStep = -1000
        envelope = 0
        endRun()
    }

    private mutating func endRun() {
        run = 0
        cadenceHz = 0
        regularity = 0
    }

    @inline(never)
    private mutating func endLobe() {
        defer { lobePeak = 0 }
        let since = lobePeakTime - lastStep
        // The threshold follows the wearer's own steps and sinks back within seconds.
        let threshold = max(smallestPeak, 0.45 * envelope * (since < 1 ? 1 : 1 / since))
        guard lobePeak >= threshold, since >= Self.shortestInterval else { return }
        candidates += 1
        envelope = since > 3 ? lobePeak : envelope + 0.25 * (lobePeak - envelope)
        lastStep = lobePeakTime
        guard since <= Self.longestInterval, fits(since) else {
            endRun()
            run = 1
            heights[0] = lobePeak
            return
        }
        intervals[(run - 1) & 7] = since
        heights[run & 7] = lobePeak
        run += 1
        guard run >= Self.stepsForWalking else { return }
        steps += run == Self.stepsForWalking ? run : 1
        summarise()
    }

    /// Whether an interval belongs to the run: within 40 % of the mean so far.
    private func fits(_ interval: Double) -> Bool {
        guard run >= 2 else { return run == 1 }
        let n = min(run - 1, 8)
        var sum = 0.0
        for i in 0..<n { sum += intervals[i] }
        let mean = sum / Double(n)
        return (interval - mean).magnitude <= 0.4 * mean
    }

    private mutating func summarise() {
        let n = min(run - 1, 8)
        let spread = Self.coefficientOfVariation(intervals, n)
        let heightSpread = Self.coefficientOfVariation(heights, min(run, 8))
        var sum = 0.0
        for i in 0..<n { sum += intervals[i] }
        cadenceHz = Double(n) / sum
        regularity = max(0, min(1, 1.1 - 2 * spread - 0.4 * heightSpread))
    }

    private static func coefficientOfVariation(_ v: SIMD8<Double>, _ n: Int) -> Double {
        var sum = 0.0
        var squares = 0.0
        for i in 0..<n {
            sum += v[i]
            squares += v[i] * v[i]
        }
        let mean = sum / Double(n)
        return max(0, squares / Double(n) - mean * mean).squareRoot() / mean
    }
}
