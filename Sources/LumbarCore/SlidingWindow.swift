/// Running sum, mean and variance of the newest `capacity` values.
///
/// Sums are kept as values come and go, and recomputed from the ring once per turn of it, so that rounding
/// cannot build up however long the stream is. Values carry a weight (samples in a 100 ms bucket, say).
public struct SlidingWindow: Sendable {
    private var ring: RingBuffer<Bucket>
    private var total = Bucket()
    private var sinceRecount = 0

    /// A weighted sum of values and of their squares.
    public struct Bucket: Sendable, Equatable {
        /// Total weight.
        public var weight = 0.0
        /// Sum of the values.
        public var sum = 0.0
        /// Sum of their squares.
        public var sumOfSquares = 0.0

        /// An empty bucket.
        public init() {}

        /// Adds one value of weight one.
        @inlinable
        public mutating func add(_ value: Double) {
            weight += 1
            sum += value
            sumOfSquares += value * value
        }
    }

    /// A window over the newest `capacity` buckets.
    public init(capacity: Int) { ring = RingBuffer(capacity: capacity) }

    /// Appends a bucket and lets the oldest fall out when the window is full.
    public mutating func append(_ bucket: Bucket) {
        if let dropped = ring.append(bucket) {
            total.weight -= dropped.weight
            total.sum -= dropped.sum
            total.sumOfSquares -= dropped.sumOfSquares
        }
        total.weight += bucket.weight
        total.sum += bucket.sum
        total.sumOfSquares += bucket.sumOfSquares
        sinceRecount += 1
        if sinceRecount >= ring.capacity { recount() }
    }

    /// Buckets held.
    public var count: Int { ring.count }

    /// Whether the window is full.
    public var isFull: Bool { ring.count == ring.capacity }

    /// Mean of the values, 0 when there are none.
    public var mean: Double { total.weight > 0 ? total.sum / total.weight : 0 }

    /// Population variance of the values, never negative.
    public var variance: Double {
        guard total.weight > 0 else { return 0 }
        let m = total.sum / total.weight
        return max(0, total.sumOfSquares / total.weight - m * m)
    }

    /// Standard deviation of the values.
    public var deviation: Double { variance.squareRoot() }

    /// Root mean square of the values.
    public var rootMeanSquare: Double {
        total.weight > 0 ? max(0, total.sumOfSquares / total.weight).squareRoot() : 0
    }

    /// Forgets everything.
    public mutating func removeAll() {
        ring.removeAll()
        total = Bucket()
        sinceRecount = 0
    }

    private mutating func recount() {
        sinceRecount = 0
        total = Bucket()
        for i in 0..<ring.count {
            let bucket = ring[i]
            total.weight += bucket.weight
            total.sum += bucket.sum
            total.sumOfSquares += bucket.sumOfSquares
        }
    }
}
