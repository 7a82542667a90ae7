extension Elementary {
    /// (atan x − x)/x³ as a polynomial in t = x², for |x| ≤ tan(π/8); absolute error below 5e-17.
    ///
    /// Evaluated in three interleaved parts: a plain Horner chain would be twice as slow.
    @inlinable
    @inline(__always)
    static func arctangentRemainder(_ t: Double) -> Double {
        let t2 = t * t
        let t4 = t2 * t2
        let a =
            (-0.3333333333333333 + t * 0.1999999999999548) + t2
            * (-0.14285714284657894 + t * 0.11111111014561013)
        let b =
            (-0.09090904549884611 + t * 0.07692182535116648) + t2
            * (-0.06664502215671447 + t * 0.058580687568615106)
        let c = (-0.05085030492810941 + t * 0.03921955253255129) + t2 * -0.019162068915902573
        return a + t4 * (b + t4 * c)
    }

    /// The angle of the point (x, y) in radians, −π...π: relative error below 1e-15.
    ///
    /// Follows libm for zeros and their signs. Arguments are zero or between 1e-150 and 1e150 in size; infinities and
    /// NaN give NaN.
    @inlinable
    public static func atan2(_ y: Double, _ x: Double) -> Double {
        let ax = x.magnitude
        let ay = y.magnitude
        guard (ax + ay).isFinite else { return .nan }
        let large = ax > ay ? ax : ay
        let small = ax > ay ? ay : ax
        var angle = 0.0
        if large > 0 {
            // Fold [0, 1] to |z| ≤ tan(π/8) around π/4; one division either way.
            let folds = small > 0.41421356237309503 * large
            let z = folds ? (small - large) / (small + large) : small / large
            let t = z * z
            let a = z + z * (t * arctangentRemainder(t))
            angle = folds ? 0.7853981633974483 + (a + 3.061616997868383e-17) : a
        }
        if ay > ax { angle = 1.5707963267948966 - (angle - 6.123233995736766e-17) }
        if x.sign == .minus { angle = 3.141592653589793 - (angle - 1.2246467991473532e-16) }
        return y.sign == .minus ? -angle : angle
    }

    /// Arc cosine of `x` in radians, 0...π: relative error below 2e-15; arguments outside −1...1 count as ±1, NaN stays NaN.
    @inlinable
    public static func acos(_ x: Double) -> Double {
        let c = x > 1 ? 1 : (x < -1 ? -1 : x)
        return atan2(((1 - c) * (1 + c)).squareRoot(), c)
    }

    /// Arc sine of `x` in radians, −π/2...π/2: relative error below 2e-15; arguments outside −1...1 count as ±1, NaN
    /// stays NaN.
    @inlinable
    public static func asin(_ x: Double) -> Double {
        let s = x > 1 ? 1 : (x < -1 ? -1 : x)
        return atan2(s, ((1 - s) * (1 + s)).squareRoot())
    }
}
