extension DecimalText {
    /// Exact nanoseconds from a decimal number such as `12.34`, `-0.5` or `1e-05`; nil when it is none, or too large.
    ///
    /// `unitExponent` says what one unit is, as a power of ten in nanoseconds: 9 for seconds, 6 for milliseconds,
    /// 3 for microseconds, 0 for nanoseconds. Digits below the nanosecond are rounded half away from zero. No floating
    /// point is involved, so two times that are written alike are the same instant on every machine. Blanks around it
    /// are allowed.
    public static func nanoseconds(
        from bytes: UnsafeRawBufferPointer, unitExponent: Int = 9
    ) -> Int64? {
        var index = 0
        while index < bytes.count, isBlank(bytes[index]) { index += 1 }
        guard let number = DecimalNumber(bytes, from: &index) else { return nil }
        while index < bytes.count, isBlank(bytes[index]) { index += 1 }
        return index == bytes.count ? number.integer(shiftedBy: unitExponent) : nil
    }

    /// Exact nanoseconds from a decimal number of seconds; nil when it is none, or too large.
    public static func nanoseconds(fromSeconds text: String) -> Int64? {
        var copy = text
        return copy.withUTF8 { nanoseconds(from: UnsafeRawBufferPointer($0)) }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
