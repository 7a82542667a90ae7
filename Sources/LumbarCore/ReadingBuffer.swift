/// The readings of one chunk, in order; emptied and reused, so that decoding allocates nothing after warm-up.
public struct ReadingBuffer: Sendable {
    @usableFromInline
    var storage: [Reading] = []

    /// The readings so far.
    @inlinable
    public var readings: [Reading] { storage }

    /// An empty buffer with room for `capacity` readings.
    public init(capacity: Int = 1024) { storage.reserveCapacity(capacity) }

    /// Appends a reading.
    @inlinable
    public mutating func append(_ reading: Reading) { storage.append(reading) }

    /// Empties the buffer and keeps its room.
    @inlinable
    public mutating func removeAll() {
        if !storage.isEmpty { storage.removeAll(keepingCapacity: true) }
    }

    /// Number of readings held.
    @inlinable
    public var count: Int { storage.count }
}
