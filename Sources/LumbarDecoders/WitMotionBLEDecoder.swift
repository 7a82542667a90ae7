import LumbarCore

/// WitMotion's combined frame: WT901BLE, WT901BLECL, BWT901BLE5.0, over Bluetooth LE or from their USB socket.
///
/// One frame is 20 bytes and has no checksum, one character per nibble:
///
///     55 61 XXXX YYYY ZZZZ UUUU VVVV WWWW RRRR PPPP HHHH
///
/// - `55 61`: preamble; `55 71` begins a reply of the same length, with a register's address and what eight registers from
///   there hold: kept in `registers`
/// - `XXXX YYYY ZZZZ`: acceleration, signed 16-bit little-endian, 16/32768 g
/// - `UUUU VVVV WWWW`: angular rate, 2000/32768 deg/s
/// - `RRRR PPPP HHHH`: roll, pitch and yaw as the device has them, 180/32768 degrees; they become `deviceUp` of the frame's
///   own reading, a second opinion and no more: see `WitMotionDecoder`
///
/// **Framing.** With no checksum only the spacing vouches for a frame: it is taken when the two bytes behind it are
/// the preamble of the next. Otherwise one byte is dropped and the rest scanned again. So these are refused, by spacing
/// alone, as frames of the wrong length: the 28-byte frame of the WTVB01 with the same preamble, and frames a small
/// Bluetooth packet cut to 16 bytes.
/// From the USB socket a partial frame may stand before a whole one where a 64-byte packet ends; it is dropped.
///
/// **A damaged neighbour.** Once locked, a frame that touches the one before it is taken too when what follows it is no
/// preamble, but twenty bytes further there is one: the next frame was damaged, and this one is whole.
///
/// **End of a burst.** A frame with something else behind it is taken nevertheless when all of this holds: the decoder
/// is locked, the frame touches the one before it, the byte behind it was read at a later instant than its last, and its
/// acceleration is between 0.5 and 2 g. This saves the last good frame before a disturbance.
///
/// A reading is handed out with the second byte after its frame and bears the arrival of the frame's own last byte, so
/// live readings come one sample late. Before the lock (three preambles 20 bytes apart) only readings between
/// 0.25 and 4 g are handed out.
///
/// Known weakness: in random bytes a pair of preambles 20 apart occurs once in 2^31 bytes, and one in a hundred of those
/// passes for a plausible acceleration.
///
/// Source: WitMotion WT901BLECL manual; a capture in ElettraSciComp/witmotion_IMU_ros issue 50.
public struct WitMotionBLEDecoder: BuiltInDecoder {
    /// `witmotion-ble`.
    public static let protocolName = "witmotion-ble"

    private static let frameLength = 20
    private static let unlockAfterSkipped = 256
    private static let gPerCount = 16.0 / 32768
    private static let radiansPerSecondPerCount = 2000.0 / 32768 * radiansPerDegree

    private enum Preamble {
        case data, reply, partial, none
    }

    /// What became of the bytes so far; each preamble behind which no frame stands is a frame of the wrong length.
    public private(set) var outcomes = DecodeOutcomes()
    /// Whether two data frames touched each other and a third preamble, and no long garbage came since.
    public private(set) var isLocked = false
    /// The registers the sensor last answered with; nil before it did.
    public private(set) var registers: WitMotionRegisters?

    /// Bytes not yet decided on: at most two frames and a preamble.
    private var window = FrameWindow(longest: 48)
    /// When each of the newest 64 bytes was read, by its number in the stream.
    private var arrivals = [Instant](repeating: .zero, count: 64)
    private var taken = 0
    /// Whether the window begins where a frame ended.
    private var touchesFrame = false
    private var skippedSinceFrame = 0
    /// Whether anything was refused since the last reading.
    private var sawDamage = false

    /// A decoder that has seen nothing.
    public init() {}

    /// Takes the next byte; returns a reading when it vouches for the frame before it.
    public mutating func push(_ byte: UInt8, at arrival: Instant) -> Reading? {
        window.append(byte)
        note(arrival)
        dropUntilFrameCanBegin()
        while window.count > Self.frameLength {
            let verdict = verdict
            switch verdict {
            case .undecided: return nil
            case .vouched, .alone:
                if let reading = takeFrame(isVouched: verdict == .vouched) { return reading }
            case .refused:
                outcomes.badLength += 1
                dropByte()
                dropUntilFrameCanBegin()
            }
        }
        return nil
    }

