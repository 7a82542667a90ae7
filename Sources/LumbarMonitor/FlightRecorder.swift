import LumbarCore

/// The raw bytes of the last minute, for "keep what just happened".
///
/// Two rings made once: the bytes, and one entry per chunk. Recording a chunk copies it and allocates nothing.
public struct FlightRecorder: Sendable {
    /// One chunk as it was read.
    public struct Chunk: Sendable, Equatable {
        /// From which sensor.
        public var device: DeviceID
        /// When.
        public var time: Instant
        /// What `read(2)` returned.
        public var bytes: [UInt8]
    }

    private struct Entry: Sendable {
        var device: DeviceID
        var time: Instant
        var start: Int  // position in the endless stream of bytes
        var length: Int
    }

    private var bytes: [UInt8]
    private var written = 0
    private var entries: RingBuffer<Entry>
    /// How far back chunks are handed out.
    public let span: Elapsed

    /// A recorder of `span`, holding at most `byteCapacity` bytes and `chunkCapacity` chunks.
    public init(span: Elapsed = .seconds(60), byteCapacity: Int = 256 * 1024, chunkCapacity: Int = 8192) {
        self.span = span
        bytes = Array(repeating: 0, count: byteCapacity)
        entries = RingBuffer(capacity: chunkCapacity)
    }

    /// Keeps a chunk; of one larger than the ring, its end.
    public mutating func record(_ chunk: UnsafeRawBufferPointer, from device: DeviceID, at time: Instant) {
        let kept = chunk.suffix(bytes.count)
        guard !kept.isEmpty else { return }
        let start = written
        let offset = start % bytes.count
        let head = min(kept.count, bytes.count - offset)
        bytes.withUnsafeMutableBytes { ring in
            let first = UnsafeMutableRawBufferPointer(rebasing: ring[offset..<(offset + head)])
            first.copyBytes(from: kept.prefix(head))
            if head < kept.count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: ring[0..<(kept.count - head)])
                rest.copyBytes(from: kept.dropFirst(head))
            }
        }
        written += kept.count
        entries.append(Entry(device: device, time: time, start: start, length: kept.count))
    }

    /// The chunks of the last `span` before `now` that are still whole, oldest first.
    public func chunks(at now: Instant) -> [Chunk] {
        var found: [Chunk] = []
        for i in 0..<entries.count {
            let entry = entries[i]
            guard entry.time >= now - span, entry.start >= written - bytes.count else { continue }
            var copy: [UInt8] = []
            copy.reserveCapacity(entry.length)
            for k in 0..<entry.length { copy.append(bytes[(entry.start + k) % bytes.count]) }
            found.append(Chunk(device: entry.device, time: entry.time, bytes: copy))
        }
        return found
    }
}
