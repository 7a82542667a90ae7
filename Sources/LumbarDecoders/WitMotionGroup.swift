import LumbarCore

/// Collects the frames of one WitMotion sample and says when they make a reading.
///
/// The frames of a sample come in one burst, lowest type first, without a sequence number. A group therefore ends
/// before a frame whose type it holds already, or whose type is below all it holds:
///
///     51 52 53 54 | 51 52 53 54 | 51 ...       the type repeats
///        52 53 54 | 51 52 53 54 | 51 ...       opened in the middle: 51 is below 52, so samples are not mixed
///     51 53 52    | 51 53 52    | 51 ...       any order behind the lowest
///
/// A reading needs acceleration (51); angular rate (52) belongs to it when the sensor sends it. As soon as both are
/// there the reading is handed out, on the byte that completes the second. A sensor that sends no 52 shows by ending a
/// group without one: that reading comes late, with the first frame of the next group, and from then on 51 is enough.
/// The arrival of a reading is always that of the last byte of its 51 or 52, whichever came later.
///
/// Known weakness: a sensor that sends nothing but 51 stays one sample behind, and one that really sends 52 before 51
/// in a sample pairs each acceleration with the rate of the sample after it.
struct WitMotionGroup: Sendable {
    /// What a frame led to.
    enum Step {
        case nothing
        /// This group's reading is there: it is `reading`.
        case complete
        /// The group before had no rate, which shows only now: its reading is `lateReading`.
        case late
    }

    private static let accelerationBit: UInt = 1 << 1
    private static let rateBit: UInt = 1 << 2
    private static let gPerCount = 16.0 / 32768
    private static let radiansPerSecondPerCount = 2000.0 / 32768 * radiansPerDegree

    /// One bit per type held, 50 lowest; a whole word, because it is stored and loaded again with every frame, and a
    /// load that spans a narrower store waits for it to reach the cache.
    private var held: UInt = 0
    /// Whether this group's reading was handed out or refused.
    private var isSettled = false
    /// Whether the sensor is thought to send angular rate.
    private var expectsRate = true
    private var acceleration: UInt64 = 0
    private var rate: UInt64 = 0
    private var completed = Instant.zero
    private var lateAcceleration: UInt64 = 0
    private var lateCompleted = Instant.zero

    /// Takes a frame whose checksum fits; `isTrusted` when the frame before it was next to it.
    @inline(__always)
    mutating func take(type: UInt8, payload: UInt64, at arrival: Instant, isTrusted: Bool) -> Step {
        let bit: UInt = 1 &<< UInt(type & 0x0F)
        // It belongs to the group when a lower type is held and this one is not: when the types up to this one make a
        // number between zero and `bit`, both excluded.
        let upToThis = held & (bit | (bit &- 1))
        var isLate = false
        if upToThis &- 1 >= bit &- 1 {
            isLate = !isSettled && held & Self.accelerationBit != 0
            if isLate { keepLate() }
            tear()
        }
        held |= bit
        if bit == Self.accelerationBit {
            acceleration = payload
            completed = arrival
        } else if bit == Self.rateBit {
            rate = payload
            expectsRate = true
            completed = arrival
        }
        // At most one reading per frame: after a late one, this group waits for its next frame.
        if isLate { return .late }
        guard !isSettled, isTrusted, held & Self.accelerationBit != 0,
            !expectsRate || held & Self.rateBit != 0
        else { return .nothing }
        isSettled = true
        return .complete
    }

    /// Whether the accelerometer of a `complete` group is dead or unconfigured; no working one is within 0.0005 g of
    /// zero on all three axes.
    @inline(__always)
    var isDead: Bool { Self.isZeroWithinOneCount(acceleration) }

    /// The reading of a `complete` group.
    @inline(__always)
    var reading: Reading {
        let hasRate = held & Self.rateBit != 0
        return Reading(
            acceleration: Self.vector(acceleration, times: Self.gPerCount),
            angularRate: hasRate ? Self.vector(rate, times: Self.radiansPerSecondPerCount) : .zero,
            hasAngularRate: hasRate, arrival: completed)
    }

    /// The reading of the group before, when this one began `late`; nil when its accelerometer is dead.
    @inline(never)
    func lateReading() -> Reading? {
        guard !Self.isZeroWithinOneCount(lateAcceleration) else { return nil }
        return Reading(
            acceleration: Self.vector(lateAcceleration, times: Self.gPerCount), hasAngularRate: false,
            arrival: lateCompleted)
    }

    /// Forgets the frames held: bytes were lost, so what follows may belong to another sample.
    @inline(__always)
    mutating func tear() {
        held = 0
        isSettled = false
    }

    /// The group ended without a rate, which reveals a reading and a sensor that sends none.
    @inline(never)
    private mutating func keepLate() {
        expectsRate = false
        lateAcceleration = acceleration
        lateCompleted = completed
    }

    @inline(__always)
    private static func word(_ payload: UInt64, _ index: UInt64) -> Int16 {
        Int16(truncatingIfNeeded: payload >> (16 * index))
    }

    @inline(__always)
    private static func vector(_ payload: UInt64, times scale: Double) -> Vector3<SensorFrame> {
        Vector3(
            Double(word(payload, 0)) * scale, Double(word(payload, 1)) * scale,
            Double(word(payload, 2)) * scale)
    }

    @inline(__always)
    private static func isZeroWithinOneCount(_ payload: UInt64) -> Bool {
        for index: UInt64 in 0..<3 where word(payload, index).magnitude > 1 { return false }
        return true
    }
}
