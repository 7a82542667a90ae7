import LumbarCore

/// Bytes, texts and times as a recording spells them, both ways.
enum RecordingText {
    // MARK: Free text

    /// Bytes of escaped text after which it is cut, so that a line stays within its bound.
    private static let longestText = 3900

    /// `text` with everything unsafe on a terminal escaped: it fits on a line, and reads back the same.
    static func escaped(_ text: String) -> String {
        var out = ""
        var scalars = text.unicodeScalars[...]
        // Blanks at the ends would be lost to the reader, and to editors.
        var tail = ""
        while scalars.last == " ", tail.utf8.count < longestText {
            scalars.removeLast()
            tail += "\\x20"
        }
        var isFirst = true
        for scalar in scalars {
            if scalar == "\\" {
                out += "\\\\"
            } else if Printable.isSafe(scalar), !(isFirst && scalar == " ") {
                out.unicodeScalars.append(scalar)
            } else {
                for byte in String(scalar).utf8 { out += "\\x" + hexText(byte) }
            }
            isFirst = false
            if out.utf8.count > longestText { return out }
        }
        return out + tail
    }

    /// `text` escaped as one word: without blanks, and `-` when it is empty.
    static func escapedWord(_ text: String) -> String {
        if text.isEmpty { return "-" }
        if text == "-" { return "\\x2d" }
        return String(
            escaped(text).split(separator: " ", omittingEmptySubsequences: false).joined(separator: "\\x20"))
    }

    /// The text that `escapedWord` gave `bytes` for.
    static func unescapedWord(_ word: Substring) -> String? {
        if word == "-" { return "" }
        return unescaped(Array(word.utf8)[...])
    }

    /// The text that `escaped` gave `bytes` for; nil for a bad escape or bytes that are not UTF-8.
    static func unescaped(_ bytes: ArraySlice<UInt8>) -> String? {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var i = bytes.startIndex
        while i < bytes.endIndex {
            let byte = bytes[i]
            i += 1
            guard byte == UInt8(ascii: "\\") else {
                out.append(byte)
                continue
            }
            guard i < bytes.endIndex else { return nil }
            let kind = bytes[i]
            i += 1
            if kind == UInt8(ascii: "\\") {
                out.append(kind)
            } else {
                guard kind == UInt8(ascii: "x"), i + 1 < bytes.endIndex,
                    let high = hexDigit(bytes[i]), let low = hexDigit(bytes[i + 1])
                else { return nil }
                out.append(high << 4 | low)
                i += 2
            }
        }
        return String(validating: out, as: UTF8.self)
    }

    // MARK: Chunks

    /// Whether a chunk can be written as quoted text.
    static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    }

    /// Appends `byte` of a plain chunk as it stands between quotes.
    static func appendQuoted(_ byte: UInt8, to out: inout [UInt8]) {
        let escape: UInt8
        switch byte {
        case 0x0A: escape = UInt8(ascii: "n")
        case 0x0D: escape = UInt8(ascii: "r")
        case 0x09: escape = UInt8(ascii: "t")
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): escape = byte
        default:
            out.append(byte)
            return
        }
        out.append(UInt8(ascii: "\\"))
        out.append(escape)
    }

    /// Appends the bytes between the quotes of `text` to `chunk`; says what is wrong otherwise.
    static func readQuoted(_ text: Slice<UnsafeRawBufferPointer>, into chunk: inout [UInt8]) -> String? {
        let quote = UInt8(ascii: "\"")
        guard text.count >= 2, text.first == quote, text.last == quote else { return "text is not in quotes" }
        var i = text.startIndex + 1
        let end = text.endIndex - 1
        while i < end {
            let byte = text[i]
            i += 1
            guard byte == UInt8(ascii: "\\") else {
                guard byte != quote, (0x20...0x7E).contains(byte) else {
                    return "a character that must be escaped, or written as data"
                }
                chunk.append(byte)
                continue
            }
            guard i < end, let plain = plainByte(escapedAs: text[i]) else { return "an unknown escape" }
            chunk.append(plain)
            i += 1
        }
        return nil
    }

    private static func plainByte(escapedAs letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): letter
        default: nil
        }
    }

    /// Appends the bytes that `text` spells in hexadecimal to `chunk`; says what is wrong otherwise.
    static func readHex(_ text: Slice<UnsafeRawBufferPointer>, into chunk: inout [UInt8]) -> String? {
        guard text.count % 2 == 0 else { return "an odd number of hexadecimal digits" }
        var i = text.startIndex
        while i < text.endIndex {
            guard let high = hexDigit(text[i]), let low = hexDigit(text[i + 1]) else {
                return "not a hexadecimal digit"
            }
            chunk.append(high << 4 | low)
            i += 2
        }
        return nil
    }

    /// Appends `byte` as two hexadecimal digits.
    static func appendHex(_ byte: UInt8, to out: inout [UInt8]) {
        out.append(hexLetter(byte >> 4))
        out.append(hexLetter(byte & 15))
    }

    private static func hexText(_ byte: UInt8) -> String {
        String(Character(Unicode.Scalar(hexLetter(byte >> 4))))
            + String(Character(Unicode.Scalar(hexLetter(byte & 15))))
    }

    private static func hexLetter(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    // MARK: Wall time

    /// `2026-11-21T09:14:00.000000000Z`.
    static func wallText(_ time: WallTime) -> String {
        let seconds = time.unixSeconds
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let ofDay = seconds - days * 86_400
        // Wraps on purpose at the first moment that fits: the seconds were rounded down.
        let fraction = time.nanoseconds &- seconds &* 1_000_000_000
        return CivilDate(daysSinceEpoch: days).description + "T"
            + DecimalText.padded(ofDay / 3600, width: 2) + ":"
            + DecimalText.padded(ofDay / 60 % 60, width: 2) + ":" + DecimalText.padded(ofDay % 60, width: 2)
            + "." + DecimalText.padded(fraction, width: 9) + "Z"
    }

    /// The moment that `wallText` spells, fractions of any length up to nine digits; nil for anything else.
    static func wallTime(_ text: Substring) -> WallTime? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 30, bytes.last == UInt8(ascii: "Z") else { return nil }
        for (place, mark) in zip([4, 7, 10, 13, 16], "--T::".utf8) where bytes[place] != mark { return nil }
        guard let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
            let day = number(bytes[8..<10]),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
            let second = number(bytes[17..<19]), hour < 24, minute < 60, second < 60
        else { return nil }
        // The days must come back the same: this refuses the 31st of June and a month 13.
        let date = CivilDate(year: Int(year), month: Int(month), day: Int(day))
        guard (1...12).contains(date.month), CivilDate(daysSinceEpoch: date.daysSinceEpoch) == date,
            let fraction = fractionOfSecond(bytes[19..<(bytes.count - 1)])
        else { return nil }
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = whole.addingReportingOverflow(fraction)
        return overflow || carry ? nil : WallTime(nanoseconds: sum)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        var value: Int64 = 0
        for digit in digits {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return value
    }

    private static func fractionOfSecond(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard let first = digits.first else { return 0 }
        guard first == UInt8(ascii: "."), digits.count >= 2, var value = number(digits.dropFirst()) else {
            return nil
        }
        for _ in digits.count..<10 { value *= 10 }
        return value
    }
}
