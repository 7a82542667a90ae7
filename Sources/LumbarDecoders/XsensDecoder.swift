import LumbarCore

/// Xsens and Movella MTi sensors: MTData2 messages of the Xbus protocol.
///
/// One message, one character per nibble:
///
///     FA FF MM LL DD...DD SS              up to 254 bytes of data
///     FA FF MM FF LLLL DD...DD SS         up to 2048
///
/// - `FA FF`: preamble and bus address
/// - `MM`: kind: 36 MTData2; replies and the like are passed over
/// - `LL`, `LLLL`: bytes of data, the long form big-endian
/// - `SS`: makes the sum of all bytes behind FA zero, in its low eight bits
///
/// The data of MTData2 are items, `IIII LL VV...VV`, big-endian; an item's precision follows from its length and not
/// from its name, since the pressure has been seen with four bytes under the name for eight:
///
/// - `IIII`: what it is; its lowest four bits are precision and frame:
///     - 1020 packet counter; 1060 sample time in 0.1 ms
///     - 2010 quaternion, w first; 2020 rotation matrix, column by column; 2030 roll, pitch, yaw, degrees
///     - 4020 acceleration, m/s²; 8020 angular rate, rad/s
/// - `VV...VV`: binary32, fixed 12.20, fixed 16.32 (fraction first, then the 16-bit whole) or binary64
///
/// **Device angles.** Bits 2 and 3 of an item's name say what its room's axes are: 0 east-north-up, 4 north-east-down,
/// 8 north-west-up; up is turned round for the second.
///
/// **Lost messages** by the packet counter; one without acceleration counts as it comes, and is no sample.
///
/// A sensor set up to send its attitude only gives readings with `hasAcceleration` false, until an acceleration comes.
///
/// **While the line is a bad one** (`LineDamage`) a message must also be regular, since the sum of a message this
/// long lets more damage through than that of short frames: see `XsensRegularity`.
///
/// **Lock and trust**: see `FrameTrust`. A message whose items do not add up to its length is refused, as a bad length.
///
/// Source: MT Low-Level Communication Protocol Documentation (Xsens MT0101P); for the order of the matrix, the vendor's
/// xspublic library.
public struct XsensDecoder: BuiltInDecoder, FramedDecoder {
    /// `xsens-mtdata2`.
    public static let protocolName = "xsens-mtdata2"

    private static let longestData = 2048
    private static let dataMessage: UInt8 = 0x36

    var trust = FrameTrust(longest: XsensDecoder.longestData + 7, unlockAfter: 8192)
    private var counter = FrameCounter()
    private var clock = XsensClock()
    private var regularity = XsensRegularity()
    private var hasAcceleration = false
    /// Lost before messages that gave no reading, and the device's opinion in them.
    private var carriedLoss: UInt16 = 0
    private var carriedUp = Vector3<SensorFrame>.zero

    /// Its temperature, where it is set to send that.
    public private(set) var vitals = SensorVitals()

    /// A decoder that has seen nothing.
    public init() {}

    /// What became of the bytes so far.
    public var outcomes: DecodeOutcomes { trust.outcomes }
    /// Whether three messages touched each other, and no long garbage came since.
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

    /// Forgets a half-received message; the lock must be earned again.
    public mutating func interrupt() {
        trust.interrupt()
        regularity = XsensRegularity()
        counter.forget()
        hasAcceleration = false
        carriedLoss = 0
        carriedUp = .zero
    }

    func verdict(_ window: FrameWindow) -> FrameTrust.Verdict {
        if window[0] != 0xFA { return .notAFrame }
        guard window.count > 1 else { return .incomplete(2) }
        if window[1] != 0xFF { return .notAFrame }
        guard window.count > 3 else { return .incomplete(4) }
        var begin = 4
        var end = begin + Int(window[3])
        if window[3] == 0xFF {
            guard window.count > 5 else { return .incomplete(6) }
            begin = 6
            end = begin + Int(window.bigUInt16(4))
            if end - begin > Self.longestData { return .badLength }
        }
        guard window.count > end else { return .incomplete(end + 1) }
        guard window.sum8(1..<end + 1) == 0 else { return .badChecksum }
        guard window[2] == Self.dataMessage else { return .whole(end + 1) }
        return itemsFill(begin, end) ? .whole(end + 1) : .badLength
    }

    private func itemsFill(_ begin: Int, _ end: Int) -> Bool {
        var index = begin
        while index < end {
            guard index + 3 <= end else { return false }
            index += 3 + Int(trust.window[index + 2])
        }
        return index == end
    }

    mutating func accept(_ length: Int, at arrival: Instant) -> Reading? {
        guard trust.isTrusted, trust.window[2] == Self.dataMessage else { return nil }
        var message = XsensMessage()
        var index = trust.window[3] == 0xFF ? 6 : 4
        var layout: UInt64 = 0
        while index < length - 1 {
            message.take(trust.window, at: index)
            let item = UInt64(trust.window.bigUInt16(index)) << 8 | UInt64(trust.window[index + 2])
            layout = (layout &* 0x100_0000_01B3) ^ item
            index += 3 + Int(trust.window[index + 2])
        }
        guard regularity.accepts(message, layout: layout) || !trust.damage.isAbout else {
            trust.refuse(.impossible)
            return nil
        }
        if let number = message.number {
            carriedLoss &+= counter.lost(before: number, of: 65_536)
        }
        if let degrees = message.temperature, SensorVitals.workingCelsius.contains(degrees) {
            vitals.temperatureCelsius = degrees
        }
        if message.up != .zero { carriedUp = message.up }
        if message.acceleration != nil { hasAcceleration = true }
        let isAngleOnly = !hasAcceleration && carriedUp != .zero
        guard let acceleration = message.acceleration ?? (isAngleOnly ? carriedUp : nil) else { return nil }
        let rate = message.rate ?? .zero
        if let fault = SampleGate.fault(acceleration, rate: rate) {
            trust.refuse(fault)
            return nil
        }
        defer {
            carriedLoss = 0
            carriedUp = .zero
        }
        trust.outcomes.lostSamples += Int(carriedLoss)
        trust.outcomes.readings += 1
        return Reading(
            acceleration: acceleration, angularRate: rate, hasAngularRate: message.rate != nil,
            hasAcceleration: !isAngleOnly, lostBefore: carriedLoss, deviceUp: carriedUp,
            deviceNanoseconds: message.time.map { clock.nanoseconds($0) } ?? Reading.noDeviceTime,
            arrival: arrival)
    }
}

/// Makes the 32-bit sample time, which wraps after five days, a time that does not.
struct XsensClock: Sendable {
    private var last: UInt32?
    private var ticks: Int64 = 0

    /// The time of `tick`, 0.1 ms each, in nanoseconds; a step backward is a clock that was set.
    mutating func nanoseconds(_ tick: UInt32) -> Int64 {
        if let last, tick &- last < 0x8000_0000 {
            ticks += Int64(tick &- last)
        } else {
            ticks = Int64(tick)
        }
        last = tick
        return ticks * 100_000
    }
}
