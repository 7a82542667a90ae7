extension DecimalText {
    /// Exact nanoseconds from a decimal number such as `12.34`, `-0.5` or `1e-05`; nil when it is none, or too large.
    ///
    /// `unitExponent` says what one unit is, as a power of ten in nanoseconds: 9 for seconds, 6 for milliseconds,
    /// 3 for microseconds, 0 for nanoseconds. Digits below the nanosecond are rounded half away from zero. No floating point is
    /// involved, so two times that are written alike are the same instant on every machine. Blanks around it are allowed.
    public static func nanoseconds(
        from bytes: UnsafeRawBufferPointer, unitExponent: Int = 9
    ) -> Int64? {
        var number = ExactDecimal()
        guard number.read(bytes) else { return nil }
        return number.scaled(byPowerOfTen: unitExponent)
    }

    /// Exact nanoseconds from a decimal number of seconds; nil when it is none, or too large.
    public static func nanoseconds(fromSeconds text: String) -> Int64? {
        var copy = text
        return copy.withUTF8 { nanoseconds(from: UnsafeRawBufferPointer($0)) }
    }
}

/// A decimal number as whole digits and a power of ten.
private struct ExactDecimal {
    private var isNegative = false
    private var digits: UInt64 = 0
    private var exponent = 0
    // Nineteen digits always fit: enough for nanoseconds since 1970. What follows them changes no nanosecond.
    private static let mostDigits: UInt64 = 1_000_000_000_000_000_000

    mutating func read(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var i = bytes.startIndex
        var end = bytes.endIndex
        while i < end, isBlank(bytes[i]) { i += 1 }
        while end > i, isBlank(bytes[end - 1]) { end -= 1 }
        if i < end, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
            isNegative = bytes[i] == UInt8(ascii: "-")
            i += 1
        }
        guard readDigits(bytes, &i, end) else { return false }
        return i == end || readExponent(bytes, &i, end)
    }

    private mutating func readDigits(_ bytes: UnsafeRawBufferPointer, _ i: inout Int, _ end: Int) -> Bool {
        var seen = false
        var inFraction = false
        while i < end {
            let byte = bytes[i]
            if byte == UInt8(ascii: "."), !inFraction {
                inFraction = true
            } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                seen = true
                if digits < Self.mostDigits {
                    digits = digits * 10 + UInt64(byte - UInt8(ascii: "0"))
                    exponent -= inFraction ? 1 : 0
                } else {
                    exponent += inFraction ? 0 : 1
                }
            } else {
                break
            }
            i += 1
        }
        return seen
    }

    private mutating func readExponent(_ bytes: UnsafeRawBufferPointer, _ i: inout Int, _ end: Int) -> Bool {
        guard bytes[i] == UInt8(ascii: "e") || bytes[i] == UInt8(ascii: "E") else { return false }
        i += 1
        var down = false
        if i < end, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
            down = bytes[i] == UInt8(ascii: "-")
            i += 1
        }
        guard i < end else { return false }
        var value = 0
        while i < end {
            guard bytes[i] >= UInt8(ascii: "0"), bytes[i] <= UInt8(ascii: "9") else { return false }
            value = min(value * 10 + Int(bytes[i] - UInt8(ascii: "0")), 1_000_000)
            i += 1
        }
        exponent += down ? -value : value
        return true
    }

    func scaled(byPowerOfTen power: Int) -> Int64? {
        guard digits != 0 else { return 0 }
        var value = digits
        var steps = exponent + power
        // A tie is decided by the last digit taken off: those before it are gone, and only make it smaller than it is.
        var roundsUp = false
        while steps < 0 {
            roundsUp = value % 10 >= 5
            value /= 10
            steps += 1
            if value == 0, steps < 0 { return 0 }
        }
        while steps > 0 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow, product <= UInt64(Int64.max) else { return nil }
            value = product
            steps -= 1
        }
        if roundsUp { value += 1 }
        guard value <= UInt64(Int64.max) else { return nil }
        return isNegative ? -Int64(value) : Int64(value)
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
