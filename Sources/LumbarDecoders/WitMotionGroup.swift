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
/// The device's own attitude (53 or 59) usually comes behind the reading of its group. It is carried to the next reading,
/// is used once, and is forgotten where bytes were lost: `deviceUp` is one sample old.
///
/// Known weakness: a sensor that sends nothing but 51 stays one sample behind, and one that really sends 52 before 51
/// in a sample pairs each acceleration with the rate of the sample after it.
struct WitMotionGroup: Sendable {
    private static let accelerationBit: UInt32 = 1 << 1
    private static let rateBit: UInt32 = 1 << 2
    private static let anglesBit: UInt32 = 1 << 3
    private static let quaternionBit: UInt32 = 1 << 9
    private static let settledBit: UInt32 = 1 << 16
    private static let gPerCount = 16.0 / 32768
    private static let radiansPerSecondPerCount = 2000.0 / 32768 * radiansPerDegree

    /// One bit per type held, 50 lowest, and `settledBit` when the group's reading was handed out or refused.
    private var held: UInt32 = 0
    /// Whether the sensor is thought to send angular rate.
    private var expectsRate = true
    private var acceleration: UInt64 = 0
    private var rate: UInt64 = 0
    private var completed = Instant.zero
    /// The device's attitude since the last reading, and the bit of its frame; zero when none came.
    private var attitude: UInt64 = 0
    private var attitudeBit: UInt32 = 0

    /// What a frame led to.
    enum Outcome {
        case nothing
        case reading(Reading)
        /// A sample whose accelerometer reads zero on all axes: it is dead, or not configured.
        case deadAccelerometer
    }

    /// Takes a frame whose checksum fits; `isTrusted` when the frame before it was next to it.
    mutating func take(type: UInt8, payload: UInt64, at arrival: Instant, isTrusted: Bool) -> Outcome {
        let bit = Self.bit(of: type)
        var outcome = Outcome.nothing
        if !belongs(bit) {
            if held & (Self.accelerationBit | Self.settledBit) == Self.accelerationBit {
                expectsRate = false
                outcome = takeReading()
            }
            held = 0
        }
        held |= bit
        if bit == Self.accelerationBit {
            acceleration = payload
            completed = arrival
        } else if bit == Self.rateBit {
            rate = payload
            expectsRate = true
            completed = arrival
        } else {
            noteAttitude(bit, payload)
        }
        // At most one reading per frame: after a late one, this group waits for its next frame.
        guard case .nothing = outcome, isTrusted, held & Self.settledBit == 0,
            held & Self.accelerationBit != 0,
            !expectsRate || held & Self.rateBit != 0
        else { return outcome }
        held |= Self.settledBit
        return takeReading()
    }

    /// What a frame in a steady stream led to.
    enum SteadyOutcome {
        case nothing, complete, notSteady
    }

    /// The temperature beside the last acceleration, degrees Celsius; nil when that word cannot be one, or is the zero of
    /// models that do not fill it.
    var temperatureCelsius: Double? {
        let degrees = Double(Self.word(acceleration, 3)) / 100
        return degrees != 0 && SensorVitals.workingCelsius.contains(degrees) ? degrees : nil
    }

    /// The short way for the frames of a steady stream; does what `take` does to a trusted frame, or nothing at all.
    ///
    /// A `complete` reading is `steadyReading(rate:at:)` of that frame.
    @inline(__always)
    mutating func takeSteady(type: UInt8, payload: UInt64, at arrival: Instant) -> SteadyOutcome {
        let bit = Self.bit(of: type)
        let isSettled = held & Self.settledBit != 0
        if bit == Self.rateBit {
            guard held & (Self.accelerationBit | Self.rateBit | Self.settledBit) == Self.accelerationBit,
                !Self.isZeroWithinOneCount(acceleration)
            else { return .notSteady }
            held |= bit | Self.settledBit
            expectsRate = true
            return .complete
        }
        if bit == Self.accelerationBit {
            guard expectsRate, isSettled != belongs(bit), isSettled || held & Self.rateBit == 0 else {
                return .notSteady
            }
            acceleration = payload
            completed = arrival
        } else {
            guard isSettled, type != WitMotionDecoder.replyType else { return .notSteady }
            noteAttitude(bit, payload)
        }
        held = belongs(bit) ? held | bit : bit
        return .nothing
    }

    /// The reading that a steady rate frame completed.
    @inline(__always)
    mutating func steadyReading(rate: UInt64, at arrival: Instant) -> Reading {
        Reading(
            acceleration: Self.vector(acceleration, times: Self.gPerCount),
            angularRate: Self.vector(rate, times: Self.radiansPerSecondPerCount),
            hasAngularRate: true, deviceUp: takeDeviceUp(), arrival: arrival)
    }

    /// Forgets the frames held: bytes were lost, so what follows may belong to another sample.
    @inline(__always)
    mutating func tear() {
        held = 0
        attitudeBit = 0
    }

    @inline(__always)
    private mutating func noteAttitude(_ bit: UInt32, _ payload: UInt64) {
        guard bit & (Self.anglesBit | Self.quaternionBit) != 0 else { return }
        attitude = payload
        attitudeBit = bit
    }

    @inline(__always)
    private mutating func takeDeviceUp() -> Vector3<SensorFrame> {
        guard attitudeBit == Self.anglesBit else { return takeRareDeviceUp() }
        attitudeBit = 0
        return Self.up(angles: attitude)
    }

    /// By a quaternion, or none.
    @inline(never)
    private mutating func takeRareDeviceUp() -> Vector3<SensorFrame> {
        guard attitudeBit != 0 else { return .zero }
        attitudeBit = 0
        return Self.up(quaternion: attitude)
    }

    /// Roll, pitch and yaw in 180/32768 degrees.
    @inline(__always)
    private static func up(angles payload: UInt64) -> Vector3<SensorFrame> {
        DeviceUp.from(rollCount: word(payload, 0), pitchCount: word(payload, 1))
    }

    /// w, x, y and z in 1/32768.
    private static func up(quaternion payload: UInt64) -> Vector3<SensorFrame> {
        func value(_ index: UInt64) -> Double { Double(word(payload, index)) * (1.0 / 32768) }
        return DeviceUp.from(w: value(0), x: value(1), y: value(2), z: value(3))
    }

    private mutating func takeReading() -> Outcome {
        guard !Self.isZeroWithinOneCount(acceleration) else { return .deadAccelerometer }
        let hasRate = held & Self.rateBit != 0
        return .reading(
            Reading(
                acceleration: Self.vector(acceleration, times: Self.gPerCount),
                angularRate: hasRate ? Self.vector(rate, times: Self.radiansPerSecondPerCount) : .zero,
                hasAngularRate: hasRate, deviceUp: takeDeviceUp(), arrival: completed))
    }

    @inline(__always)
    private static func bit(of type: UInt8) -> UInt32 { 1 << UInt32(type & 0x0F) }

    /// Whether a frame belongs to the group begun: a lower type is held, and this one is not.
    @inline(__always)
    private func belongs(_ bit: UInt32) -> Bool {
        // The types up to this one, as a number, lie between zero and `bit`, both excluded.
        (held & (bit | (bit &- 1))) &- 1 < bit &- 1
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

    /// No working accelerometer is within 0.0005 g of zero on all three axes.
    @inline(__always)
    private static func isZeroWithinOneCount(_ payload: UInt64) -> Bool {
        for index: UInt64 in 0..<3 where word(payload, index).magnitude > 1 { return false }
        return true
    }
}
