/// Reads log.bin of an ActiGraph recording record by record, as ActiGraph's GT3X-File-Format describes it.
///
/// A record is `1E`, its type, its local time in seconds since 1970 (4 bytes), the length of what follows (2 bytes), that,
/// and a byte that completes the exclusive or of all of them to FF; numbers are little-endian. What is damaged is skipped
/// to the next `1E` that begins a whole record. At most one record is kept, 64 kB.
struct GT3XLog: Sendable {
    /// One second of samples.
    struct Second: Sendable {
        /// Local time, seconds since 1970.
        var time: Int64
        /// Counts of x, y, z, one sample after the other.
        var counts: [Int16]
        /// Whether they are of the twelve-bit kind.
        var isPacked: Bool
    }

    /// What a record says that matters here.
    enum Record: Sendable {
        case second(Second)
        case rate(Double)
        case scale(Double)
    }

    /// Records whose checksum did not fit.
    private(set) var damaged = 0
    /// Bytes between records that were not zeros.
    private(set) var skippedBytes = 0

    private var held: [UInt8] = []
    // Whether the last byte passed over was part of the same damage.
    private var isInDamage = false

    private static let headerSize = 8

    /// Takes the next bytes and hands out the records they complete.
    mutating func push(_ bytes: UnsafeRawBufferPointer, _ body: (Record) -> Void) {
        held.append(contentsOf: bytes)
        read(atEnd: false, body)
    }

    /// The log is over; returns whether it ends with a record.
    mutating func finish(_ body: (Record) -> Void) -> Bool {
        let damage = damaged
        read(atEnd: true, body)
        return damaged == damage
    }

    private mutating func read(atEnd: Bool, _ body: (Record) -> Void) {
        var index = 0
        while index < held.count {
            guard held[index] == 0x1E else {
                // A few zeros between records are known to happen.
                if held[index] != 0 { skippedBytes += 1 }
                index += 1
                continue
            }
            guard let length = recordLength(at: index) else {
                guard atEnd else { break }
                passOver(&index)
                continue
            }
            if isWhole(index, length) {
                isInDamage = false
                read(index, length, body)
                index += length
            } else {
                passOver(&index)
            }
        }
        held.removeFirst(min(index, held.count))
    }

    /// Goes on behind a `1E` that begins no record; a stretch of them counts once.
    private mutating func passOver(_ index: inout Int) {
        if !isInDamage { damaged += 1 }
        isInDamage = true
        index += 1
    }

    /// The length of the record that begins there, or nil when it is not all here.
    private func recordLength(at index: Int) -> Int? {
        guard held.count - index >= Self.headerSize else { return nil }
        let length = Self.headerSize + (Int(held[index + 6]) | Int(held[index + 7]) << 8) + 1
        return held.count - index >= length ? length : nil
    }

    private func isWhole(_ index: Int, _ length: Int) -> Bool {
        held[index..<(index + length)].reduce(0, ^) == 0xFF
    }

    // MARK: Records

    private func long(_ offset: Int) -> UInt32 {
        (0..<4).reduce(UInt32(0)) { $0 | UInt32(held[offset + $1]) << UInt32(8 * $1) }
    }

    private func read(_ index: Int, _ length: Int, _ body: (Record) -> Void) {
        let time = Int64(long(index + 2))
        let payload = (index + Self.headerSize)..<(index + length - 1)
        switch held[index + 1] {
        case 0x00: body(.second(Second(time: time, counts: unpacked(payload), isPacked: true)))
        case 0x1A:
            // One byte says that a cable was plugged in.
            guard payload.count != 1 else { return }
            body(.second(Second(time: time, counts: words(payload), isPacked: false)))
        case 0x15: readParameters(payload, body)
        default: break
        }
    }

    private func words(_ payload: Range<Int>) -> [Int16] {
        let samples = payload.count / 6
        return (0..<(3 * samples)).map { index in
            let at = payload.lowerBound + 2 * index
            return Int16(bitPattern: UInt16(held[at]) | UInt16(held[at + 1]) << 8)
        }
    }

    /// Twelve bits each, the highest first, in the order y, x, z.
    private func unpacked(_ payload: Range<Int>) -> [Int16] {
        let samples = payload.count * 2 / 9
        var counts = [Int16](repeating: 0, count: 3 * samples)
        for index in 0..<(3 * samples) {
            let at = payload.lowerBound + index * 3 / 2
            let (a, b) = (UInt16(held[at]), UInt16(held[at + 1]))
            let bits = index % 2 == 0 ? a << 4 | b >> 4 : (a & 0x0F) << 8 | b
            let value = Int16(bitPattern: bits << 4) >> 4
            let axis = index % 3
            counts[index - axis + (axis == 0 ? 1 : axis == 1 ? 0 : 2)] = value
        }
        return counts
    }

    /// Pairs of an address space, a number, and a value of 32 bits.
    private func readParameters(_ payload: Range<Int>, _ body: (Record) -> Void) {
        for offset in stride(from: payload.lowerBound, to: payload.upperBound - 7, by: 8) {
            let value = long(offset + 4)
            switch long(offset) {
            case 0x0037_0000:
                if let scale = Self.float(value), (1...65_536).contains(scale) { body(.scale(scale)) }
            case 0x000A_0001: if (1...1000).contains(value) { body(.rate(Double(value))) }
            default: break
            }
        }
    }

    /// A number of 24 bits with a sign, 2^23 of it being 1, and above it an exponent of two; nil for the infinite.
    static func float(_ value: UInt32) -> Double? {
        guard value != 0x007F_FFFF, value != 0x0080_0000 else { return nil }
        let significand = Double(Int32(bitPattern: value << 8) >> 8) / 8_388_608
        let exponent = Int(Int8(bitPattern: UInt8(value >> 24)))
        var power = 1.0
        for _ in 0..<exponent.magnitude { power *= exponent < 0 ? 0.5 : 2 }
        return significand * power
    }
}
