/// The frame around what comes from the kernel in pieces of its own: HID reports, and the scans of IIO devices.
///
///     SS LLLL ...
///
/// - `SS`: which source of the sensor, from 0: an accelerometer and a gyroscope may be two devices
/// - `LLLL`: how many bytes follow, 16 bits, little-endian, at least one
///
/// The shell puts these three bytes before each `read(2)`, so that a stream of them can be cut anywhere, recorded and
/// replayed like that of a serial line. Nothing is lost between the kernel and here, so there is no checksum; a source
/// that does not exist, or a length of zero, costs one byte and the search goes on behind it.
struct PacketReader: Sendable {
    /// What a byte was.
    enum Step {
        /// Part of a header.
        case header
        /// Part of what source `source` sent.
        case payload(source: Int, isFirst: Bool, isLast: Bool)
        /// No header can be here: one byte is to be counted as skipped.
        case skipped
    }

    /// Bytes before each payload.
    static let headerLength = 3

    private let sources: Int
    private var header: (UInt8, UInt8) = (0, 0)
    private var headerBytes = 0
    private var length = 0
    private var rest = 0

    /// A reader of packets of this many sources.
    init(sources: Int) { self.sources = sources }

    /// Takes the next byte.
    mutating func push(_ byte: UInt8) -> Step {
        if rest > 0 {
            let isFirst = rest == length
            rest -= 1
            return .payload(source: Int(header.0), isFirst: isFirst, isLast: rest == 0)
        }
        switch headerBytes {
        case 0:
            guard Int(byte) < sources else { return .skipped }
            header.0 = byte
            headerBytes = 1
            return .header
        case 1:
            header.1 = byte
            headerBytes = 2
            return .header
        default:
            headerBytes = 0
            length = Int(header.1) | Int(byte) << 8
            rest = length
            return length == 0 ? .skipped : .header
        }
    }

    /// The next byte begins a packet.
    mutating func interrupt() {
        headerBytes = 0
        rest = 0
    }
}

/// Writes the frame that `PacketReader` reads.
public enum PacketFrame {
    /// Bytes before each payload.
    public static let headerLength = PacketReader.headerLength
    /// The longest payload.
    public static let longestPayload = 65_535

    /// The three bytes before `length` bytes of source `source`.
    public static func header(source: UInt8, length: Int) -> (UInt8, UInt8, UInt8) {
        precondition((1...longestPayload).contains(length), "a packet has 1 to 65535 bytes")
        return (source, UInt8(length & 0xFF), UInt8(length >> 8))
    }
}
