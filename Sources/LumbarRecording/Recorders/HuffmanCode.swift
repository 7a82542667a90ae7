/// A canonical Huffman code of RFC 1951, of at most 15 bits.
struct HuffmanCode: Sendable {
    /// What `decode` gives when more bits are needed.
    static let starved = -1
    /// What `decode` gives for bits that no symbol has.
    static let unknown = -2

    private static let fastBits = 10
    private static let longest = 15

    /// For the next ten bits: the symbol and, above it, its length; 0 when it is longer.
    private var fast: [UInt16]
    /// How many codes there are of each length.
    private var counts = [Int](repeating: 0, count: HuffmanCode.longest + 1)
    /// The symbols in the order of their codes.
    private var symbols: [UInt16]

    /// The code in which symbol `i` has `lengths[i]` bits, 0 for none; nil when there are too many codes.
    ///
    /// A code with room left is allowed, as for a single distance; what it leaves out is unknown.
    init?(lengths: [UInt8]) {
        for length in lengths where length > 0 {
            guard length <= Self.longest else { return nil }
            counts[Int(length)] += 1
        }
        var left = 1
        var first = [Int](repeating: 0, count: Self.longest + 2)
        var next = [Int](repeating: 0, count: Self.longest + 2)
        var code = 0
        for length in 1...Self.longest {
            left = left * 2 - counts[length]
            guard left >= 0 else { return nil }
            code = (code + (length > 1 ? counts[length - 1] : 0)) << 1
            next[length] = code
            first[length + 1] = first[length] + counts[length]
        }
        symbols = [UInt16](repeating: 0, count: first[Self.longest + 1])
        fast = [UInt16](repeating: 0, count: 1 << Self.fastBits)
        for (symbol, length) in lengths.enumerated() where length > 0 {
            let length = Int(length)
            symbols[first[length]] = UInt16(symbol)
            first[length] += 1
            let code = next[length]
            next[length] += 1
            guard length <= Self.fastBits else { continue }
            // Codes come with their highest bit first, and the stream with its lowest.
            var start = 0
            for bit in 0..<length where code >> bit & 1 == 1 { start |= 1 << (length - 1 - bit) }
            for index in stride(from: start, to: fast.count, by: 1 << length) {
                fast[index] = UInt16(symbol) | UInt16(length) << 10
            }
        }
    }

    /// The next symbol, or why there is none.
    func decode(_ bits: inout BitReader) -> Int {
        let entry = fast[bits.peek(Self.fastBits)]
        if entry != 0 {
            guard bits.skip(Int(entry >> 10)) else { return Self.starved }
            return Int(entry & 0x3FF)
        }
        var code = 0
        var first = 0
        var index = 0
        for length in 1...Self.longest {
            guard let bit = bits.read(1) else { return Self.starved }
            code |= bit
            let count = counts[length]
            if code - count < first { return Int(symbols[index + code - first]) }
            index += count
            first = (first + count) << 1
            code <<= 1
        }
        return Self.unknown
    }

    /// The code of literals and lengths in blocks without tables.
    static let fixedLiterals = HuffmanCode(
        fixed: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
    /// The code of distances in blocks without tables.
    static let fixedDistances = HuffmanCode(fixed: [UInt8](repeating: 5, count: 30))

    private init(fixed lengths: [UInt8]) {
        guard let code = HuffmanCode(lengths: lengths) else { preconditionFailure("the fixed codes fit") }
        self = code
    }
}

/// Reads bits from bytes that come in pieces, the lowest bit of each byte first.
struct BitReader: Sendable {
    /// Where the next bit is.
    struct Place: Sendable {
        var index = 0
        var held: UInt64 = 0
        var count = 0
    }

    var place = Place()
    private var bytes: [UInt8] = []

    /// Whole bytes that were not read.
    var unreadBytes: Int { bytes.count - place.index + place.count / 8 }

    /// Adds bytes at the end.
    mutating func append(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }

    /// Forgets the bytes that were read.
    mutating func dropRead() {
        bytes.removeFirst(place.index)
        place.index = 0
    }

    private mutating func fill() {
        while place.count <= 56, place.index < bytes.count {
            place.held |= UInt64(bytes[place.index]) << UInt64(place.count)
            place.index += 1
            place.count += 8
        }
    }

    /// The next `count` bits, at most 16; nil when there are fewer.
    mutating func read(_ count: Int) -> Int? {
        if place.count < count { fill() }
        guard place.count >= count else { return nil }
        let value = Int(place.held & ((1 << UInt64(count)) - 1))
        place.held >>= UInt64(count)
        place.count -= count
        return value
    }

    /// The next `count` bits without taking them, zeros where there are none.
    mutating func peek(_ count: Int) -> Int {
        if place.count < count { fill() }
        return Int(place.held & ((1 << UInt64(count)) - 1))
    }

    /// Takes `count` bits; false when there are fewer.
    mutating func skip(_ count: Int) -> Bool { read(count) != nil }

    /// Takes what is left of the byte that was begun.
    mutating func skipToByte() { _ = read(place.count % 8) }
}
