import LumbarCore

/// x-io Technologies x-IMU3, binary messages: over USB, serial or Bluetooth.
///
/// One message, one character per nibble; values are little-endian:
///
///     II TTTTTTTTTTTTTTTT VV...VV 0A
///
/// - `II`: a letter with its highest bit set: I inertial, Q quaternion, R rotation matrix, A Euler angles, and others
/// - `T...T`: microseconds by the device's clock, u64
/// - `VV...VV`: binary32 values by letter: I angular rate, degrees/s, and acceleration, g; Q w, x, y, z; R row by row;
///   A roll, pitch, yaw, degrees; L and E a quaternion and a linear acceleration; T degrees C; B percent, volts
/// - `0A`: the end; inside a message 0A is sent as `DB DC`, and DB as `DB DD`
///
/// **Framing.** There is no checksum: what vouches for a message is its end, its letter, the length that goes with the
/// letter and a time that agrees with the ones before. Where an end was damaged two messages run together; the second
/// is found again by counting back from its own end.
///
/// **Time.** An inertial message counts when its time is at most a second after the last one's, or after that of the one
/// before the last, which then had a damaged time, or after that of a message just refused: the clock was set.
///
/// **Device angles** come behind the inertial message of their moment and are carried to the next reading. They are taken
/// for angles in a room whose z points up, as the sensor is delivered; one set to north-east-down says the opposite.
///
/// **Lock.** Three messages of known letter and length in a row, each within a second of the one before; 512 bytes without
/// one unlock it. Nothing is handed out without the lock.
///
/// Known weakness: a damaged byte inside a value goes through unless it makes the value impossible.
///
/// Source: x-IMU3 User Manual; the vendor's reader (xioTechnologies/x-IMU3-Software).
public struct XIMU3Decoder: BuiltInDecoder {
    /// `x-imu3`.
    public static let protocolName = "x-imu3"

    /// Messages with words in them may be this long.
    private static let longest = 320
    private static let unlockAfter = 512
    private static let framesToLock = 3

    /// What became of the bytes so far; bytes of a message are counted as they are meant, not as they are stuffed.
    public private(set) var outcomes = DecodeOutcomes()
    /// What was refused and skipped when a reading last came.
    private var refusedBefore = 0
    /// Whether three messages in a row made sense, and no long garbage came since.
    public private(set) var isLocked = false
    /// Its temperature and its battery, by the messages T and B.
    public private(set) var vitals = SensorVitals()

    private var window = FrameWindow(longest: XIMU3Decoder.longest)
    private var isEscaped = false
    /// Bytes at the end of the window since the last escape that does not exist; nil when there was none.
    private var sinceBadEscape: Int?
    /// Whether the window begins behind an end.
    private var isAligned = false
    private var run = 0
    private var skippedSinceMessage = 0
    private var lastTime: UInt64?
    private var timeline = XIMU3Timeline()
    private var carriedUp = Vector3<SensorFrame>.zero

    /// A decoder that has seen nothing.
    public init() {}

    /// Takes the next byte; returns a reading when it ends an inertial message.
    public mutating func push(_ byte: UInt8, at arrival: Instant) -> Reading? {
        if isEscaped {
            isEscaped = false
            if byte == 0xDC || byte == 0xDD {
                hold(byte == 0xDC ? 0x0A : 0xDB)
                return nil
            }
            sinceBadEscape = 0
            hold(0xDB)
        }
        switch byte {
        case 0xDB: isEscaped = true
        case 0x0A: return endOfMessage(at: arrival)
        default: hold(byte)
        }
        return nil
    }

