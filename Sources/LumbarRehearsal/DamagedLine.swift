import LumbarCore
import LumbarDecoders
import LumbarSignal
import LumbarSimulation

/// A simulated wearer on a serial line that changes bytes at random: what of it comes through, and how much of that
/// is wrong.
///
/// Truth is what the decoder makes of the same bytes undamaged. A sample counts as wrong when its acceleration or
/// angular rate is off by more than the smallest step of a 16-bit sensor at its widest range, 0.5 mg or 0.07
/// degrees/s.
public struct DamagedLine {
    /// What became of the samples.
    public struct Tally: Sendable, Equatable {
        /// Sent.
        public var sent = 0
        /// Whose own bytes were spared; of frames that need the next to be sure of, the next one's first two as well.
        public var undamaged = 0
        /// Undamaged ones that the decoder gave.
        public var undamagedRead = 0
        /// Undamaged ones that the pipeline took.
        public var undamagedTaken = 0
        /// Samples with damage that cancels in the sum.
        public var hidden = 0
        /// Wrong ones that the decoder gave.
        public var wrongRead = 0
        /// Wrong ones that the pipeline took.
        public var wrongTaken = 0
        /// Of those, the ones off by more than 10 mg or one degree/s: more than such a sensor's own errors.
        public var farWrongTaken = 0
        /// Samples taken that violate the gates: a range that no sensor has, or no number at all.
        public var gateViolations = 0
        /// Frames that the decoder refused, of every kind.
        public var rejects = 0

        /// Nothing yet.
        public init() {}

        /// Adds the counts of another.
        public static func += (a: inout Tally, b: Tally) {
            a.sent += b.sent
            a.undamaged += b.undamaged
            a.undamagedRead += b.undamagedRead
            a.undamagedTaken += b.undamagedTaken
            a.hidden += b.hidden
            a.wrongRead += b.wrongRead
            a.wrongTaken += b.wrongTaken
            a.farWrongTaken += b.farWrongTaken
            a.gateViolations += b.gateViolations
            a.rejects += b.rejects
        }
    }

    /// Sitting, walking, bending, lifting, stairs and falls: nine minutes.
    public static let wearing = """
        sit 60 s shifting each 20 s, walk 60 s, bend 50 deg for 3 s, walk 30 s quickly, 2x(lift 60 deg, walk 10 s),
        stand 20 s, squat, stairs 20 s up, stairs 20 s down, stoop 70 deg for 3 s, fall forward for 10 s, stand 10 s,
        walk 60 s, lift 65 deg hard then twist 40 deg left, twist 30 deg right, stand 5 s, fall left for 10 s,
        stand 10 s, sit 60 s, ride 60 s, fall backward for 10 s, stand 20 s
        """

    private let wire: SensorModel.Wire
    private var greeting: [UInt8] = []
    private var bytes: [UInt8] = []
    /// Where each sample's bytes end.
    private var ends: [Int] = []
    /// What the decoder makes of the sample, by the sample whose bytes completed it; nil before the lock.
    private var truth: [Reading?] = []

    private static let milligrams = 0.0005
    private static let dps = 0.07 * radiansPerDegree
    private static let farG = 0.010
    private static let farDps = 1.0 * radiansPerDegree

    /// A line that carries the frames of `wire` at `rateHz`.
    public init?(wire: SensorModel.Wire, rateHz: Double = 100, seed: UInt64, scenario text: String = wearing)
    {
        guard let scenario = try? Scenario(parsing: text) else { return nil }
        self.wire = wire
        var sensor = SensorModel.typical(seed: seed)
        sensor.wire = wire
        sensor.rateHz = rateHz
        var frames = SimulatedFrames(scenario: scenario, seed: seed, sensor: sensor)
        greeting = frames.greeting
        while frames.next(to: &bytes) { ends.append(bytes.count) }
        guard let readings = decoded(bytes) else { return nil }
        truth = Array(repeating: nil, count: ends.count)
        for reading in readings { truth[Self.index(of: reading)] = reading }
    }

    /// How many samples it carries.
    public var count: Int { ends.count }

    private static func arrival(of index: Int) -> Instant { .zero + .milliseconds(Int64(index + 1)) }
    private static func index(of reading: Reading) -> Int {
        max(0, Int(reading.arrival.nanoseconds / 1_000_000) - 1)
    }

    /// The readings of a line that arrives sample by sample, each a millisecond after the other: the arrival names it.
    private func decoded(_ line: [UInt8]) -> [Reading]? {
        guard var decoder = DecoderCatalog.builtIn.make(wire.rawValue) else { return nil }
        var buffer = ReadingBuffer()
        feed(line, to: &decoder, into: &buffer)
        return buffer.readings
    }

