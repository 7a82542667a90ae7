/// The few elementary functions the core needs, as polynomial kernels of our own.
///
/// libm's results differ between processors (it picks fused variants at run time); these use only +, -, *, / and
/// `squareRoot()`, so they give the same bits on x86-64 and arm64. The coefficients are near-minimax fits
/// (interpolation at Chebyshev nodes in 50-digit arithmetic) to the function with its leading terms split off, so that
/// the polynomial only carries the small remainder. Each doc comment states the error bound that the tests hold the
/// kernel to, in units in the last place of the result.
///
/// The kernels in this file are trigonometric; `Elementary+Inverse.swift` and `Elementary+Exponential.swift` hold the rest.
public enum Elementary {
    /// π to double precision.
    @inlinable
    public static var pi: Double { 3.141592653589793 }

    /// Largest |x| that `sin`, `cos` and `sincos` reduce exactly enough; beyond it they give NaN.
    @inlinable
    public static var largestAngle: Double { 1_000_000 }

    /// (sin x − x)/x³ as a polynomial in t = x², for |x| ≤ π/4; absolute error below 4e-17.
    @inlinable
    @inline(__always)
    static func sineRemainder(_ t: Double) -> Double {
        let high = 2.7557316093198404e-06 + t * (-2.5051129896450185e-08 + t * 1.5917988979397435e-10)
        return -0.16666666666666666 + t * (0.008333333333330936 + t * (-0.00019841269836740532 + t * high))
    }

    /// (cos x − 1 + x²/2)/x⁴ as a polynomial in t = x², for |x| ≤ π/4; absolute error below 3e-18.
    @inlinable
    @inline(__always)
    static func cosineRemainder(_ t: Double) -> Double {
        let high = -2.755731726587808e-07 + t * (2.087614504941318e-09 + t * -1.138254464534925e-11)
        return 0.041666666666666664 + t * (-0.0013888888888887389 + t * (2.48015872987544e-05 + t * high))
    }

    /// cos(√t) and sin(√t)/√t for t ≥ 0, without a root or a division while t ≤ 1/64: what a strapdown step needs.
    ///
    /// Error at most 2 ulp for √t ≤ 1/8 (an angular rate below 25 rad/s at 100 Hz); 4 ulp up to `largestAngle`.
    @inlinable
    @inline(__always)
    public static func cosSinc(squared t: Double) -> (cos: Double, sinc: Double) {
        if t <= 0.015625 {
            let s =
                -0.16666666666666666 + t
                * (0.008333333333309446 + t * (-0.0001984126907687799 + t * 2.754949151820351e-06))
            let c = 0.04166666666663382 + t * (-0.00138888885105114 + t * 2.479512941491486e-05)
            return (1 - t * (0.5 - t * c), 1 + t * s)
        }
        return cosSincLarge(squared: t)
    }

    @usableFromInline
    @inline(never)
    static func cosSincLarge(squared t: Double) -> (cos: Double, sinc: Double) {
        let x = t.squareRoot()
        let (s, c) = sincos(x)
        return (c, s / x)
    }

    /// Sine and cosine of `x` radians: at most 2 ulp for |x| ≤ π/4, absolute error below 3e-16 up to `largestAngle`.
    ///
    /// The angle is reduced by multiples of π/2 in three parts (Cody and Waite). NaN beyond `largestAngle`.
    @inlinable
    public static func sincos(_ x: Double) -> (sin: Double, cos: Double) {
        guard x.magnitude <= largestAngle else { return (.nan, .nan) }
        var r = x
        var quadrant = 0
        if x.magnitude > 0.7853981633974483 {
            let n = (x * 0.6366197723675814).rounded()
            quadrant = Int(n) & 3
            r = ((x - n * 1.5707963267341256) - n * 6.077100506303966e-11) - n * 2.0222662487959506e-21
        }
        let t = r * r
        let s = r + r * (t * sineRemainder(t))
        // 1 − t/2 rounds; `lost` is what it lost.
        let half = 0.5 * t
        let head = 1 - half
        let lost = (1 - head) - half
        let c = head + (lost + t * t * cosineRemainder(t))
        switch quadrant {
        case 0: return (s, c)
        case 1: return (c, -s)
        case 2: return (-s, -c)
        default: return (-c, s)
        }
    }

    /// Sine of `x` radians; accuracy as `sincos(_:)`.
    @inlinable
    public static func sin(_ x: Double) -> Double { sincos(x).sin }

    /// Cosine of `x` radians; accuracy as `sincos(_:)`.
    @inlinable
    public static func cos(_ x: Double) -> Double { sincos(x).cos }

    /// Tangent of `x` radians: at most 6 ulp for |x| < 1.5; accuracy of the quotient of `sincos(_:)` elsewhere.
    @inlinable
    public static func tan(_ x: Double) -> Double {
        let (s, c) = sincos(x)
        return s / c
    }
}
