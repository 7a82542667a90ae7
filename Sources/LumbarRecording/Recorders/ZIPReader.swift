/// Reads a ZIP archive (APPNOTE.TXT 6.3) from front to back and hands out what is in its files.
///
/// The directory at the end is not looked at, so that an archive may come through a pipe. It keeps one header, at most
/// 131 kB, and the window of the unpacking; every length is checked against what is there.
struct ZIPReader: Sendable {
    /// A file within the archive.
    struct Entry: Sendable, Equatable {
        /// Its name as it stands there, not to be trusted as a path.
        var name: String
        fileprivate var method: Int
        fileprivate var checksum: UInt32
        /// Packed bytes, or nil when that stands behind them.
        fileprivate var packed: Int?
    }

    /// What happens while reading.
    enum Event {
        /// A file begins.
        case begin(Entry)
        /// The next of its bytes.
        case bytes(UnsafeRawBufferPointer)
        /// It is over; whether its checksum fits, as far as it is known.
        case end(isWhole: Bool)
    }

    /// Why an archive cannot be read on.
    enum Fault: Error, Sendable, Equatable {
        /// No file begins where one should.
        case noArchive
        /// It is encrypted, or packed in another way than DEFLATE.
        case unknownPacking
        /// The packed bytes are damaged.
        case damaged
    }

    private enum State {
        case header
        case packed(Inflate, CRC32)
        case stored(left: Int, CRC32)
        case descriptor(CRC32)
        case over
    }

    private var state = State.header
    private var entry: Entry?
    private var held: [UInt8] = []
    // Bytes of the packed file so far.
    private var taken = 0

    /// Whether the archive's files are over, and its directory has begun.
    var isOver: Bool { if case .over = state { true } else { false } }