    private func feed(_ line: [UInt8], to decoder: inout any StreamDecoder, into buffer: inout ReadingBuffer)
    {
        greeting.withUnsafeBytes { decoder.push($0, at: .zero, into: &buffer) }
        line.withUnsafeBytes { all in
            var start = 0
            for (index, end) in ends.enumerated() {
                let chunk = UnsafeRawBufferPointer(rebasing: all[start..<end])
                decoder.push(chunk, at: Self.arrival(of: index), into: &buffer)
                start = end
            }
        }
    }

    /// Plays it once, each byte changed to another with probability `share`; of the samples that this spared,
    /// `hidden` have two bytes changed so that the sum still fits, which chance does to one in some ten thousand.
    public func play(share: Double, hidden: Double = 0, seed: UInt64) -> Tally {
        var tally = Tally()
        var random = SeededRandom(seed: seed, purpose: 71)
        var line = bytes
        var isDamaged = [Bool](repeating: false, count: ends.count + 1)
        let limit = UInt64(share * 18_446_744_073_709_551_615.0)
        var start = 0
        for (index, end) in ends.enumerated() {
            // The lock comes first.
            for place in start..<end where index >= 8 && random.next() < limit {
                line[place] ^= UInt8(1 + random.next() % 255)
                isDamaged[index] = true
                if endsFrames(place, end) { isDamaged[index + 1] = true }
                if wire == .witMotionCombined, place < start + 2 { isDamaged[index - 1] = true }
            }
            if hidden > 0, index >= 100, !isDamaged[index], random.chance(hidden),
                let range = summedBytes(start, end, second: random.chance(0.5))
            {
                hide(&line, range, &random)
                isDamaged[index] = true
                tally.hidden += 1
            }
            start = end
        }
        guard var decoder = DecoderCatalog.builtIn.make(wire.rawValue) else { return tally }
        var buffer = ReadingBuffer()
        feed(line, to: &decoder, into: &buffer)
        tally.rejects = decoder.outcomes.rejects
        count(buffer.readings, isDamaged, into: &tally)
        return tally
    }

    /// Bytes of a sample that one eight-bit sum covers, numbers mostly; nil where there is no such sum.
    private func summedBytes(_ start: Int, _ end: Int, second: Bool) -> Range<Int>? {
        switch wire {
        case .witMotion: second ? start + 13..<start + 21 : start + 2..<start + 10
        case .rvc: start + 3..<start + 15
        case .mtData2: start + 4..<end - 1
        default: nil
        }
    }

    private func hide(_ line: inout [UInt8], _ range: Range<Int>, _ random: inout SeededRandom) {
        let count = UInt64(range.count)
        let first = random.next() % count
        let second = (first + 1 + random.next() % (count - 1)) % count
        let change = UInt8(1 + random.next() % 255)
        line[range.lowerBound + Int(first)] &+= change
        line[range.lowerBound + Int(second)] &-= change
    }

    /// Whether a byte bounds the next frame as well: what ends a line or a message.
    private func endsFrames(_ place: Int, _ end: Int) -> Bool {
        switch wire {
        case .witMotionCombined, .witMotion, .rvc, .mip, .mtData2: false
        default: place == end - 1
        }
    }

    private func count(_ readings: [Reading], _ isDamaged: [Bool], into tally: inout Tally) {
        var isWhole = [Bool](repeating: false, count: ends.count)
        for index in ends.indices.dropFirst(8).dropLast(5) where truth[index] != nil {
            tally.sent += 1
            isWhole[index] = !isDamaged[index]
            if isWhole[index] { tally.undamaged += 1 }
        }
        var gate = OutlierGate()
        func take(_ reading: Reading) {
            if !(reading.acceleration.length <= 140) || !(reading.angularRate.length <= 122) {
                tally.gateViolations += 1
            }
            if let index = sample(reading) {
                if isWhole[index] { tally.undamagedTaken += 1 }
                return
            }
            tally.wrongTaken += 1
            if sample(reading, g: Self.farG, rate: Self.farDps) == nil { tally.farWrongTaken += 1 }
        }
        for reading in readings {
            if let index = sample(reading) {
                if isWhole[index] { tally.undamagedRead += 1 }
            } else {
                tally.wrongRead += 1
            }
            if gate.passes(reading) {
                take(reading)
            } else {
                let sifted = gate.sift(reading)
                if let first = sifted.first { take(first) }
                if let second = sifted.second { take(second) }
            }
        }
    }

    /// Which sample a reading is: the one that arrived then, or one near it, as a frame may be settled by those behind.
    private func sample(_ reading: Reading, g: Double = milligrams, rate: Double = dps) -> Int? {
        let arrived = Self.index(of: reading)
        for back in [0, 1, -1, 2, 3, 4] {
            let near = arrived - back
            guard ends.indices.contains(near), let sent = truth[near] else { continue }
            let a = reading.acceleration - sent.acceleration
            let w = reading.angularRate - sent.angularRate
            if max(a.x.magnitude, a.y.magnitude, a.z.magnitude) <= g,
                max(w.x.magnitude, w.y.magnitude, w.z.magnitude) <= rate
            {
                return near
            }
        }
        return nil
    }
}
