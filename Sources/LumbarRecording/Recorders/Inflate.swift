/// Unpacks a DEFLATE stream (RFC 1951) as it comes, in pieces of any size.
///
/// It keeps a window of 64 KiB and what is left of an unfinished symbol, whatever the stream says: a table of code lengths
/// at most. What comes out is handed out in pieces of at most 32 KiB.
struct Inflate: Sendable {
    /// Whether the last block is over.
    private(set) var isFinished = false

    private enum State {
        case header
        case stored(left: Int)
        case symbols
        case finished
    }

    /// Why a step did not happen.
    private enum Trouble: Error {
        /// More bytes are needed.
        case starved
        /// No DEFLATE stream has this.
        case damaged
    }

    private static let windowSize = 65_536
    // A header of a block with its two tables is shorter than this.
    private static let longestStep = 4096

    private var state = State.header
    private var isLast = false
    private var bits = BitReader()
    private var literals = HuffmanCode.fixedLiterals
    private var distances = HuffmanCode.fixedDistances
    private var window = [UInt8](repeating: 0, count: Inflate.windowSize)
    private var written = 0
    private var handedOut = 0

    /// Takes bytes, hands out what they unpack to, and returns how many of them belong to the stream; nil when it is
    /// damaged: nothing more will come of it.
    mutating func push(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) -> Int? {
        guard !isFinished else { return 0 }
        bits.append(bytes)
        while true {
            let before = bits.place
            do {
                try step()
            } catch .starved {
                bits.place = before
                break
            } catch {
                // What came before the damage was whole.
                handOut(body)
                return nil
            }
            if written - handedOut >= Self.windowSize / 2 { handOut(body) }
            if case .finished = state {
                handOut(body)
                isFinished = true
                return bytes.count - bits.unreadBytes
            }
        }
        handOut(body)
        bits.dropRead()
        return bits.unreadBytes > Self.longestStep ? nil : bytes.count
    }

    private mutating func handOut(_ body: (UnsafeRawBufferPointer) -> Void) {
        while handedOut < written {
            let start = handedOut % Self.windowSize
            let count = min(written - handedOut, Self.windowSize - start)
            window.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<(start + count)])) }
            handedOut += count
        }
    }

    // MARK: Blocks

    private mutating func step() throws(Trouble) {
        switch state {
        case .header: try beginBlock()
        case .stored(let left): try copyStored(left)
        case .symbols: try symbol()
        case .finished: break
        }
    }

    private mutating func read(_ count: Int) throws(Trouble) -> Int {
        guard let value = bits.read(count) else { throw .starved }
        return value
    }

    private mutating func endBlock() { state = isLast ? .finished : .header }

    private mutating func beginBlock() throws(Trouble) {
        let last = try read(1) == 1
        switch try read(2) {
        case 0:
            bits.skipToByte()
            let length = try read(16)
            guard try read(16) == ~length & 0xFFFF else { throw .damaged }
            state = .stored(left: length)
        case 1:
            literals = .fixedLiterals
            distances = .fixedDistances
            state = .symbols
        case 2:
            try readTables()
            state = .symbols
        default: throw .damaged
        }
        isLast = last
    }

    private mutating func copyStored(_ left: Int) throws(Trouble) {
        guard left > 0 else { return endBlock() }
        write(UInt8(truncatingIfNeeded: try read(8)))
        state = .stored(left: left - 1)
    }

    private mutating func write(_ byte: UInt8) {
        window[written % Self.windowSize] = byte
        written += 1
    }

    /// In which order the lengths of the code for lengths come.
    private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    private mutating func readTables() throws(Trouble) {
        let literalCount = try read(5) + 257
        let distanceCount = try read(5) + 1
        let lengthCount = try read(4) + 4
        guard literalCount <= 286, distanceCount <= 30 else { throw .damaged }
        var ofLengths = [UInt8](repeating: 0, count: 19)
        for index in 0..<lengthCount { ofLengths[Self.lengthOrder[index]] = UInt8(try read(3)) }
        guard let code = HuffmanCode(lengths: ofLengths) else { throw .damaged }
        var lengths: [UInt8] = []
        while lengths.count < literalCount + distanceCount {
            let symbol = try decode(code)
            switch symbol {
            case 0...15: lengths.append(UInt8(symbol))
            case 16:
                guard let last = lengths.last else { throw .damaged }
                lengths += Array(repeating: last, count: 3 + (try read(2)))
            case 17: lengths += Array(repeating: 0, count: 3 + (try read(3)))
            default: lengths += Array(repeating: 0, count: 11 + (try read(7)))
            }
        }
        guard lengths.count == literalCount + distanceCount, lengths[256] != 0,
            let literals = HuffmanCode(lengths: Array(lengths[..<literalCount])),
            let distances = HuffmanCode(lengths: Array(lengths[literalCount...]))
        else { throw .damaged }
        self.literals = literals
        self.distances = distances
    }

    // MARK: Symbols

    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163,
        195,
        227, 258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
        4097, 6145, 8193, 12289, 16385, 24577,
    ]

    private mutating func decode(_ code: HuffmanCode) throws(Trouble) -> Int {
        let symbol = code.decode(&bits)
        guard symbol >= 0 else { if symbol == HuffmanCode.starved { throw .starved } else { throw .damaged } }
        return symbol
    }

    /// A literal, a copy of what came before, or the end of the block.
    private mutating func symbol() throws(Trouble) {
        let symbol = try decode(literals)
        guard symbol >= 256 else { return write(UInt8(truncatingIfNeeded: symbol)) }
        guard symbol > 256 else { return endBlock() }
        let index = symbol - 257
        guard index < Self.lengthBases.count else { throw .damaged }
        let length = Self.lengthBases[index] + (try read(Self.lengthBits[index]))
        let far = try decode(distances)
        guard far < Self.distanceBases.count else { throw .damaged }
        let distance = Self.distanceBases[far] + (try read(max(0, far / 2 - 1)))
        guard distance <= written else { throw .damaged }
        for _ in 0..<length { write(window[(written - distance) % Self.windowSize]) }
    }
}
