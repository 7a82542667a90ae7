import LumbarCore

/// Coefficients of a second-order Butterworth section for one cut-off and one sample period.
///
/// The section is the trapezoidal state-variable form: the bilinear transform of the analogue filter like the usual
/// direct forms, but its two states stay meaningful when the coefficients change with the fitted sample rate, and very
/// low cut-offs lose no precision.
struct ButterworthCoefficients: Sendable, Equatable {
    var a1: Double
    var a2: Double
    var a3: Double

    /// 2 × damping of a Butterworth pair.
    static let damping = 1.4142135623730951

    /// For a cut-off in Hz; at most 0.45 of the sample rate.
    init(cutoffHz: Double, period: Double) {
        let g = Elementary.tan(Elementary.pi * min(cutoffHz * period, 0.45))
        a1 = 1 / (1 + g * (g + Self.damping))
        a2 = g * a1
        a3 = g * a2
    }

    /// For a time constant: the cut-off is √2/(2π τ), the convention of the VQF paper.
    init(timeConstant: Double, period: Double) {
        self.init(cutoffHz: Self.damping / (2 * Elementary.pi * timeConstant), period: period)
    }
}

/// The two states of a Butterworth section.
struct ButterworthState: Sendable, Equatable {
    private var first: Double
    private var second: Double

    /// Settled on `value`.
    init(settledOn value: Double = 0) {
        first = 0
        second = value
    }

    /// The low-pass output after `x`.
    @inline(__always)
    mutating func lowPass(_ x: Double, _ c: ButterworthCoefficients) -> Double {
        let d = x - second
        let band = c.a1 * first + c.a2 * d
        let low = second + (c.a2 * first + c.a3 * d)
        first = 2 * band - first
        second = 2 * low - second
        return low
    }

    /// The high-pass output after `x`.
    @inline(__always)
    mutating func highPass(_ x: Double, _ c: ButterworthCoefficients) -> Double {
        let d = x - second
        let band = c.a1 * first + c.a2 * d
        let low = second + (c.a2 * first + c.a3 * d)
        first = 2 * band - first
        second = 2 * low - second
        return x - ButterworthCoefficients.damping * band - low
    }
}

/// One Butterworth section for each axis of a vector: the same steps as `ButterworthState`, side by side.
///
/// The lanes are spelt out (the fourth is idle) because scalars are paired across axes by the compiler in whatever order
/// it meets them, and then most of the work is shuffling.
struct ButterworthVector: Sendable, Equatable {
    private var first = SIMD4<Double>.zero
    private var second: SIMD4<Double>

    /// Settled on a vector.
    init<Frame>(settledOn v: Vector3<Frame>) { second = SIMD4(v.x, v.y, v.z, 0) }

    /// The low-pass output after `v`.
    @inline(__always)
    mutating func lowPass<Frame>(_ v: Vector3<Frame>, _ c: ButterworthCoefficients) -> Vector3<Frame> {
        let d = SIMD4(v.x, v.y, v.z, 0) - second
        let band = c.a1 * first + c.a2 * d
        let low = second + (c.a2 * first + c.a3 * d)
        first = band + band - first
        second = low + low - second
        return Vector3(low.x, low.y, low.z)
    }
}
