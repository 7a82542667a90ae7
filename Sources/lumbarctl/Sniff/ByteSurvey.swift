import LumbarCore

/// What bytes look like that no decoder understood: enough to say why, most likely.
struct ByteSurvey {
    /// Bytes so far.
    private(set) var total = 0
    /// The first of them.
    private(set) var first: [UInt8] = []
    /// Lines of text with at least three numbers in them.
    private(set) var numberLines = 0
    /// Whether a pair like the preamble of a frame came, and how far such pairs were apart: how often each distance.
    private(set) var standardDistances = [Int](repeating: 0, count: 65)
    private(set) var combinedDistances = [Int](repeating: 0, count: 65)

    /// How many pairs of bytes begin a frame of WitMotion's.
    private(set) var frameStarts = 0

    private var counts = [Int](repeating: 0, count: 256)
    private var previous: UInt8 = 0
    private var lastStandard: Int?
    private var lastCombined: Int?
    private var line = NumberLine()

    private static let firstBytes = 64
    /// Ends of input, of words and lines: what a line in cooked mode takes for commands and swallows.
    static let swallowed: [UInt8] = [0x04, 0x11, 0x13, 0x16, 0x1A]

    mutating func push(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes {
            if first.count < Self.firstBytes { first.append(byte) }
            counts[Int(byte)] += 1
            if previous == 0x55, (0x50...0x5A).contains(byte) || byte == 0x61 { frameStarts += 1 }
            if previous == 0x55, (0x50...0x5A).contains(byte) {
                Self.note(total, &lastStandard, &standardDistances)
            }
            if previous == 0x55, byte == 0x61 { Self.note(total, &lastCombined, &combinedDistances) }
            if line.push(byte) { numberLines += 1 }
            previous = byte
            total += 1
        }
    }

    private static func note(_ position: Int, _ last: inout Int?, _ distances: inout [Int]) {
        if let last, position - last < distances.count { distances[position - last] += 1 }
        last = position
    }

    /// The share of printable characters, line ends and tabs among them, 0...1.
    var printableShare: Double {
        let printable = counts[0x20..<0x7F].reduce(0, +) + counts[9] + counts[10] + counts[13]
        return total == 0 ? 0 : Double(printable) / Double(total)
    }

    /// The share of bytes that are one run of ones or zeros, as a line read at a wrong rate is full of.
    var runShare: Double {
        let runs: [Int] = [0x00, 0x80, 0xC0, 0xE0, 0xF0, 0xF8, 0xFC, 0xFE, 0xFF]
        return total == 0 ? 0 : Double(runs.reduce(0) { $0 + counts[$1] }) / Double(total)
    }

    /// Whether it looks like a line read at another rate: full of runs, and with none of the frames that lie still and
    /// are full of zeros too.
    var looksMisread: Bool { total >= 100 && runShare > 0.35 && frameStarts < total / 200 + 1 }

    /// Whether it is text of nothing but hexadecimal digits: a dump of bytes and not the bytes.
    var isHexDump: Bool {
        let digits: [ClosedRange<Int>] = [0x30...0x39, 0x41...0x46, 0x61...0x66]
        let spaces = [0x09, 0x0A, 0x0D, 0x20].reduce(0) { $0 + counts[$1] }
        return total >= 16 && digits.reduce(0) { $0 + counts[$1].reduce(0, +) } + spaces == total
    }

    /// Whether the bytes that a terminal takes for commands are missing where others like them are not.
    var lacksSwallowed: Bool {
        let swallowed = Self.swallowed.map(Int.init)
        guard swallowed.allSatisfy({ counts[$0] == 0 }) else { return false }
        let others = (0x01...0x1F).filter { !swallowed.contains($0) }.map { counts[$0] }
        // The five would have come some dozen times had they been as frequent as their like.
        return Double(others.reduce(0, +)) / Double(others.count) * 5 >= 12
    }

    /// The most frequent distance in `distances` with its share, when there are enough to tell.
    static func mode(_ distances: [Int]) -> (distance: Int, share: Double)? {
        let sum = distances.reduce(0, +)
        // Three pairs at the same distance do not happen in bytes that mean something else.
        guard sum >= 3, let most = distances.max(), let distance = distances.firstIndex(of: most) else {
            return nil
        }
        return (distance, Double(most) / Double(sum))
    }

    /// The first bytes, sixteen to a line, hexadecimal and as text.
    var dump: [String] {
        stride(from: 0, to: first.count, by: 16).map { start in
            let row = first[start..<min(start + 16, first.count)]
            let hex = ConfigurePlan.hex(Array(row))
            let space = String(repeating: " ", count: 16 * 3 - hex.count)
            let text = row.map { byte in
                let scalar = Unicode.Scalar(byte)
                return byte < 0x7F && Printable.isSafe(scalar) ? String(Character(scalar)) : "."
            }
            return hex + space + text.joined()
        }
    }
}

/// Says of each line of text whether it holds numbers.
private struct NumberLine {
    private var numbers = 0
    private var isInNumber = false
    private var isText = true

    /// Takes a byte; true at the end of a line that holds three numbers or more.
    mutating func push(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\n"):
            defer { self = NumberLine() }
            return isText && numbers >= 3
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            if !isInNumber { numbers += 1 }
            isInNumber = true
        case UInt8(ascii: "."): break
        case 0x20..<0x7F, 9, 13: isInNumber = false
        default: isText = false
        }
        return false
    }
}
