/// Locale-free printing of numbers: the same bytes on every machine.
public enum DecimalText {
    /// `value` rounded half away from zero to `decimals` places (0...9); `nan` when it is not finite.
    public static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite else { return "nan" }
        precondition((0...9).contains(decimals), "between 0 and 9 decimals")
        var scale: Int64 = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (value.magnitude * Double(scale)).rounded(.toNearestOrAwayFromZero)
        guard scaled < 9e18 else { return value < 0 ? "-inf" : "inf" }
        let units = Int64(scaled)
        let sign = value < 0 && units != 0 ? "-" : ""
        guard decimals > 0 else { return sign + String(units) }
        return sign + String(units / scale) + "." + padded(units % scale, width: decimals)
    }

    /// `value` with leading zeros up to `width` digits; a sign comes first.
    public static func padded(_ value: Int64, width: Int) -> String {
        let digits = String(value.magnitude)
        let zeros = String(repeating: "0", count: max(0, width - digits.count))
        return (value < 0 ? "-" : "") + zeros + digits
    }

    /// Nanoseconds as seconds with exactly nine decimals, exactly.
    public static func seconds(nanoseconds: Int64) -> String {
        let magnitude = nanoseconds.magnitude
        return (nanoseconds < 0 ? "-" : "") + String(magnitude / 1_000_000_000) + "."
            + padded(Int64(magnitude % 1_000_000_000), width: 9)
    }
}
