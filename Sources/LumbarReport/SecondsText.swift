import LumbarCore

/// Times of a stream as seconds with four decimals, exactly rounded from nanoseconds.
enum SecondsText {
    /// `span` in seconds, rounded half away from zero to 0.1 ms.
    static func fixed(_ span: Elapsed) -> String {
        let tenths = (span.nanoseconds.magnitude + 50_000) / 100_000
        let sign = span.nanoseconds < 0 && tenths != 0 ? "-" : ""
        return sign + String(tenths / 10_000) + "." + DecimalText.padded(Int64(tenths % 10_000), width: 4)
    }
}
