import LumbarCore
import LumbarReport

/// Moments as in RFC 3339, read and written: `2026-11-21T11:14:03+01:00`, `2026-11-21T10:14:03.5Z`.
public enum StandardTime {
    /// The moment `text` tells; nil when it tells none. Seconds may be left out, parts of them are passed over.
    public static func wall(_ text: String) -> WallTime? {
        let bytes = Array(text.utf8)
        guard (17...40).contains(bytes.count), bytes[10] == UInt8(ascii: "T") || bytes[10] == 0x20 else {
            return nil
        }
        guard let date = date(bytes[..<10]) else { return nil }
        let rest = bytes[11...]
        let isZone: (UInt8) -> Bool = { $0 == 0x5A || $0 == 0x2B || $0 == 0x2D }
        guard let zone = rest.firstIndex(where: isZone), let offset = offset(bytes[zone...]) else {
            return nil
        }
        guard let second = clock(rest[..<zone]) else { return nil }
        return WallTime(unixSeconds: date.daysSinceEpoch * 86_400 + Int64(second - offset))
    }

    /// The moment in UTC, to the second.
    public static func text(_ wall: WallTime) -> String { LocalTimeText.standard(wall, zone: .utc) }

    private static func date(_ bytes: ArraySlice<UInt8>) -> CivilDate? {
        let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, let year = number(parts[0]), let month = two(parts[1]),
            let day = two(parts[2])
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        // The 31st of June comes back as the 1st of July.
        return CivilDate(daysSinceEpoch: date.daysSinceEpoch) == date ? date : nil
    }

    private static func clock(_ bytes: ArraySlice<UInt8>) -> Int? {
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let hour = two(parts[0]), let minute = two(parts[1])
        else {
            return nil
        }
        guard hour < 24, minute < 60 else { return nil }
        guard parts.count == 3 else { return hour * 3600 + minute * 60 }
        let fraction = parts[2].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard fraction.count <= 2, let first = fraction.first, let second = two(first), second < 60 else {
            return nil
        }
        if fraction.count == 2, number(fraction[1]) == nil { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// Seconds east of UTC of `Z` or `+01:00`.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let sign = bytes.first else { return nil }
        if sign == UInt8(ascii: "Z") { return bytes.count == 1 ? 0 : nil }
        let parts = bytes.dropFirst().split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, let hours = two(parts[0]), let minutes = two(parts[1]), hours < 24,
            minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }

    private static func two(_ bytes: ArraySlice<UInt8>) -> Int? { bytes.count == 2 ? number(bytes) : nil }

    /// One to nine plain digits.
    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard (1...9).contains(bytes.count) else { return nil }
        var value = 0
        for byte in bytes {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }
}