    /// Takes a chunk: what lies between the head of a frame and its end at once, the rest byte by byte.
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, at arrival: Instant, into buffer: inout ReadingBuffer
    ) {
        var offset = 0
        while offset < bytes.count {
            // With two bytes there is a preamble, and up to twenty decide nothing.
            let quiet = min(Self.frameLength - window.count, bytes.count - offset)
            if window.count >= 2, quiet > 0 {
                window.append(UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + quiet]))
                for _ in 0..<quiet { note(arrival) }
                offset += quiet
                if offset == bytes.count { return }
            }
            if let reading = push(bytes[offset], at: arrival) { buffer.append(reading) }
            offset += 1
        }
    }

    @inline(__always)
    private mutating func note(_ arrival: Instant) {
        arrivals[taken & 63] = arrival
        taken &+= 1
    }

    /// Forgets the half-received frame; the lock must be earned again.
    public mutating func interrupt() {
        window.removeAll()
        touchesFrame = false
        skippedSinceFrame = 0
        isLocked = false
    }

    // MARK: The frame at the head of the window

    private enum Verdict {
        case undecided
        /// The next frame begins where this one ends.
        case vouched
        /// Nothing begins there, and yet the frame is whole.
        case alone
        case refused
    }

    /// The window holds more than a frame.
    private var verdict: Verdict {
        switch preamble(at: Self.frameLength) {
        case .partial: return .undecided
        case .data, .reply: return .vouched
        case .none: break
        }
        guard isLocked, touchesFrame, preamble(at: 0) == .data else { return .refused }
        if endsBurst { return .alone }
        guard window.count > 2 * Self.frameLength else { return .undecided }
        switch preamble(at: 2 * Self.frameLength) {
        case .partial: return .undecided
        case .data, .reply: return .alone
        case .none: return .refused
        }
    }

    private mutating func takeFrame(isVouched: Bool) -> Reading? {
        let isReply = preamble(at: 0) == .reply
        if isReply { noteRegisters() }
        let reading = isReply ? nil : self.reading
        window.drop(Self.frameLength)
        if isVouched && touchesFrame && !isReply { isLocked = true }
        touchesFrame = true
        skippedSinceFrame = 0
        dropUntilFrameCanBegin()
        guard var reading else { return nil }
        let squared = reading.acceleration.lengthSquared
        // No working accelerometer is within a count or two of zero on all axes.
        guard squared > 1e-6 else {
            outcomes.insane += 1
            outcomes.deadAccelerometer += 1
            sawDamage = true
            return nil
        }
        guard isLocked || (squared >= 0.0625 && squared <= 16) else {
            outcomes.insane += 1
            sawDamage = true
            return nil
        }
        outcomes.readings += 1
        reading.followsDamage = sawDamage
        sawDamage = false
        return reading
    }

    private var reading: Reading {
        Reading(
            acceleration: vector(at: 2, times: Self.gPerCount),
            angularRate: vector(at: 8, times: Self.radiansPerSecondPerCount), hasAngularRate: true,
            deviceUp: DeviceUp.from(rollCount: window.littleInt16(14), pitchCount: window.littleInt16(16)),
            arrival: arrival(ofIndex: Self.frameLength - 1))
    }

    private mutating func noteRegisters() {
        registers = WitMotionRegisters(
            first: UInt16(bitPattern: window.littleInt16(2)), low: window.littleUInt64(4),
            high: window.littleUInt64(12), after: registers)
    }

    /// Whether the frame in the window is plausible and the next byte came later.
    private var endsBurst: Bool {
        guard arrival(ofIndex: Self.frameLength - 1) < arrival(ofIndex: Self.frameLength) else {
            return false
        }
        let squared = vector(at: 2, times: Self.gPerCount).lengthSquared
        return squared >= 0.25 && squared <= 4
    }

    // MARK: The window

    private func preamble(at index: Int) -> Preamble {
        guard window.count > index, window[index] == 0x55 else { return .none }
        guard window.count > index + 1 else { return .partial }
        switch window[index + 1] {
        case 0x61: return .data
        case 0x71: return .reply
        default: return .none
        }
    }

    private func arrival(ofIndex index: Int) -> Instant { arrivals[(taken - window.count + index) & 63] }

    private func vector(at index: Int, times scale: Double) -> Vector3<SensorFrame> {
        Vector3(
            Double(window.littleInt16(index)) * scale, Double(window.littleInt16(index + 2)) * scale,
            Double(window.littleInt16(index + 4)) * scale)
    }

    private mutating func dropUntilFrameCanBegin() {
        while window.count > 0 && preamble(at: 0) == .none { dropByte() }
    }

    private mutating func dropByte() {
        window.drop(1)
        outcomes.skippedBytes += 1
        sawDamage = true
        touchesFrame = false
        skippedSinceFrame += 1
        if skippedSinceFrame > Self.unlockAfterSkipped { isLocked = false }
    }
}
