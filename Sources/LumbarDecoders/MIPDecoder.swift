import LumbarCore

/// MicroStrain's packets (MIP): 3DM-GX, 3DM-CX, 3DM-CV and 3DM-GV inertial sensors.
///
/// One packet, one character per nibble:
///
///     7565 DD LL FF...FF CCCC         a field:  NN TT VV...VV
///
/// - `7565`: preamble
/// - `DD`: descriptor set: 80 inertial sensor, 82 estimation filter, others passed over
/// - `LL`: bytes of all fields together
/// - `CCCC`: Fletcher's two 8-bit sums over everything before
/// - `NN TT VV...VV`: a field: its whole length, its descriptor, big-endian values:
///     - set 80: 04 acceleration, 3 binary32, g; 05 angular rate, 3 binary32, rad/s; 0C roll, pitch, yaw, 3 binary32, rad;
///       0A quaternion, 4 binary32, w first; 09 matrix, 9 binary32; D5 reference time, u64, ns; D6 time since the set
///       before, u64, ns; D3 and 12 GPS time of the week, binary64, s
///     - set 82: 05 roll, pitch, yaw; 03 quaternion; 04 matrix; each with u16 behind it, 0 when not valid
///
/// **Samples.** What is measured at one moment may come in two packets: a reading is complete with acceleration and
/// angular rate, and is handed out with the packet that brings the second, unless both name their times and these differ.
/// A sensor that sends no rate shows by sending a second acceleration without one; from then on the first is enough.
///
/// **Lost samples.** When the time since the last reading is more than the sensor says lies between two of its sets.
///
/// **Device angles** are of axes x forward, y right, z down, in a room whose z points down, so up is turned round. Those
/// in the packet of the acceleration belong to its reading, those in a later one are carried to the next.
///
/// **Lock and trust**: see `FrameTrust`.
///
/// Known weakness: without times, a stream that is opened between the two packets of a sample pairs each rate with the
/// acceleration before it.
///
/// Source: MicroStrain 3DM-GX5 data communications protocol manual; the vendor's mip_sdk.
public struct MIPDecoder: BuiltInDecoder, FramedDecoder {
    /// `microstrain-mip`.
    public static let protocolName = "microstrain-mip"

    private static let longest = 261
    private static let headerLength = 4

    var trust = FrameTrust(longest: MIPDecoder.longest, unlockAfter: 4096)
    private var sample = MIPSample()

    /// A decoder that has seen nothing.
    public init() {}

    /// What became of the bytes so far.
    public var outcomes: DecodeOutcomes { trust.outcomes }
    /// Whether three packets touched each other, and no long garbage came since.
    public var isLocked: Bool { trust.isLocked }

    /// Takes the next byte; returns a reading when it completes one.
    public mutating func push(_ byte: UInt8, at arrival: Instant) -> Reading? {
        takeByte(byte, at: arrival)
    }

    /// Takes a chunk: what cannot end a frame at once, the rest byte by byte.
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, at arrival: Instant, into buffer: inout ReadingBuffer
    ) {
        takeChunk(bytes, at: arrival, into: &buffer)
    }

    /// Forgets a half-received packet and sample; the lock must be earned again.
    public mutating func interrupt() {
        trust.interrupt()
        sample.forget()
    }

    func verdict(_ window: FrameWindow) -> FrameTrust.Verdict {
        if window[0] != 0x75 { return .notAFrame }
        guard window.count > 1 else { return .incomplete(2) }
        if window[1] != 0x65 { return .notAFrame }
        guard window.count >= Self.headerLength else { return .incomplete(Self.headerLength) }
        let end = Self.headerLength + Int(window[3])
        guard window.count >= end + 2 else { return .incomplete(end + 2) }
        let sums = window.fletcher(0..<end)
        guard sums.first == window[end], sums.second == window[end + 1] else { return .badChecksum }
        return fieldsFill(end) ? .whole(end + 2) : .badLength
    }

    /// Whether the fields' own lengths add up to the packet's.
    private func fieldsFill(_ end: Int) -> Bool {
        var index = Self.headerLength
        while index < end {
            let length = Int(trust.window[index])
            guard length >= 2, index + length <= end else { return false }
            index += length
        }
        return true
    }

    mutating func accept(_ length: Int, at arrival: Instant) -> Reading? {
        guard trust.isTrusted else { return nil }
        let window = trust.window
        let set = window[2]
        guard set == 0x80 || set == 0x82 else { return nil }
        var packet = MIPSample.Packet()
        var index = Self.headerLength
        while index < length - 2 {
            packet.take(window, at: index, set: set)
            index += Int(window[index])
        }
        switch sample.take(packet, at: arrival) {
        case .nothing: return nil
        case .refused(let fault):
            trust.refuse(fault)
            return nil
        case .reading(let reading):
            trust.outcomes.lostSamples += Int(reading.lostBefore)
            trust.outcomes.readings += 1
            return reading
        }
    }
}
