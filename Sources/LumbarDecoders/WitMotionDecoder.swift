import LumbarCore

/// WitMotion's standard frame: WT61, WT901, JY61, JY901, HWT905, BWT61CL, BWT901CL, on a wire or over Bluetooth serial.
///
/// One frame is 11 bytes, one character per nibble:
///
///     55 TT AAAA BBBB CCCC DDDD SS
///
/// - `55`: preamble
/// - `TT`: type, 50...5F: 50 time, 51 acceleration, 52 angular rate, 53 Euler angles, 54 magnetometer,
///   55 ports, 56 pressure, 57 position, 58 speed, 59 quaternion, 5A satellites, 5F register reply
/// - `AAAA BBBB CCCC`: x, y, z as signed 16-bit little-endian; 51 in 16/32768 g, 52 in 2000/32768 deg/s
/// - `DDDD`: of 51 the temperature in 0.01 degrees C; else voltage or garbage by model and type: not used
/// - `SS`: low eight bits of the sum of the ten bytes before
///
/// **Framing.** On a wrong preamble, type or sum one byte is dropped and the rest scanned again, as the vendor's own
/// reader does. 0x55 occurs in payloads and a false frame passes the sum once in 256, so nothing is handed out before
/// two frames followed each other without a byte between, and after every skipped byte that is asked again.
/// Two such frames also lock the decoder; 128 bytes without another such pair unlock it.
///
/// **Groups.** One sample is a group of frames without a sequence number (see `WitMotionGroup`); a group in which a
/// byte was skipped is dropped, since its frames might belong to two samples. No timer takes part, and a reading
/// depends on the bytes and on the instant each was read, never on how `read(2)` cut them.
///
/// **Device angles are a second opinion.** Frames 53 (roll, pitch, yaw, 180/32768 degrees) and 59 (quaternion,
/// 1/32768, w first) hold what the device believes its attitude is; they become `Reading.deviceUp` of the next
/// reading. Of six published captures that hold both, three agree with the accelerometer beside them within 0.2
/// degrees and three do not: two are off by 17 degrees or more and one comes with an accelerometer that reads zero. A
/// daemon cannot know which kind it has before it, so inclination comes from acceleration and angular rate alone.
///
/// **While the line is a bad one** (`LineDamage`), a frame that fits its sum must also end in about the same `DDDD`
/// as those of its type before, where that has kept still: a temperature or a voltage does not jump within a sample.
/// Of the wrong frames that pass the sum, a third are found out by it. They count as `insane`.
///
/// **Register replies** (5F) are kept in `registers` and disturb nothing. An accelerometer that reads zero on all
/// axes is refused and counted apart. A clone sends frames of 8 bytes without a sum under the same preambles: they
/// are refused, as frames of the wrong length.
///
/// Source: WitMotion WT901C and JY901 protocol manuals, and the vendor's reader (WITMOTION/WitStandardProtocol_JY901).
public struct WitMotionDecoder: BuiltInDecoder {
    /// `witmotion`.
    public static let protocolName = "witmotion"

    private static let frameLength = 11
    static let replyType: UInt8 = 0x5F
    private static let unlockAfterSkipped = 128

    /// What became of the bytes so far; a byte of a frame that failed its sum is also counted as skipped.
    public private(set) var outcomes = DecodeOutcomes()
    /// Whether two frames back to back were seen, and no long garbage since.
    public private(set) var isLocked = false
    /// The registers the sensor last answered with; nil before it did.
    public private(set) var registers: WitMotionRegisters?

    /// Bytes not yet decided on, oldest in the low bits: eight here, up to three in `windowHigh`.
    private var windowLow: UInt64 = 0
    private var windowHigh: UInt64 = 0
    private var pending = 0
    /// Frames since the last skipped byte, counted up to two.
    private var run = 0
    private var skippedSinceTrusted = 0
    private var group = WitMotionGroup()
    private var damage = LineDamage()
    private var sawDamage = false
    private var lastWords = WitMotionLastWords()

    /// A decoder that has seen nothing.
    public init() {}

    /// Its temperature.
    public var vitals: SensorVitals {
        var vitals = SensorVitals()
        vitals.temperatureCelsius = group.temperatureCelsius
        return vitals
    }

    /// Takes the next byte; returns a reading when it completes one.
    public mutating func push(_ byte: UInt8, at arrival: Instant) -> Reading? {
        hold(byte)
        // Settled on the byte that decides, so the window never holds a whole frame between calls.
        guard pending == Self.frameLength else {
            if pending <= 2 { dropUntilFrameCanBegin() }
            return nil
        }
        let type = UInt8(truncatingIfNeeded: windowLow >> 8)
        let payload = windowLow >> 16 | windowHigh << 48
        let sum = UInt8(truncatingIfNeeded: windowHigh >> 16)
        guard sum == Self.sum(type: type, payload: payload) else {
            refuseFrame()
            return nil
        }
        windowLow = 0
        windowHigh = 0
        pending = 0
        return accept(type: type, payload: payload, at: arrival)
    }

