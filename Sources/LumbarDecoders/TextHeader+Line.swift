import LumbarCore

/// What a line of numbers turned out to be.
public enum TextLineOutcome: Sendable, Equatable {
    /// A reading.
    case reading(Reading)
    /// The number of cells is not that of the header.
    case badLength
    /// A needed cell is not a number, or the numbers cannot be true.
    case insane
}

extension TextHeader {
    /// Beyond any sensor people wear, in g: a larger value means a wrong unit or a damaged line.
    static let largestAcceleration = 256.0
    /// Beyond any gyroscope on a chip, in rad/s (5730 deg/s).
    static let largestRate = 100.0

    /// Reads one line of numbers without its line end.
    ///
    /// Every column of the header must have its cell; one empty cell may follow (a trailing comma). A line with more is
    /// refused, as two lines run together by a lost line end look just so. Empty gyroscope cells give a reading without
    /// angular rate. The time is rounded to whole nanoseconds and never passes through floating point.
    public func reading(fromLine line: UnsafeRawBufferPointer, at arrival: Instant) -> TextLineOutcome {
        var cells = Cells()
        guard scan(line, into: &cells) else { return .badLength }
        guard !cells.isMalformed, let time = cells.time, cells.found & 0b111 == 0b111 else { return .insane }
        let hasRate = cells.found & 0b111_000 == 0b111_000
        let acceleration = Vector3<SensorFrame>(cells.values.0, cells.values.1, cells.values.2)
        let rate =
            hasRate ? Vector3<SensorFrame>(cells.values.3, cells.values.4, cells.values.5) : .zero
        guard Self.isWithin(Self.largestAcceleration, acceleration), acceleration != .zero,
            Self.isWithin(Self.largestRate, rate)
        else { return .insane }
        return .reading(
            Reading(
                acceleration: acceleration, angularRate: rate, hasAngularRate: hasRate,
                deviceNanoseconds: time, arrival: arrival))
    }

    /// The numbers of one line by role, and which were there.
    private struct Cells {
        var values = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        var found: UInt8 = 0
        var time: Int64?
        var isMalformed = false
    }

    /// False for NaN too.
    private static func isWithin(_ limit: Double, _ vector: Vector3<SensorFrame>) -> Bool {
        vector.x.magnitude <= limit && vector.y.magnitude <= limit && vector.z.magnitude <= limit
    }

    /// Whether the line has as many cells as the header has columns.
    private func scan(_ line: UnsafeRawBufferPointer, into cells: inout Cells) -> Bool {
        let end = line.count
        var index = 0
        var column = 0
        while true {
            while index < end, Ascii.isBlank(line[index]) { index += 1 }
            guard column < roles.count else { return column == roles.count && index == end }
            if roles[column] != .ignored, index < end, line[index] != Ascii.comma {
                read(roles[column], from: line, at: &index, into: &cells)
                while index < end, Ascii.isBlank(line[index]) { index += 1 }
                if index < end, line[index] != Ascii.comma { cells.isMalformed = true }
            }
            while index < end, line[index] != Ascii.comma { index += 1 }
            column += 1
            if index == end { return column == roles.count }
            index += 1
        }
    }

    @inline(__always)
    private func read(
        _ role: Role, from line: UnsafeRawBufferPointer, at index: inout Int, into cells: inout Cells
    ) {
        let start = index
        guard let number = DecimalNumber(line, from: &index) else {
            cells.isMalformed = true
            return
        }
        if role == .time {
            cells.time = number.integer(shiftedBy: timeShift)
            return
        }
        guard let value = number.exactDouble ?? Self.roundedDouble(line, start..<index) else {
            cells.isMalformed = true
            return
        }
        cells.found |= 1 << role.rawValue
        let scaled = value * scales[Int(role.rawValue)]
        switch role {
        case .ax: cells.values.0 = scaled
        case .ay: cells.values.1 = scaled
        case .az: cells.values.2 = scaled
        case .gx: cells.values.3 = scaled
        case .gy: cells.values.4 = scaled
        case .gz: cells.values.5 = scaled
        case .time, .ignored: break
        }
    }

    /// The rare number that needs more than one exact operation; the standard library rounds it correctly.
    @inline(never)
    private static func roundedDouble(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Double? {
        Double(String(decoding: UnsafeRawBufferPointer(rebasing: line[range]), as: UTF8.self))
    }
}
