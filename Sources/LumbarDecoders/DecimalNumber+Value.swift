import LumbarCore

extension DecimalNumber {
    /// The value, within a unit in the last place or two, whatever was written; nil beyond what any sensor sends.
    ///
    /// Exact in nearly all cases, see `exactDouble`; longer numbers are rounded in a few steps, the same on every machine
    /// and without an allocation.
    var value: Double? {
        if let exactDouble { return exactDouble }
        guard exponent <= 40 else { return mantissa == 0 ? 0 : nil }
        guard exponent >= -80 else { return 0 }
        var value = Double(mantissa)
        var power = exponent
        while power > 0 {
            let step = min(power, 22)
            value *= Self.tens(step)
            power -= step
        }
        while power < 0 {
            let step = min(-power, 22)
            value /= Self.tens(step)
            power += step
        }
        return isNegative ? -value : value
    }

    private static func tens(_ n: Int) -> Double {
        var value = 1.0
        for _ in 0..<n { value *= 10 }
        return value
    }
}