    /// Takes a chunk: bytes that are neither end nor escape at once, the rest one by one.
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, at arrival: Instant, into buffer: inout ReadingBuffer
    ) {
        var offset = 0
        while offset < bytes.count {
            holdPlainBytes(of: bytes, from: &offset)
            guard offset < bytes.count else { return }
            if let reading = push(bytes[offset], at: arrival) { buffer.append(reading) }
            offset += 1
        }
    }

    private mutating func holdPlainBytes(of bytes: UnsafeRawBufferPointer, from offset: inout Int) {
        guard !isEscaped, sinceBadEscape == nil else { return }
        let last = min(bytes.count, offset + Self.longest - 1 - window.count)
        var end = offset
        while end < last, bytes[end] != 0x0A, bytes[end] != 0xDB { end += 1 }
        guard end > offset else { return }
        window.append(UnsafeRawBufferPointer(rebasing: bytes[offset..<end]))
        offset = end
    }

    /// Forgets a half-received message; the lock must be earned again.
    public mutating func interrupt() {
        forgetMessage()
        isAligned = false
        run = 0
        skippedSinceMessage = 0
        isLocked = false
        lastTime = nil
        timeline = XIMU3Timeline()
        carriedUp = .zero
    }

    // MARK: Framing

    private mutating func hold(_ byte: UInt8) {
        if window.count == Self.longest - 1 {
            window.drop(1)
            isAligned = false
            skip(1)
        }
        window.append(byte)
        if let since = sinceBadEscape { sinceBadEscape = since + 1 }
    }

    private mutating func forgetMessage() {
        window.removeAll()
        isEscaped = false
        sinceBadEscape = nil
    }

    private mutating func skip(_ count: Int) {
        outcomes.skippedBytes += count
        run = 0
        skippedSinceMessage += count
        if skippedSinceMessage > Self.unlockAfter { isLocked = false }
    }

    private mutating func endOfMessage(at arrival: Instant) -> Reading? {
        defer {
            forgetMessage()
            isAligned = true
        }
        guard window.count > 0, !isPassedOver else { return nil }
        let type = XIMU3Message(rawValue: window[0])
        if let type, type.length == window.count { return take(type, at: arrival) }
        if isAligned {
            if type != nil { outcomes.badLength += 1 } else if XIMU3Message.isLetter(window[0]) { return nil }
        }
        // The end before this message was damaged, or the stream opened here.
        for type in XIMU3Message.worthFinding {
            let before = window.count - type.length
            guard before > 0, window[before] == type.rawValue, isNear(window.littleUInt64(before + 1)) else {
                continue
            }
            window.drop(before)
            skip(before)
            return take(type, at: arrival)
        }
        skip(window.count)
        return nil
    }

    /// Commands in braces, and messages passed on for another sensor.
    private var isPassedOver: Bool { isAligned && (window[0] == 0x7B || window[0] == 0x5E) }

    private func isNear(_ time: UInt64) -> Bool {
        guard isLocked, let lastTime else { return false }
        return time &- lastTime < 1_000_000 || lastTime &- time < 1_000_000
    }

    // MARK: Messages

    private mutating func take(_ type: XIMU3Message, at arrival: Instant) -> Reading? {
        // A stray escape inside is damage that the length does not show.
        if let since = sinceBadEscape, since > 0, since <= window.count {
            outcomes.insane += 1
            skip(window.count)
            return nil
        }
        vouch(for: window.littleUInt64(1))
        guard type == .inertial else {
            if let up = type.up(window) { carriedUp = up }
            type.tell(&vitals, window)
            return nil
        }
        return isLocked ? reading(at: arrival) : nil
    }

    private mutating func vouch(for time: UInt64) {
        let agrees = lastTime.map { time &- $0 < 1_000_000 || $0 &- time < 1_000_000 } ?? true
        lastTime = time
        skippedSinceMessage = 0
        run = agrees ? min(run + 1, Self.framesToLock) : 1
        if run == Self.framesToLock { isLocked = true }
    }

    private mutating func reading(at arrival: Instant) -> Reading? {
        let time = window.littleUInt64(1)
        let rate =
            Vector3<SensorFrame>(window.littleFloat(9), window.littleFloat(13), window.littleFloat(17))
            * radiansPerDegree
        let acceleration = Vector3<SensorFrame>(
            window.littleFloat(21), window.littleFloat(25), window.littleFloat(29))
        if let fault = SampleGate.fault(acceleration, rate: rate) {
            outcomes.insane += 1
            if fault == .deadAccelerometer { outcomes.deadAccelerometer += 1 }
            return nil
        }
        guard timeline.accepts(time) else {
            outcomes.insane += 1
            return nil
        }
        defer { carriedUp = .zero }
        outcomes.readings += 1
        var reading = Reading(
            acceleration: acceleration, angularRate: rate, hasAngularRate: true, deviceUp: carriedUp,
            deviceNanoseconds: Int64(time) * 1000, arrival: arrival)
        let refused = outcomes.rejects + outcomes.skippedBytes
        reading.followsDamage = refused != refusedBefore
        refusedBefore = refused
        return reading
    }
}
