import LumbarCore

@testable import LumbarDetectors

/// A bank with default settings, fed frame by frame.
struct DetectorBankUnderTest {
    var bank: DetectorBank
    private var queue = EpisodeQueue()

    init(_ settings: DetectorSettings = DetectorSettings()) { bank = DetectorBank(settings: settings) }

    mutating func run(_ frames: [Features], closing: Bool = true) -> [Episode] {
        var found: [Episode] = []
        for frame in frames {
            bank.update(frame, into: &queue)
            found += queue.episodes
            queue.removeAll()
        }
        if closing, let last = frames.last {
            bank.interrupt(at: last.end, into: &queue)
            found += queue.episodes
            queue.removeAll()
        }
        return found
    }
}

/// SplitMix64: small, seeded, the same everywhere.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
