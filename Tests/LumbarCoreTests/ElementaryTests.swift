import Glibc
import LumbarCore
import Testing

/// The kernels against libm over their whole range: a wrong coefficient digit fails here.
@Suite struct ElementaryTests {
    /// Distance in units in the last place of `expected`, with a floor for results near zero.
    private func ulps(_ got: Double, _ expected: Double) -> Double {
        if got == expected || (got.isNaN && expected.isNaN) { return 0 }
        return ((got - expected) / expected.ulp).magnitude
    }

    /// An even sweep with an irrational step, so that no grid hides an error.
    private func sweep(_ range: ClosedRange<Double>, count: Int = 20_000) -> [Double] {
        (0..<count).map { i in
            let u = (Double(i) * 0.6180339887498949).truncatingRemainder(dividingBy: 1)
            return range.lowerBound + (range.upperBound - range.lowerBound) * u
        }
    }

    @Test func sineAndCosineWithinAnEighthTurn() {
        var worst = 0.0
        for x in sweep(-0.7853981...0.7853981) {
            let (s, c) = Elementary.sincos(x)
            worst = max(worst, ulps(s, Glibc.sin(x)), ulps(c, Glibc.cos(x)))
        }
        #expect(worst <= 2, "\(worst) ulp")
    }

    @Test(arguments: [10.0, 1000, 1_000_000]) func sineAndCosineFarOut(_ limit: Double) {
        var worst = 0.0
        for x in sweep(-limit...limit) {
            worst = max(worst, (Elementary.sin(x) - Glibc.sin(x)).magnitude)
            worst = max(worst, (Elementary.cos(x) - Glibc.cos(x)).magnitude)
        }
        #expect(worst < 3e-16, "\(worst)")
    }

    @Test func sineBeyondItsRangeIsNotANumber() {
        #expect(Elementary.sin(1e7).isNaN)
        #expect(Elementary.cos(.infinity).isNaN)
        #expect(Elementary.sincos(.nan).sin.isNaN)
    }

    @Test func halfAnglesOfTheStrapdown() {
        var small = 0.0
        var large = 0.0
        for x in sweep(1e-9...0.125) {
            let (c, s) = Elementary.cosSinc(squared: x * x)
            small = max(small, ulps(c, Glibc.cos(x)), ulps(s, Glibc.sin(x) / x))
        }
        for x in sweep(0.12501...1.4) {
            let (c, s) = Elementary.cosSinc(squared: x * x)
            large = max(large, ulps(s, Glibc.sin(x) / x), (c - Glibc.cos(x)).magnitude / 1e-16)
        }
        #expect(small <= 2, "\(small) ulp")
        #expect(large <= 4, "\(large) ulp")
        #expect(Elementary.cosSinc(squared: 0) == (1, 1))
    }

    @Test func tangent() {
        var worst = 0.0
        for x in sweep(-1.5...1.5) { worst = max(worst, ulps(Elementary.tan(x), Glibc.tan(x))) }
        #expect(worst <= 6, "\(worst) ulp")
    }

    @Test func angleOfAPoint() {
        var worst = 0.0
        for (i, a) in sweep(-3.1415926...3.1415926).enumerated() {
            let r = Glibc.exp(Double(i % 400) - 200)
            let (x, y) = (r * Glibc.cos(a), r * Glibc.sin(a))
            let expected = Glibc.atan2(y, x)
            worst = max(worst, ((Elementary.atan2(y, x) - expected) / expected).magnitude)
        }
        #expect(worst < 1e-15, "\(worst)")
    }

    @Test func angleOfAPointOnTheAxes() {
        for y in [0.0, -0.0, 1, -1] {
            for x in [0.0, -0.0, 1, -1] {
                let (got, expected) = (Elementary.atan2(y, x), Glibc.atan2(y, x))
                #expect(
                    (got - expected).magnitude <= expected.ulp && got.sign == expected.sign,
                    "atan2(\(y), \(x))")
            }
        }
        #expect(Elementary.atan2(.nan, 1).isNaN)
        #expect(Elementary.atan2(1, .infinity).isNaN)
    }

    @Test func arcCosineAndSine() {
        var worst = 0.0
        for x in sweep(-1...1) + [1, -1, 0.9999999999, -0.9999999999, 1e-12] {
            let expected = (Glibc.acos(x), Glibc.asin(x))
            if expected.0 != 0 {
                worst = max(worst, ((Elementary.acos(x) - expected.0) / expected.0).magnitude)
            }
            worst = max(worst, ((Elementary.asin(x) - expected.1) / expected.1).magnitude)
        }
        #expect(worst < 2e-15, "\(worst)")
        #expect(Elementary.acos(1.5) == 0)
        #expect((Elementary.acos(-7) - Double.pi).magnitude < 1e-15)
        #expect(Elementary.acos(.nan).isNaN)
    }

    @Test func exponential() {
        var worst = 0.0
        for x in sweep(-708...709.7) + sweep(-1...1) {
            let expected = Glibc.exp(x)
            worst = max(worst, ((Elementary.exp(x) - expected) / expected).magnitude)
        }
        #expect(worst < 5e-16, "\(worst)")
        #expect(Elementary.exp(0) == 1)
        #expect(Elementary.exp(710) == .infinity)
        #expect(Elementary.exp(-800) == 0)
        #expect(Elementary.exp(.nan).isNaN)
    }

    @Test func logarithm() {
        var worst = 0.0
        for x in sweep(0.5...2) + sweep(1e-12...1e12) + sweep(-700...700).map({ Glibc.exp($0) }) + [
            .leastNonzeroMagnitude, 1e308,
        ] {
            let expected = Glibc.log(x)
            guard expected != 0 else { continue }
            worst = max(worst, ((Elementary.log(x) - expected) / expected).magnitude)
        }
        #expect(worst < 1e-15, "\(worst)")
        #expect(Elementary.log(1) == 0)
        #expect(Elementary.log(0) == -.infinity)
        #expect(Elementary.log(-1).isNaN)
        #expect(Elementary.log(.infinity) == .infinity)
    }
}
