import LumbarCore

/// Finds out which protocol a line speaks, when nobody declared it.
public struct ProtocolDetector: Sendable {
    /// A detector that has seen nothing.
    public init() {}

    /// Offers a chunk to every decoder; returns the one that is certain, once exactly one is.
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, at arrival: Instant, into buffer: inout ReadingBuffer
    ) -> (any StreamDecoder)? {
        nil
    }
}
