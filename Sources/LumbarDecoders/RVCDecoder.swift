import LumbarCore

/// The "robot vacuum cleaner" output of the BNO080, BNO085 and BNO086: a fixed frame at 100 Hz and 115200 baud.
///
/// One frame is 19 bytes, one character per nibble:
///
///     AAAA NN YYYY PPPP RRRR XXXX YYYY ZZZZ MI MR 00 SS
///
/// - `AAAA`: preamble
/// - `NN`: counts frames, and wraps
/// - `YYYY PPPP RRRR`: yaw, pitch, roll, signed 16-bit little-endian, 0.01 degrees
/// - `XXXX YYYY ZZZZ`: acceleration, signed 16-bit little-endian, 0.001 g
/// - `MI MR`: motion intent and request, on the BNO086 only: not used
/// - `00`: reserved
/// - `SS`: low eight bits of the sum of the 16 bytes before
///
/// **Framing.** 0xAA may be the counter or part of a number, and stand before a preamble as noise: in `AA AA AA` the sum
/// decides which two begin the frame, by dropping one byte after the other. Lock and trust: see `FrameTrust`.
///
/// **Lost frames.** The counter tells how many are missing; 256 or more in a row pass for fewer.
///
/// **Device angles.** The axes are Android's: pitch turns about x and roll about y, contrary to the other protocols here.
/// The data sheet's own example frame has its acceleration along (−cos p sin r, sin p, cos p cos r), and along no other
/// reading of the two angles. There is no angular rate.
///
/// **Sanity.** The chip sets its accelerometer to 8 g; more than 9 on an axis, angles beyond their range and a reserved
/// byte that is not zero are damage that the sum does not show.
///
/// Source: CEVA BNO080/85/86 data sheet 1000-3927 v1.11, pages 21-22; BNO080 data sheet of October 2017,
/// sections 2 and 6.6, for axes and range.
public struct RVCDecoder: BuiltInDecoder, FramedDecoder {
    /// `bno08x-rvc`.
    public static let protocolName = "bno08x-rvc"

    private static let frameLength = 19
    private static let gPerCount = 0.001
    private static let radiansPerCount = 0.01 * radiansPerDegree
    /// 180 and 90 degrees; a count more for rounding.
    private static let largestTurn = 18_001
    private static let largestPitch = 9_001
    private static let largestG = 9.0

    var trust = FrameTrust(longest: RVCDecoder.frameLength, unlockAfter: 128)
    private var counter = FrameCounter()

    /// A decoder that has seen nothing.
    public init() {}

    /// What became of the bytes so far.
    public var outcomes: DecodeOutcomes { trust.outcomes }
    /// Whether three frames touched each other, and no long garbage came since.
    public var isLocked: Bool { trust.isLocked }

    /// Takes the next byte; returns a reading when it completes a good frame.
    public mutating func push(_ byte: UInt8, at arrival: Instant) -> Reading? {
        takeByte(byte, at: arrival)
    }

    /// Takes a chunk: what cannot end a frame at once, the rest byte by byte.
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, at arrival: Instant, into buffer: inout ReadingBuffer
    ) {
        takeChunk(bytes, at: arrival, into: &buffer)
    }

    /// Forgets a half-received frame; the lock must be earned again.
    public mutating func interrupt() {
        trust.interrupt()
        counter.forget()
    }

    func verdict(_ window: FrameWindow) -> FrameTrust.Verdict {
        if window[0] != 0xAA { return .notAFrame }
        guard window.count > 1 else { return .incomplete(2) }
        if window[1] != 0xAA { return .notAFrame }
        guard window.count >= Self.frameLength else { return .incomplete(Self.frameLength) }
        return window.sum8(2..<18) == window[18] ? .whole(Self.frameLength) : .badChecksum
    }

    mutating func accept(_ length: Int, at arrival: Instant) -> Reading? {
        guard trust.isTrusted else { return nil }
        let window = trust.window
        func count(_ index: Int) -> Int { Int(window.littleInt16(index)) }
        let (yaw, pitch, roll) = (count(3), count(5), count(7))
        let acceleration =
            Vector3<SensorFrame>(Double(count(9)), Double(count(11)), Double(count(13))) * Self.gPerCount
        guard yaw.magnitude <= Self.largestTurn, pitch.magnitude <= Self.largestPitch,
            roll.magnitude <= Self.largestTurn, window[17] == 0,
            SampleGate.isWithin(acceleration, Self.largestG)
        else {
            trust.refuse(.impossible)
            return nil
        }
        if let fault = SampleGate.fault(acceleration) {
            trust.refuse(fault)
            return nil
        }
        let lost = counter.lost(before: UInt16(window[2]), of: 256)
        trust.outcomes.lostSamples += Int(lost)
        trust.outcomes.readings += 1
        return Reading(
            acceleration: acceleration, hasAngularRate: false, lostBefore: lost,
            deviceUp: Self.up(pitch: Double(pitch), roll: Double(roll)), arrival: arrival)
    }

    private static func up(pitch: Double, roll: Double) -> Vector3<SensorFrame> {
        let p = Elementary.sincos(pitch * radiansPerCount)
        let r = Elementary.sincos(roll * radiansPerCount)
        return Vector3(-p.cos * r.sin, p.sin, p.cos * r.cos)
    }
}
