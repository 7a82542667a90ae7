/// Writes a ZIP archive, for files that are one.
public struct ZIPWriter: Sendable {
    /// How a file is packed.
    public enum Packing: Sendable, CaseIterable {
        /// As it is.
        case stored
        /// DEFLATE, its bytes as they are.
        case deflatedAsIs
        /// DEFLATE with the fixed code, runs of a byte as copies.
        case deflated
        /// The same, its size and checksum behind it.
        case deflatedWithDescriptor
    }

    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// An empty archive.
    public init() {}

    /// Adds a file.
    public mutating func add(_ name: String, _ contents: [UInt8], _ packing: Packing) {
        let packed: [UInt8] =
            switch packing {
            case .stored: contents
            case .deflatedAsIs: Deflater.asIs(contents)
            case .deflated, .deflatedWithDescriptor: Deflater.fixed(contents)
            }
        let hasDescriptor = packing == .deflatedWithDescriptor
        let sums = Self.long(Self.checksum(contents)) + Self.long(packed.count) + Self.long(contents.count)
        var fields = Self.word(20) + Self.word(hasDescriptor ? 8 : 0) + Self.word(packing == .stored ? 0 : 8)
        fields += Self.long(0) + (hasDescriptor ? [UInt8](repeating: 0, count: 12) : sums)
        fields += Self.word(name.utf8.count) + Self.word(0)
        directory += [0x50, 0x4B, 1, 2] + Self.word(20) + fields + [UInt8](repeating: 0, count: 10)
        directory += Self.long(bytes.count) + Array(name.utf8)
        bytes += [0x50, 0x4B, 3, 4] + fields + Array(name.utf8) + packed
        if hasDescriptor { bytes += [0x50, 0x4B, 7, 8] + sums }
        count += 1
    }

    /// The archive with its directory.
    public var finished: [UInt8] {
        var end: [UInt8] = [0x50, 0x4B, 5, 6] + Self.long(0) + Self.word(count) + Self.word(count)
        end += Self.long(directory.count) + Self.long(bytes.count) + Self.word(0)
        return bytes + directory + end
    }

    private static func word(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }

    private static func long(_ value: Int) -> [UInt8] { word(value) + word(value >> 16) }

    /// CRC-32, a bit at a time.
    private static func checksum(_ bytes: [UInt8]) -> Int {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return Int(~sum)
    }
}

/// Packs bytes as DEFLATE streams, plainly.
public enum Deflater {
    /// Blocks of bytes as they are.
    public static func asIs(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var start = 0
        repeat {
            let piece = bytes[start..<min(bytes.count, start + 60_000)]
            start += piece.count
            let length = UInt16(piece.count)
            out.append(start == bytes.count ? 1 : 0)
            for value in [length, ~length] {
                out += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
            }
            out += piece
        } while start < bytes.count
        return out
    }

    /// One block with the fixed code; a byte that repeats is a copy of the one before it.
    public static func fixed(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var held: UInt32 = 0
        var count = 0
        func put(_ value: Int, _ bits: Int) {
            held |= UInt32(value) << UInt32(count)
            count += bits
            while count >= 8 {
                out.append(UInt8(truncatingIfNeeded: held))
                held >>= 8
                count -= 8
            }
        }
        func put(code: Int, _ bits: Int) {
            for bit in (0..<bits).reversed() { put(code >> bit & 1, 1) }
        }
        put(1, 1)
        put(1, 2)
        var index = 0
        while index < bytes.count {
            var run = 0
            while index > 0, run < 10, index + run < bytes.count, bytes[index + run] == bytes[index - 1] {
                run += 1
            }
            if run >= 3 {
                // Lengths 3 to 10 have codes of their own; distance 1 is code 0.
                put(code: run - 2, 7)
                put(code: 0, 5)
                index += run
                continue
            }
            let byte = Int(bytes[index])
            if byte < 144 { put(code: 0x30 + byte, 8) } else { put(code: 0x190 + byte - 144, 9) }
            index += 1
        }
        put(code: 0, 7)
        put(0, 7)
        return out
    }
}
