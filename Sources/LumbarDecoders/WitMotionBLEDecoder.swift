import LumbarCore

/// WitMotion's combined frame: WT901BLE, WT901BLECL, BWT901BLE5.0, over Bluetooth LE or from their USB socket.
///
/// One frame is 20 bytes and has no checksum, one character per nibble:
///
///     55 61 XXXX YYYY ZZZZ UUUU VVVV WWWW RRRR PPPP HHHH
///
/// - `55 61`: preamble; `55 71` begins a register reply of the same length, which is passed over
/// - `XXXX YYYY ZZZZ`: acceleration, signed 16-bit little-endian, 16/32768 g
/// - `UUUU VVVV WWWW`: angular rate, 2000/32768 deg/s
/// - `RRRR PPPP HHHH`: the device's own Euler angles; not used, see `WitMotionDecoder`
///
/// **Framing.** With no checksum only the spacing vouches for a frame: it is taken when the two bytes behind it are
/// the preamble of the next. Otherwise one byte is dropped and the rest scanned again. So these are refused, by spacing
/// alone: the 28-byte frame of the WTVB01 with the same preamble, and frames a small Bluetooth packet cut to 16 bytes.
/// From the USB socket a partial frame may stand before a whole one where a 64-byte packet ends; it is dropped.
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
    private static let preambleLength = 2
    private static let unlockAfterSkipped = 256
    private static let gPerCount = 16.0 / 32768
    private static let radiansPerSecondPerCount = 2000.0 / 32768 * radiansPerDegree

    private enum Preamble {
        case data, reply, partial, none
    }

    /// What became of the bytes so far.
    public private(set) var outcomes = DecodeOutcomes()
    /// Whether two data frames touched each other and a third preamble, and no long garbage came since.
    public private(set) var isLocked = false

    /// Bytes not yet decided on, oldest in the low bits of the first word: at most 22.
    private var window: (UInt64, UInt64, UInt64) = (0, 0, 0)
    private var pending = 0
    /// When the newest three bytes were read, newest first: a frame's last byte is never further back.
    private var arrivals: (Instant, Instant, Instant) = (.zero, .zero, .zero)
    /// Whether the window begins where a frame ended.
    private var touchesFrame = false
    private var skippedSinceFrame = 0

    /// A decoder that has seen nothing.
    public init() {}

    /// Takes the next byte; returns a reading when it vouches for the frame before it.
    public mutating func push(_ byte: UInt8, at arrival: Instant) -> Reading? {
        append(byte, at: arrival)
        dropUntilFrameCanBegin()
        guard pending > Self.frameLength else { return nil }
        switch preamble(at: Self.frameLength) {
        case .partial:
            return nil
        case .data, .reply:
            return takeFrame(isVouched: true)
        case .none:
            if endsBurst { return takeFrame(isVouched: false) }
            dropByte()
            dropUntilFrameCanBegin()
            return nil
        }
    }

    /// Forgets the half-received frame; the lock must be earned again.
    public mutating func interrupt() {
        window = (0, 0, 0)
        pending = 0
        touchesFrame = false
        skippedSinceFrame = 0
        isLocked = false
    }

    // MARK: The frame at the head of the window

    private mutating func takeFrame(isVouched: Bool) -> Reading? {
        let isReply = preamble(at: 0) == .reply
        let acceleration = vector(fromWord: 1, times: Self.gPerCount)
        let rate = vector(fromWord: 4, times: Self.radiansPerSecondPerCount)
        let arrival = arrivalOfFrame
        dropFrame()
        if isVouched && touchesFrame && !isReply { isLocked = true }
        touchesFrame = true
        skippedSinceFrame = 0
        dropUntilFrameCanBegin()
        guard !isReply else { return nil }
        guard isCredible(acceleration) else {
            outcomes.insane += 1
            return nil
        }
        outcomes.readings += 1
        return Reading(
            acceleration: acceleration, angularRate: rate, hasAngularRate: true, arrival: arrival)
    }

    /// Whether the frame in the window is whole, touches the one before, is plausible, and the next byte came later.
    private var endsBurst: Bool {
        guard isLocked, touchesFrame, arrivalOfFrame < arrival(ofIndex: Self.frameLength) else {
            return false
        }
        guard preamble(at: 0) == .data else { return false }
        let squared = vector(fromWord: 1, times: Self.gPerCount).lengthSquared
        return squared >= 0.25 && squared <= 4
    }

    private func isCredible(_ acceleration: Vector3<SensorFrame>) -> Bool {
        let squared = acceleration.lengthSquared
        // No working accelerometer is within a count or two of zero on all axes.
        if isLocked { return squared > 1e-6 }
        return squared >= 0.0625 && squared <= 16
    }

    // MARK: The window

    private mutating func append(_ byte: UInt8, at arrival: Instant) {
        let shift = UInt64(8 * (pending & 7))
        switch pending >> 3 {
        case 0: window.0 |= UInt64(byte) << shift
        case 1: window.1 |= UInt64(byte) << shift
        default: window.2 |= UInt64(byte) << shift
        }
        pending += 1
        arrivals = (arrival, arrivals.0, arrivals.1)
    }

    private func byte(at index: Int) -> UInt8 {
        let shift = UInt64(8 * (index & 7))
        switch index >> 3 {
        case 0: return UInt8(truncatingIfNeeded: window.0 >> shift)
        case 1: return UInt8(truncatingIfNeeded: window.1 >> shift)
        default: return UInt8(truncatingIfNeeded: window.2 >> shift)
        }
    }

    private func preamble(at index: Int) -> Preamble {
        guard pending > index, byte(at: index) == 0x55 else { return .none }
        guard pending > index + 1 else { return .partial }
        switch byte(at: index + 1) {
        case 0x61: return .data
        case 0x71: return .reply
        default: return .none
        }
    }

    /// The instants kept reach back to the third newest byte, which covers indices 19 to 21 of a full window.
    private func arrival(ofIndex index: Int) -> Instant {
        switch pending - 1 - index {
        case 0: arrivals.0
        case 1: arrivals.1
        default: arrivals.2
        }
    }

    private var arrivalOfFrame: Instant { arrival(ofIndex: Self.frameLength - 1) }

    private func vector(fromWord first: Int, times scale: Double) -> Vector3<SensorFrame> {
        func word(_ index: Int) -> Double {
            let bits = UInt16(byte(at: 2 * index)) | UInt16(byte(at: 2 * index + 1)) << 8
            return Double(Int16(bitPattern: bits)) * scale
        }
        return Vector3(word(first), word(first + 1), word(first + 2))
    }

    private mutating func dropFrame() {
        window = (window.2 >> 32, 0, 0)
        pending -= Self.frameLength
    }

    private mutating func dropUntilFrameCanBegin() {
        while pending > 0 && preamble(at: 0) == .none { dropByte() }
    }

    private mutating func dropByte() {
        window.0 = window.0 >> 8 | window.1 << 56
        window.1 = window.1 >> 8 | window.2 << 56
        window.2 >>= 8
        pending -= 1
        outcomes.skippedBytes += 1
        touchesFrame = false
        skippedSinceFrame += 1
        if skippedSinceFrame > Self.unlockAfterSkipped { isLocked = false }
    }
}