    /// Takes a chunk: whole frames straight from it where one begins, byte by byte everywhere else.
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, at arrival: Instant, into buffer: inout ReadingBuffer
    ) {
        var offset = 0
        while offset < bytes.count {
            if pending == 0 {
                takeWholeFrames(of: bytes, from: &offset, at: arrival, into: &buffer)
                if offset == bytes.count { return }
            }
            // Between the head of a frame and its last byte nothing is decided.
            while pending >= 2, pending < Self.frameLength - 1, offset < bytes.count {
                hold(bytes[offset])
                offset += 1
            }
            if offset == bytes.count { return }
            if let reading = push(bytes[offset], at: arrival) { buffer.append(reading) }
            offset += 1
        }
    }

    @inline(__always)
    private mutating func hold(_ byte: UInt8) {
        if pending < 8 {
            windowLow |= UInt64(byte) &<< UInt64(8 &* pending)
        } else {
            windowHigh |= UInt64(byte) &<< UInt64(8 &* (pending &- 8))
        }
        pending += 1
    }

    /// Forgets the half-received frame and group; the next two frames must confirm each other again.
    public mutating func interrupt() {
        windowLow = 0
        windowHigh = 0
        pending = 0
        run = 0
        skippedSinceTrusted = 0
        isLocked = false
        group = WitMotionGroup()
        damage = LineDamage()
        sawDamage = false
        lastWords = WitMotionLastWords()
    }

    /// Takes frames while each touches the one before it; with nothing pending the byte path would take the same ones.
    @inline(__always)
    private mutating func takeWholeFrames(
        of bytes: UnsafeRawBufferPointer, from offset: inout Int, at arrival: Instant,
        into buffer: inout ReadingBuffer
    ) {
        guard run == 2, !damage.isAbout, let base = bytes.baseAddress else { return }
        let last = bytes.count - Self.frameLength
        // Loads stay inside the chunk: eleven bytes are left at `offset`.
        while offset <= last {
            let frame = base + offset
            let head = UInt16(littleEndian: frame.loadUnaligned(as: UInt16.self))
            guard head & 0xF0FF == 0x5055 else { return }
            let payload = UInt64(littleEndian: frame.loadUnaligned(fromByteOffset: 2, as: UInt64.self))
            let type = UInt8(truncatingIfNeeded: head >> 8)
            let sum = frame.load(fromByteOffset: 10, as: UInt8.self)
            guard sum == Self.sum(type: type, payload: payload) else { return }
            offset &+= Self.frameLength
            switch group.takeSteady(type: type, payload: payload, at: arrival) {
            case .nothing:
                break
            case .complete:
                outcomes.readings += 1
                var reading = group.steadyReading(rate: payload, at: arrival)
                let isMarked = sawDamage || damage.isRemembered
                if isMarked { noteDamage(&reading) }
                buffer.append(reading)
                // On a bad line more is asked of each frame than is asked here.
                if isMarked, damage.isAbout { return }
            case .notSteady:
                if let reading = accept(type: type, payload: payload, at: arrival) { buffer.append(reading) }
                if damage.isAbout { return }
            }
        }
    }

    @inline(never)
    private mutating func refuseFrame() {
        // The window is full: its bytes 8 and 9 are where a clone's next frame begins.
        if windowHigh & 0xF0FF == 0x5055 {
            outcomes.badLength += 1
        } else {
            outcomes.badChecksum += 1
        }
        dropByte()
        dropUntilFrameCanBegin()
    }

    @inline(__always)
    private static func sum(type: UInt8, payload: UInt64) -> UInt8 {
        0x55 &+ type &+ Checksum.sum8(payload)
    }

    private mutating func accept(type: UInt8, payload: UInt64, at arrival: Instant) -> Reading? {
        if run < 2 {
            run += 1
            if run == 2 {
                isLocked = true
                skippedSinceTrusted = 0
            }
        }
        if type == Self.replyType {
            registers = WitMotionRegisters(reply: payload, after: registers)
            return nil
        }
        if damage.isAbout, !lastWords.agree(type: type, payload: payload) {
            outcomes.insane += 1
            sawDamage = true
            group.tear()
            return nil
        }
        switch group.take(type: type, payload: payload, at: arrival, isTrusted: run == 2) {
        case .nothing:
            return nil
        case .reading(var reading):
            outcomes.readings += 1
            if sawDamage || damage.isRemembered { noteDamage(&reading) }
            return reading
        case .deadAccelerometer:
            outcomes.insane += 1
            outcomes.deadAccelerometer += 1
            return nil
        }
    }

    @inline(never)
    private mutating func noteDamage(_ reading: inout Reading) {
        reading.followsDamage = sawDamage
        damage.note(sawDamage)
        sawDamage = false
    }

    /// Drops bytes until the window is empty or begins as a frame does.
    private mutating func dropUntilFrameCanBegin() {
        while pending > 0 {
            let isHead = windowLow & 0xFF == 0x55
            if isHead && (pending == 1 || windowLow & 0xF000 == 0x5000) { return }
            dropByte()
        }
    }

    private mutating func dropByte() {
        windowLow = windowLow >> 8 | windowHigh << 56
        windowHigh >>= 8
        pending -= 1
        outcomes.skippedBytes += 1
        sawDamage = true
        run = 0
        group.tear()
        if isLocked {
            skippedSinceTrusted += 1
            if skippedSinceTrusted > Self.unlockAfterSkipped {
                isLocked = false
                group = WitMotionGroup()
            }
        }
    }
}
