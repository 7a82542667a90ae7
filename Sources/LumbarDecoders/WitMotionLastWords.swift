/// What the frames of acceleration and angular rate end in: temperature, voltage or garbage, as the model has it.
///
/// Where it has kept still for `settled` frames it must go on to; garbage never settles, and asks for nothing. A step
/// that is real costs the frame in which it comes.
struct WitMotionLastWords: Sendable {
    private var words: (acceleration: UInt16, rate: UInt16) = (0, 0)
    private var still: (acceleration: UInt8, rate: UInt8) = (0, 0)

    /// Frames in a row: random words fall within `largestStep` of each other once in 2000.
    private static let settled: UInt8 = 8
    /// A published stream of a JY901 moves by up to 3 counts of 0.01 degrees Celsius from sample to sample.
    private static let largestStep: UInt16 = 16

    /// Whether a frame ends as those of its type did; other types always agree.
    mutating func agree(type: UInt8, payload: UInt64) -> Bool {
        let word = UInt16(truncatingIfNeeded: payload >> 48)
        switch type {
        case 0x51: return Self.follow(word, &words.acceleration, &still.acceleration)
        case 0x52: return Self.follow(word, &words.rate, &still.rate)
        default: return true
        }
    }

    private static func follow(_ word: UInt16, _ last: inout UInt16, _ still: inout UInt8) -> Bool {
        let step = word &- last
        let isStill = min(step, 0 &- step) <= largestStep
        last = word
        guard !isStill else {
            still = min(still + 1, settled)
            return true
        }
        defer { still = 0 }
        return still < settled
    }
}
