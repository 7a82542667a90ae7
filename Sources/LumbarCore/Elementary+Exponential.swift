extension Elementary {
    /// e to the power `x`: relative error below 5e-16 where the result is a normal number.
    ///
    /// Infinity above 709.78, 0 below −708.39 (subnormal results are flushed), NaN for NaN.
    @inlinable
    public static func exp(_ x: Double) -> Double {
        guard x == x else { return .nan }
        if x > 709.78 { return .infinity }
        if x < -708.39 { return 0 }
        let k = (x * 1.4426950408889634).rounded()
        let r = ((x - k * 0.6931471804855391) - k * 7.440617109802979e-11) - k * 2.0941744292700725e-21
        // (e^r − 1 − r)/r² for |r| ≤ ln(2)/2, absolute error below 3e-18.
        let high =
            2.755725517000089e-06 + r
            * (2.755727347871858e-07 + r * (2.5105312729622103e-08 + r * 2.09147553258932e-09))
        let low = 0.0013888888888883711 + r * (0.0001984126987500228 + r * (2.480158732567746e-05 + r * high))
        let e =
            0.5 + r * (0.1666666666666667 + r * (0.04166666666666667 + r * (0.008333333333326084 + r * low)))
        let p = 1 + (r + r * r * e)
        // 2^k in two factors, because k may be 1024.
        let half = Int(k) >> 1
        return p * powerOfTwo(half) * powerOfTwo(Int(k) - half)
    }

    /// 2 to the power `k` for |k| ≤ 1022, exactly.
    @inlinable
    @inline(__always)
    static func powerOfTwo(_ k: Int) -> Double {
        Double(bitPattern: UInt64(bitPattern: Int64(k + 1023)) << 52)
    }

    /// Natural logarithm of `x`: relative error below 1e-15, near 1 too.
    ///
    /// −infinity for 0, NaN for negative numbers and NaN, infinity for infinity.
    @inlinable
    public static func log(_ x: Double) -> Double {
        guard x > 0 else { return x == 0 ? -.infinity : .nan }
        guard x.isFinite else { return .infinity }
        var m = x.significand
        var k = Double(x.exponent)
        if m > 1.4142135623730951 {
            m *= 0.5
            k += 1
        }
        // log m = f − f²/2 + s (f²/2 + remainder) with f = m − 1 exact and s = f/(2 + f): the leading term has no rounding.
        let f = m - 1
        let s = f / (2 + f)
        let t = s * s
        let high =
            0.18181795547521137 + t
            * (0.15386244737621665 + t * (0.13268638369266825 + t * 0.13088034850927555))
        let l =
            0.6666666666666666 + t
            * (0.40000000000000885 + t * (0.28571428570799784 + t * (0.22222222392581045 + t * high)))
        let half = 0.5 * f * f
        let tail = s * (half + t * l) + k * 1.9082149292705877e-10
        return k * 0.6931471803691238 + (f - (half - tail))
    }
}
