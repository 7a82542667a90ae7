import LumbarCore

/// The file to copy for a new sensor protocol: compiled, tested, and invented.
///
/// One frame is 11 bytes, one character per nibble:
///
///     A55A LL XXXX YYYY ZZZZ FF SS
///
/// - `A55A`: preamble
/// - `LL`: bytes between this one and the sum, always 07
/// - `XXXX YYYY ZZZZ`: acceleration, signed 16-bit little-endian, 0.001 g
/// - `FF`: flags; 01 means that the sensor is saturated
/// - `SS`: low eight bits of the sum of length, acceleration and flags
///
/// Source: here you name the manual, its version and page, and what you measured on a real device.
///
/// To add a protocol: copy this file, draw the frame, reject in the order length, preamble, checksum, sanity (each kind is
/// counted, none is thrown), say what makes you sure of the protocol in `isLocked`, add one line to `DecoderCatalog`
/// and a recording. Every recording is offered to every decoder, and exactly one may claim it.
///
/// The catalog does not list this one: no sensor speaks it, and each listed protocol is one more that a stream could be
/// mistaken for.
public struct TemplateDecoder: BuiltInDecoder {
    /// The name in configuration and recordings: lower case, no spaces.
    public static let protocolName = "template"

    private static let frameLength = 11
    private static let payloadLength: UInt8 = 7
    private static let gPerCount = 0.001
    /// 16 g, the range of the sensor, in counts.
    private static let largestCount = 16_000

    /// What became of the bytes so far.
    public private(set) var outcomes = DecodeOutcomes()
    private var frame = [UInt8](repeating: 0, count: TemplateDecoder.frameLength)
    private var received = 0
    private var goodFrames = 0

    /// A decoder that has seen nothing.
    public init() {}

    /// Three good frames with nothing between: by chance once in 10^20 random bytes.
    public var isLocked: Bool { goodFrames >= 3 }

    /// Takes the next byte; returns a reading when it completes a good frame.
    public mutating func push(_ byte: UInt8, at arrival: Instant) -> Reading? {
        frame[received] = byte
        received += 1
        while received > 0 {
            switch verdict {
            case .incomplete:
                return nil
            case .whole:
                received = 0
                return accept(at: arrival)
            case .notAFrame:
                dropByte()
            case .badLength:
                outcomes.badLength += 1
                dropByte()
            case .badChecksum:
                outcomes.badChecksum += 1
                dropByte()
            }
        }
        return nil
    }

    /// Forgets a half-received frame.
    public mutating func interrupt() {
        received = 0
        goodFrames = 0
    }

    private enum Verdict {
        case incomplete, whole, notAFrame, badLength, badChecksum
    }

    /// What the bytes received so far can still become. A byte that decides is judged as soon as it is there.
    private var verdict: Verdict {
        if frame[0] != 0xA5 { return .notAFrame }
        if received >= 2 && frame[1] != 0x5A { return .notAFrame }
        if received >= 3 && frame[2] != Self.payloadLength { return .badLength }
        guard received == Self.frameLength else { return .incomplete }
        return Checksum.sum8(frame[2...9]) == frame[10] ? .whole : .badChecksum
    }

    private mutating func accept(at arrival: Instant) -> Reading? {
        let counts = (count(at: 3), count(at: 5), count(at: 7))
        let largest = max(abs(counts.0), abs(counts.1), abs(counts.2))
        guard largest <= Self.largestCount, frame[9] & 0x01 == 0 else {
            outcomes.insane += 1
            return nil
        }
        goodFrames = min(goodFrames + 1, 3)
        outcomes.readings += 1
        let acceleration = Vector3<SensorFrame>(Double(counts.0), Double(counts.1), Double(counts.2))
        return Reading(acceleration: acceleration * Self.gPerCount, hasAngularRate: false, arrival: arrival)
    }

    private func count(at index: Int) -> Int {
        Int(Int16(bitPattern: UInt16(frame[index]) | UInt16(frame[index + 1]) << 8))
    }

    /// Drops one byte, never the whole frame: a preamble may be hidden inside what looked like one.
    private mutating func dropByte() {
        received -= 1
        for index in 0..<received { frame[index] = frame[index + 1] }
        outcomes.skippedBytes += 1
        goodFrames = 0
    }
}
