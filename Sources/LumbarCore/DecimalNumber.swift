/// A decimal number as it stood in the text: exact, without a locale and without floating point.
///
/// Grammar: `[+-] digits [. digits] [e [+-] digits]`, with at least one digit before the exponent.
@frozen
public struct DecimalNumber: Equatable, Sendable {
    /// The first nineteen significant digits.
    public var mantissa: UInt64 = 0
    /// The value is `mantissa` times ten to this power (and a little more when digits were left out).
    public var exponent = 0
    /// Whether a minus sign stood before it.
    public var isNegative = false
    /// Whether significant digits other than zero follow those in `mantissa`.
    public var leavesOutDigits = false
    /// The digit that follows those in `mantissa`, by which they are rounded.
    public var firstDigitLeftOut: UInt8 = 0

    /// Reads a number that begins at `index`, and moves `index` behind it; nil when there is none.
    @inlinable @inline(__always)
    public init?(_ text: UnsafeRawBufferPointer, from index: inout Int) {
        let end = text.count
        if index < end, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
            isNegative = text[index] == UInt8(ascii: "-")
            index += 1
        }
        let first = index
        mantissa = DecimalNumber.digits(text, from: &index, onto: 0)
        var count = index - first
        if index < end, text[index] == UInt8(ascii: ".") {
            index += 1
            let firstOfFraction = index
            mantissa = DecimalNumber.digits(text, from: &index, onto: mantissa)
            exponent = firstOfFraction - index
            count += index - firstOfFraction
        }
        guard count > 0 else { return nil }
        // Nineteen digits fit a mantissa whatever they are.
        if count > 19 { recount(text, first..<index) }
        if index < end, text[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            guard readExponent(text, from: &index) else { return nil }
        }
    }

    /// Appends digits to `mantissa` without asking whether they fit.
    @inlinable
    static func digits(
        _ text: UnsafeRawBufferPointer, from index: inout Int, onto mantissa: UInt64
    ) -> UInt64 {
        var mantissa = mantissa
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            index += 1
        }
        return mantissa
    }

    /// Reads the digits again, keeping the first significant ones and the place of the point.
    @usableFromInline
    mutating func recount(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) {
        mantissa = 0
        exponent = 0
        var isFraction = false
        var hasLeftOut = false
        for byte in text[range] {
            guard byte != UInt8(ascii: ".") else {
                isFraction = true
                continue
            }
            let digit = UInt64(byte - UInt8(ascii: "0"))
            if mantissa < 1_000_000_000_000_000_000 {
                mantissa = mantissa * 10 + digit
                if isFraction { exponent -= 1 }
            } else {
                if !hasLeftOut { firstDigitLeftOut = UInt8(digit) }
                hasLeftOut = true
                if digit != 0 { leavesOutDigits = true }
                if !isFraction { exponent += 1 }
            }
        }
    }

    @usableFromInline
    mutating func readExponent(_ text: UnsafeRawBufferPointer, from index: inout Int) -> Bool {
        var isDown = false
        if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
            isDown = text[index] == UInt8(ascii: "-")
            index += 1
        }
        let first = index
        var value = 0
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            // Far beyond any Double; stops short of overflow however many digits follow.
            if value < 100_000 { value = value * 10 + Int(digit) }
            index += 1
        }
        exponent += isDown ? -value : value
        return index > first
    }
}

extension DecimalNumber {
    /// The nearest Double, or nil when digits or power are beyond what one exact operation can give.
    ///
    /// Mantissa and power are both exact Doubles, so the one multiplication or division rounds once, and correctly
    /// (W. D. Clinger, How to read floating point numbers accurately, 1990).
    @inlinable @inline(__always)
    public var exactDouble: Double? {
        guard !leavesOutDigits else { return nil }
        var mantissa = mantissa
        var exponent = exponent
        // Writers that always print eighteen decimals mostly print zeros.
        while mantissa > 1 << 53 {
            guard mantissa % 10 == 0 else { return nil }
            mantissa /= 10
            exponent += 1
        }
        if mantissa == 0 { return isNegative ? -0.0 : 0 }
        guard exponent >= -22, exponent <= 22 else { return nil }
        let power = DecimalNumber.powerOfTen(exponent < 0 ? -exponent : exponent)
        let value = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
        return isNegative ? -value : value
    }

    /// The value times ten to `shift`, rounded half away from zero; nil when that does not fit.
    ///
    /// With `shift` 9 a number of seconds becomes whole nanoseconds without passing through a Double.
    @inlinable
    public func integer(shiftedBy shift: Int) -> Int64? {
        guard mantissa != 0 else { return 0 }
        var scaled = mantissa
        var power = exponent + shift
        if power < -20 { return 0 }
        // The last digit taken off decides: those before it are below it, and one half is already away from zero.
        var lastDigit = UInt64(firstDigitLeftOut)
        while power < 0 {
            (scaled, lastDigit) = scaled.quotientAndRemainder(dividingBy: 10)
            power += 1
        }
        while power > 0 {
            let (product, overflow) = scaled.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            scaled = product
            power -= 1
        }
        if lastDigit >= 5 { scaled += 1 }
        guard scaled <= UInt64(Int64.max) else { return nil }
        return isNegative ? -Int64(scaled) : Int64(scaled)
    }

    /// Ten to the power `n` for 0...22, the powers that are exact Doubles; a switch, because it inlines as a table.
    @inlinable
    static func powerOfTen(_ n: Int) -> Double {
        switch n {
        case 0: 1e0
        case 1: 1e1
        case 2: 1e2
        case 3: 1e3
        case 4: 1e4
        case 5: 1e5
        case 6: 1e6
        case 7: 1e7
        case 8: 1e8
        case 9: 1e9
        case 10: 1e10
        case 11: 1e11
        case 12: 1e12
        case 13: 1e13
        case 14: 1e14
        case 15: 1e15
        case 16: 1e16
        case 17: 1e17
        case 18: 1e18
        case 19: 1e19
        case 20: 1e20
        case 21: 1e21
        default: 1e22
        }
    }
}
