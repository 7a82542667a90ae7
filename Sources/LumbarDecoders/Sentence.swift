import LumbarCore

/// `$TALKER,field,field*hh`: the framing that NMEA 0183 and VectorNav's ASCII messages share.
///
/// `hh` are two hexadecimal digits: the exclusive or of all bytes between `$` and `*`.
struct Sentence: Sendable {
    /// What a line turned out to be.
    enum Verdict {
        /// A sentence, with its text between `$` and `*`.
        case whole(Range<Int>)
        /// A sentence that something happened to.
        case badChecksum
        /// A sentence that breaks off.
        case badLength
        /// No sentence.
        case other
    }

    /// Judges `line`, without its line end. It begins at the last `$`: one before it lost its line end.
    ///
    /// `mayBeUnchecked`: whether `*XX` stands for a checksum that was left out, as VectorNav has it.
    static func judge(_ line: UnsafeRawBufferPointer, mayBeUnchecked: Bool = false) -> Verdict {
        var start = line.count - 1
        while start >= 0, line[start] != UInt8(ascii: "$") { start -= 1 }
        guard start >= 0 else { return .other }
        var sum: UInt8 = 0
        var index = start + 1
        while index < line.count, line[index] != UInt8(ascii: "*") {
            sum ^= line[index]
            index += 1
        }
        guard line.count == index + 3 else { return .badLength }
        if mayBeUnchecked, line[index + 1] == UInt8(ascii: "X"), line[index + 2] == UInt8(ascii: "X") {
            return .whole(start + 1..<index)
        }
        guard let high = Ascii.hexadecimal(line[index + 1]), let low = Ascii.hexadecimal(line[index + 2]),
            high << 4 | low == sum
        else { return .badChecksum }
        return .whole(start + 1..<index)
    }

    /// The place of the `*` of a line whose checksum fits, or nil.
    static func body(of line: UnsafeRawBufferPointer) -> Int? {
        if case .whole(let range) = judge(line) { range.upperBound } else { nil }
    }
}

/// The fields of a sentence, from the left.
struct SentenceFields {
    private let line: UnsafeRawBufferPointer
    private var index: Int
    private let end: Int
    private var isOver = false

    init(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) {
        self.line = line
        index = range.lowerBound
        end = range.upperBound
    }

    /// The next field with the blanks around it dropped, or nil behind the last.
    mutating func next() -> UnsafeRawBufferPointer? {
        guard !isOver else { return nil }
        var start = index
        while index < end, line[index] != Ascii.comma { index += 1 }
        var stop = index
        if index < end { index += 1 } else { isOver = true }
        while start < stop, Ascii.isBlank(line[start]) { start += 1 }
        while stop > start, Ascii.isBlank(line[stop - 1]) { stop -= 1 }
        return UnsafeRawBufferPointer(rebasing: line[start..<stop])
    }

    /// What a field is as a number.
    enum Number {
        case empty
        case value(Double)
        case malformed
    }

    /// The number in `field`, which fills it.
    static func number(_ field: UnsafeRawBufferPointer) -> Number {
        guard !field.isEmpty else { return .empty }
        var index = 0
        guard let number = DecimalNumber(field, from: &index), index == field.count, let value = number.value
        else { return .malformed }
        return .value(value)
    }

    /// The next field as a number, or nil when it is none.
    mutating func number() -> Double? {
        guard let field = next(), case .value(let value) = Self.number(field) else { return nil }
        return value
    }

    /// The next three fields as a vector.
    mutating func vector() -> Vector3<SensorFrame>? {
        guard let x = number(), let y = number(), let z = number() else { return nil }
        return Vector3(x, y, z)
    }
}

extension UnsafeRawBufferPointer {
    /// Whether the bytes are those of `text`.
    func isText(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in 0..<count where self[index] != text.utf8Start[index] { return false }
        return true
    }
}
