import LumbarCore

/// Turns a stream of bytes into readings, one protocol each.
///
/// A decoder is a byte-at-a-time machine: it sees one byte, so it cannot have a fragmentation bug. The chunk form loops
/// over the bytes; a decoder may add a faster chunk path, as long as it gives the same readings.
public protocol StreamDecoder: Sendable {
    /// The protocol's name in configuration, recordings and messages.
    var protocolName: String { get }
    /// Takes the next byte, read at `arrival`, and returns a reading when the byte completes one.
    mutating func push(_ byte: UInt8, at arrival: Instant) -> Reading?
    /// Takes a chunk read at `arrival`, and appends the readings it completes.
    mutating func push(_ bytes: UnsafeRawBufferPointer, at arrival: Instant, into buffer: inout ReadingBuffer)
    /// Forgets a half-received frame: the line was closed, or fell silent.
    mutating func interrupt()
    /// Whether enough consecutive valid frames came to be sure of the protocol.
    var isLocked: Bool { get }
    /// What became of the bytes so far.
    var outcomes: DecodeOutcomes { get }
    /// What the sensor last said of itself, besides its samples.
    var vitals: SensorVitals { get }
    /// What keeps the sender from being understood, one sentence that somebody can act on; nil while nothing does.
    var complaint: String? { get }
}

/// A decoder written in Swift for one protocol, as most are: `DecoderCatalog` lists them by type.
public protocol BuiltInDecoder: StreamDecoder {
    /// The protocol's name in configuration, recordings and messages.
    static var protocolName: String { get }
    /// A decoder that has seen nothing.
    init()
}

extension BuiltInDecoder {
    /// The same for every decoder of the type.
    public var protocolName: String { Self.protocolName }
}

extension StreamDecoder {
    /// Nothing: most protocols carry samples only.
    public var vitals: SensorVitals { SensorVitals() }

    /// Nothing: bytes that are not understood are mostly not from a sensor, and say so by their counts.
    public var complaint: String? { nil }

    /// Loops over the bytes; in a concrete type the per-byte call is inlined.
    @inlinable
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, at arrival: Instant, into buffer: inout ReadingBuffer
    ) {
        for byte in bytes {
            if let reading = push(byte, at: arrival) { buffer.append(reading) }
        }
    }
}
