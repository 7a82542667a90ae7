import LumbarCore

/// Which column of a CSV is the time, and in what unit.
struct TimeColumn: Sendable {
    private var index: Int
    private var separator: UInt8
    private var unitExponent: Int

    /// Finds the time among the names in `header`: `t_s`, `time_s`, or either with `_ms`, `_us`, `_ns`.
    init(header: UnsafeRawBufferPointer, number: Int) throws(RecordingError) {
        var found: (index: Int, exponent: Int)?
        let separator = [",", "\t", ";"].map { UInt8(ascii: $0) }.first { header.contains($0) }
        self.separator = separator ?? UInt8(ascii: ",")
        for (index, field) in header.split(separator: self.separator, omittingEmptySubsequences: false)
            .enumerated()
        {
            if found == nil, let exponent = TimeColumn.exponent(ofName: field) { found = (index, exponent) }
        }
        guard let found else {
            throw RecordingError(
                line: number, "no column is the time",
                advice: "name one t_s, in seconds (or t_ms, t_us, t_ns): t_s,ax_g,ay_g,az_g")
        }
        index = found.index
        unitExponent = found.exponent
    }

    /// The time in `line`, or nil when it cannot be read.
    func time(in line: UnsafeRawBufferPointer) -> Instant? {
        var start = line.startIndex
        var column = 0
        var i = start
        while i < line.endIndex, line[i] != UInt8(ascii: "\n") {
            if line[i] == separator {
                if column == index { break }
                column += 1
                start = i + 1
            }
            i += 1
        }
        guard column == index else { return nil }
        let field = UnsafeRawBufferPointer(rebasing: line[start..<i])
        guard let nanoseconds = DecimalText.nanoseconds(from: field, unitExponent: unitExponent) else {
            return nil
        }
        let time = Instant(nanoseconds: nanoseconds)
        return RecordingFormat.instants.contains(time) ? time : nil
    }

    private static func exponent(ofName field: Slice<UnsafeRawBufferPointer>) -> Int? {
        let ignored: [UInt8] = [0x20, 0x0D, 0x0A, 0x22, 0xEF, 0xBB, 0xBF]  // blanks, quotes, byte-order mark
        let name = String(decoding: field.filter { !ignored.contains($0) }, as: UTF8.self).lowercased()
        switch name {
        case "t_s", "time_s": return 9
        case "t_ms", "time_ms": return 6
        case "t_us", "time_us": return 3
        case "t_ns", "time_ns": return 0
        default: return nil
        }
    }
}