    /// Whether a file begins with `bytes` as an archive does.
    static func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 3, 4])
    }

    /// Takes the next bytes and hands out what they say.
    mutating func push(_ bytes: UnsafeRawBufferPointer, _ body: (Event) -> Void) throws(Fault) {
        var rest = bytes
        while !rest.isEmpty, !isOver {
            let before = rest.count
            switch state {
            case .header:
                held.append(contentsOf: rest)
                rest = UnsafeRawBufferPointer(rebasing: rest[rest.count...])
                try readHeaders(body)
                // What follows the header was held with it.
                if case .header = state { return }
                try again(body)
            case .descriptor:
                held.append(contentsOf: rest)
                rest = UnsafeRawBufferPointer(rebasing: rest[rest.count...])
                guard try readDescriptor(body) else { return }
                try again(body)
            case .packed(var inflate, var sum):
                state = .over
                rest = try unpack(rest, &inflate, &sum, body)
            case .stored(let left, var sum):
                let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(left))
                if !piece.isEmpty { body(.bytes(piece)) }
                sum.add(piece)
                rest = UnsafeRawBufferPointer(rebasing: rest[piece.count...])
                state = left > piece.count ? .stored(left: left - piece.count, sum) : .header
                if left == piece.count { body(.end(isWhole: sum.value == entry?.checksum)) }
            case .over: break
            }
            guard rest.count < before else { return }
        }
    }

    /// Goes on with what was held beyond a header.
    private mutating func again(_ body: (Event) -> Void) throws(Fault) {
        guard !held.isEmpty else { return }
        let bytes = held
        held = []
        var failure: Fault?
        bytes.withUnsafeBytes { raw in
            do throws(Fault) { try push(raw, body) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private mutating func unpack(
        _ bytes: UnsafeRawBufferPointer, _ inflate: inout Inflate, _ sum: inout CRC32, _ body: (Event) -> Void
    ) throws(Fault) -> UnsafeRawBufferPointer {
        var added = sum
        let count = inflate.push(bytes) { piece in
            added.add(piece)
            body(.bytes(piece))
        }
        guard let count else { throw .damaged }
        taken += count
        if !inflate.isFinished {
            state = .packed(inflate, added)
        } else if let packed = entry?.packed {
            body(.end(isWhole: added.value == entry?.checksum && taken == packed))
            state = .header
        } else {
            state = .descriptor(added)
        }
        return UnsafeRawBufferPointer(rebasing: bytes[count...])
    }

    // MARK: Headers

    private func word(_ offset: Int) -> Int { Int(held[offset]) | Int(held[offset + 1]) << 8 }
    private func long(_ offset: Int) -> Int { word(offset) | word(offset + 2) << 16 }

    private mutating func readHeaders(_ body: (Event) -> Void) throws(Fault) {
        guard held.count >= 4 else { return }
        guard held[0] == 0x50, held[1] == 0x4B else { throw .noArchive }
        guard (held[2], held[3]) == (3, 4) else {
            // The directory, or something that comes before it: the files are over.
            guard held[2] < 9, held[3] < 9 else { throw .noArchive }
            held = []
            state = .over
            return
        }
        guard held.count >= 30 else { return }
        let nameLength = word(26)
        let length = 30 + nameLength + word(28)
        guard held.count >= length else { return }
        let flags = word(6)
        let name = String(decoding: held[30..<(30 + nameLength)], as: UTF8.self)
        let isSizeKnown = flags & 8 == 0
        let found = Entry(
            name: name, method: word(8), checksum: UInt32(truncatingIfNeeded: long(14)),
            packed: isSizeKnown ? try packedSize(after: 30 + nameLength, until: length) : nil)
        guard flags & 1 == 0, found.method == 8 || (found.method == 0 && isSizeKnown) else {
            throw .unknownPacking
        }
        held.removeFirst(length)
        entry = found
        taken = 0
        body(.begin(found))
        if found.method == 8 {
            state = .packed(Inflate(), CRC32())
        } else if let size = found.packed, size > 0 {
            state = .stored(left: size, CRC32())
        } else {
            body(.end(isWhole: true))
            try readHeaders(body)
        }
    }

    /// The size of the packed file: that of the header, or of its extra field when the file is larger than 4 GB.
    private func packedSize(after start: Int, until end: Int) throws(Fault) -> Int {
        let size = long(18)
        guard size == 0xFFFF_FFFF else { return size }
        var offset = start
        while offset + 4 <= end {
            let length = word(offset + 2)
            guard offset + 4 + length <= end else { break }
            // Unpacked size first, then the packed one, eight bytes each.
            if word(offset) == 1, length >= 16 {
                let high = long(offset + 16)
                guard high < 1 << 20 else { throw .noArchive }
                return long(offset + 12) | high << 32
            }
            offset += 4 + length
        }
        throw .noArchive
    }

    /// What stands behind a file whose size was not known before it: with or without a signature, of 4 or 8 bytes each.
    private mutating func readDescriptor(_ body: (Event) -> Void) throws(Fault) -> Bool {
        guard held.count >= 28, case .descriptor(let sum) = state else { return false }
        let isSigned = held.starts(with: [0x50, 0x4B, 7, 8])
        let start = isSigned ? 4 : 0
        for length in [start + 12, start + 20] where held[length] == 0x50 && held[length + 1] == 0x4B {
            let checksum = UInt32(truncatingIfNeeded: long(start))
            body(.end(isWhole: checksum == sum.value))
            held.removeFirst(length)
            state = .header
            return true
        }
        throw .damaged
    }
}

/// The checksum of ZIP and PNG files: CRC-32 of ISO 3309.
struct CRC32: Sendable {
    private var state: UInt32 = 0xFFFF_FFFF

    private static let table: [UInt32] = (0..<256).map { index in
        var value = UInt32(index)
        for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        return value
    }

    /// The checksum so far.
    var value: UInt32 { ~state }

    /// Takes bytes.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var sum = state
        Self.table.withUnsafeBufferPointer { table in
            for byte in bytes { sum = sum >> 8 ^ table[Int((sum ^ UInt32(byte)) & 0xFF)] }
        }
        state = sum
    }
}
