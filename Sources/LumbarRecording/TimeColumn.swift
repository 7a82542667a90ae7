import LumbarCore

/// Which column of a CSV is the time, and in what unit.
struct TimeColumn: Sendable {
    private var index: Int
    private var unitExponent: Int

    /// Finds the time among the names in `header`: `t_s`, `t_ms`, `t_us` or `t_ns`.
    init(header: UnsafeRawBufferPointer, number: Int) throws(RecordingError) {
        var found: (index: Int, exponent: Int)?
        let names = header.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        for (index, name) in names.enumerated() {
            if found == nil, let exponent = TimeColumn.exponent(ofName: name) { found = (index, exponent) }
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
            if line[i] == UInt8(ascii: ",") {
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
        // Blanks, quotes and a byte-order mark.
        let ignored: [UInt8] = [0x20, 0x09, 0x0D, 0x0A, 0x22, 0xEF, 0xBB, 0xBF]
        switch String(decoding: field.filter { !ignored.contains($0) }, as: UTF8.self).lowercased() {
        case "t_s": return 9
        case "t_ms": return 6
        case "t_us": return 3
        case "t_ns": return 0
        default: return nil
        }
    }
}
