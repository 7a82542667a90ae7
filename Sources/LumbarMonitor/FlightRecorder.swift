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

    /// Plain numbers: a name in here would cost a retain and a release with every chunk.
    private struct Entry: Sendable {
        var device: Int  // place in `devices`
        var time: Instant
        var start: Int  // position in the endless stream of bytes
        var length: Int
    }

    /// Every sensor that was ever recorded, in order of appearance.
    private var devices = DeviceIndex()
    private var bytes: [UInt8]
    private var written = 0
    /// Where the next byte goes.
    private var next = 0
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
        let length = min(chunk.count, bytes.count)
        guard length > 0, let source = chunk.baseAddress else { return }
        let kept = source + (chunk.count - length)
        let offset = next
        let head = min(length, bytes.count - offset)
        bytes.withUnsafeMutableBytes { ring in
            guard let base = ring.baseAddress else { return }
            // Within bounds: offset + head <= bytes.count, and what is left is shorter than the ring.
            (base + offset).copyMemory(from: kept, byteCount: head)
            if head < length { base.copyMemory(from: kept + head, byteCount: length - head) }
        }
        entries.append(Entry(device: place(of: device), time: time, start: written, length: length))
        written += length
        next += length < bytes.count - offset ? length : length - bytes.count
    }

    private mutating func place(of device: DeviceID) -> Int {
        if let place = devices.place(of: device) { return place }
        devices.append(device)
        return devices.count - 1
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
            found.append(Chunk(device: devices[entry.device], time: entry.time, bytes: copy))
        }
        return found
    }
}
