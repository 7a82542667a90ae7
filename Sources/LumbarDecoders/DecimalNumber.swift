/// A decimal number as it stood in the text: exact, without a locale and without floating point.
///
/// Grammar: `[+-] digits [. digits] [e [+-] digits]`, with at least one digit before the exponent.
struct DecimalNumber: Equatable {
    /// The first nineteen significant digits.
    private(set) var mantissa: UInt64 = 0
    /// The value is `mantissa` times ten to this power (and a little more when digits were left out).
    private(set) var exponent = 0
    /// Whether a minus sign stood before it.
    private(set) var isNegative = false
    /// Whether there were more significant digits than `mantissa` holds.
    private(set) var leavesOutDigits = false

    /// Reads a number that begins at `index`, and moves `index` behind it; nil when there is none.
    @inline(__always)
    init?(_ text: UnsafeRawBufferPointer, from index: inout Int) {
        let end = text.count
        if index < end, text[index] == Ascii.minus || text[index] == Ascii.plus {
            isNegative = text[index] == Ascii.minus
            index += 1
        }
        let first = index
        while index < end, let digit = Ascii.digit(text[index]) {
            append(digit, isFraction: false)
            index += 1
        }
        var digits = index - first
        if index < end, text[index] == Ascii.point {
            index += 1
            let firstOfFraction = index
            while index < end, let digit = Ascii.digit(text[index]) {
                append(digit, isFraction: true)
                index += 1
            }
            digits += index - firstOfFraction
        }
        guard digits > 0 else { return nil }
        if index < end, text[index] | 0x20 == Ascii.letterE {
            index += 1
            guard readExponent(text, from: &index) else { return nil }
        }
    }

    @inline(__always)
    private mutating func append(_ digit: UInt64, isFraction: Bool) {
        if mantissa < 1_000_000_000_000_000_000 {
            mantissa = mantissa &* 10 &+ digit
            if isFraction { exponent &-= 1 }
        } else {
            if digit != 0 { leavesOutDigits = true }
            if !isFraction { exponent &+= 1 }
        }
    }

    private mutating func readExponent(_ text: UnsafeRawBufferPointer, from index: inout Int) -> Bool {
        var isNegative = false
        if index < text.count, text[index] == Ascii.minus || text[index] == Ascii.plus {
            isNegative = text[index] == Ascii.minus
            index += 1
        }
        let first = index
        var value = 0
        while index < text.count, let digit = Ascii.digit(text[index]) {
            // Far beyond any Double; stops short of overflow however many digits follow.
            if value < 100_000 { value = value * 10 + Int(digit) }
            index += 1
        }
        exponent += isNegative ? -value : value
        return index > first
    }
}

extension DecimalNumber {
    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18,
        1e19, 1e20, 1e21, 1e22,
    ]

    /// The nearest Double, or nil when digits or power are beyond what one exact operation can give.
    ///
    /// Mantissa and power are both exact Doubles, so the one multiplication or division rounds once, and correctly
    /// (W. D. Clinger, How to read floating point numbers accurately, 1990).
    @inline(__always)
    var exactDouble: Double? {
        guard !leavesOutDigits else { return nil }
        var mantissa = mantissa
        var exponent = exponent
        // Writers that always print eighteen decimals mostly print zeros.
        while mantissa > 1 << 53 {
            guard mantissa % 10 == 0 else { return nil }
            mantissa /= 10
            exponent += 1
        }
        let value: Double
        if exponent <= 0 {
            guard exponent >= -22 else { return mantissa == 0 ? (isNegative ? -0.0 : 0) : nil }
            value = Double(mantissa) / Self.powersOfTen[-exponent]
        } else {
            guard exponent <= 22 else { return mantissa == 0 ? (isNegative ? -0.0 : 0) : nil }
            value = Double(mantissa) * Self.powersOfTen[exponent]
        }
        return isNegative ? -value : value
    }

    /// The value times ten to `shift`, cut toward zero; nil when that does not fit.
    ///
    /// With `shift` 9 a number of seconds becomes whole nanoseconds without passing through a Double.
    @inline(__always)
    func integer(shiftedBy shift: Int) -> Int64? {
        var scaled = mantissa
        var power = exponent + shift
        if mantissa == 0 { return 0 }
        if power < -19 { return 0 }
        while power < 0 {
            scaled /= 10
            power += 1
        }
        while power > 0 {
            let (product, overflow) = scaled.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            scaled = product
            power -= 1
        }
        guard scaled <= UInt64(Int64.max) else { return nil }
        return isNegative ? -Int64(scaled) : Int64(scaled)
    }
}

/// The few characters that lines of numbers are made of.
enum Ascii {
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let hash = UInt8(ascii: "#")
    static let plus = UInt8(ascii: "+")
    static let comma = UInt8(ascii: ",")
    static let minus = UInt8(ascii: "-")
    static let point = UInt8(ascii: ".")
    static let letterE = UInt8(ascii: "e")

    /// The value of a digit, or nil when `byte` is none.
    @inline(__always)
    static func digit(_ byte: UInt8) -> UInt64? {
        let value = byte &- 0x30
        return value < 10 ? UInt64(value) : nil
    }

    /// Whether `byte` is a letter.
    static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    /// Whether `byte` is a blank within a line.
    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }
}
