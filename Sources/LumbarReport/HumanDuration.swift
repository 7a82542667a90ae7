import LumbarCore

/// Lengths of time in the words people use: `45 s`, `32 min`, `1 h 05 min`.
public enum HumanDuration {
    /// `seconds` rounded down to what a person would say; `-` when it is not finite.
    ///
    /// Under a minute in seconds, under an hour in minutes, above that in hours and minutes.
    public static func text(seconds: Double) -> String {
        guard seconds.isFinite, seconds.magnitude < 9e15 else { return "-" }
        let whole = Int64(max(0, seconds))
        if whole < 60 { return "\(whole) s" }
        let minutes = whole / 60
        if minutes < 60 { return "\(minutes) min" }
        return "\(minutes / 60) h " + DecimalText.padded(minutes % 60, width: 2) + " min"
    }

    /// `span` rounded down to what a person would say.
    public static func text(_ span: Elapsed) -> String { text(seconds: span.seconds) }

    /// `seconds` as hours and minutes for a column of a table: `7:05`; `-` for nothing at all.
    public static func clock(seconds: Double) -> String {
        guard seconds.isFinite, seconds.magnitude < 9e15, seconds > 0 else { return "-" }
        let minutes = Int64((seconds / 60).rounded())
        return "\(minutes / 60):" + DecimalText.padded(minutes % 60, width: 2)
    }
}
