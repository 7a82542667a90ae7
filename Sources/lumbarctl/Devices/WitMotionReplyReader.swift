import LumbarDecoders

/// Picks the answers to register reads out of what a WitMotion sensor sends, and counts its samples.
///
/// Frames of 11 bytes are held to their sum. Those of 20 have none: one is taken when it follows another frame without a
/// byte between, when the next frame begins behind it, or when it answers for the register that was asked for.
struct WitMotionReplyReader {
    /// The answer to a read.
    struct Reply: Equatable {
        /// The first register; nil in a frame that does not name it.
        var first: UInt8?
        /// What the registers hold, from the first on.
        var values: [UInt16]
    }

    /// The last answer since `expect`.
    private(set) var reply: Reply?
    /// Samples so far.
    private(set) var samples = 0
    /// Frames in a row without a byte skipped.
    private(set) var run = 0
    /// Whether it sends the combined frame of 20 bytes.
    private(set) var isCombined = false

    private var pending: [UInt8] = []
    private var expected: UInt8?

    /// Forgets what came, for another rate.
    mutating func restart() { self = WitMotionReplyReader() }

    /// Waits for an answer about the registers from `register` on.
    mutating func expect(_ register: UInt8) {
        reply = nil
        expected = register
    }

    /// Takes bytes.
    mutating func push(_ bytes: some Sequence<UInt8>) {
        pending += bytes
        var start = 0
        while let length = frameLength(at: start) {
            if length == 0 {
                run = 0
                start += 1
            } else {
                take(pending[start..<(start + length)])
                run += 1
                start += length
            }
        }
        pending.removeFirst(start)
    }

    /// The length of the frame at `start`, 0 when there is none, nil when more bytes have to decide.
    private func frameLength(at start: Int) -> Int? {
        let count = pending.count - start
        guard count > 0 else { return nil }
        guard pending[start] == 0x55 else { return 0 }
        guard count > 1 else { return nil }
        switch pending[start + 1] {
        case 0x50...0x5F:
            guard count >= 11 else { return nil }
            let sum = pending[start..<(start + 10)].reduce(0, &+)
            return sum == pending[start + 10] ? 11 : 0
        case 0x61, 0x71:
            guard count >= 20 else { return nil }
            if run > 0 || isAnswer(at: start) { return 20 }
            guard count >= 22 else { return nil }
            return pending[start + 20] == 0x55 && [0x61, 0x71].contains(pending[start + 21]) ? 20 : 0
        default: return 0
        }
    }

    private func isAnswer(at start: Int) -> Bool {
        pending[start + 1] == 0x71 && pending[start + 2] == expected && pending[start + 3] == 0
    }

    private mutating func take(_ frame: ArraySlice<UInt8>) {
        let bytes = Array(frame)
        func words(from first: Int, _ count: Int) -> [UInt16] {
            (0..<count).map { UInt16(bytes[first + 2 * $0]) | UInt16(bytes[first + 2 * $0 + 1]) << 8 }
        }
        switch bytes[1] {
        case 0x51: samples += 1
        case 0x61:
            samples += 1
            isCombined = true
        case 0x5F: if expected != nil { reply = Reply(first: nil, values: words(from: 2, 4)) }
        case 0x71:
            isCombined = true
            if bytes[2] == expected, bytes[3] == 0 {
                reply = Reply(first: bytes[2], values: words(from: 4, 8))
            }
        default: break
        }
    }
}
