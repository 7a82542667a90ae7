/// Sums over the last second and the last five seconds of frames, in one ring.
///
/// A bucket is one frame: sixteen sums that are added when it enters and taken off when it leaves, all windows in one
/// pass. Sums are recomputed from the ring once per turn of it, so that rounding cannot build up.
/// Windows are counted in frames: 10 and 50 of them, which is 1 s and 5 s at 100 ms a frame.
struct FeatureWindows: Sendable {
    /// One frame's sums; the lanes are named by `Lane`.
    typealias Bucket = SIMD16<Double>

    /// What each lane of a bucket sums.
    enum Lane {
        static let samples = 0
        static let acceleration = 1
        static let accelerationSquared = 2
        static let verticalSquared = 3
        static let rateSquared = 4
        static let ahead = 5
        static let aheadSquared = 6
        static let aside = 7
        static let asideSquared = 8
        static let inclination = 9
        static let inclinationSquared = 10
        static let upX = 11
        static let upY = 12
        static let upZ = 13
        static let heading = 14
        static let frames = 15
    }

    static let short = 10
    static let long = 50

    private var ring = [Bucket](repeating: .zero, count: FeatureWindows.long)
    private var next = 0
    private var count = 0
    /// Sums over the last second.
    private(set) var second = Bucket.zero
    /// Sums over the last five seconds.
    private(set) var fiveSeconds = Bucket.zero

    /// Appends a frame.
    mutating func append(_ bucket: Bucket) {
        // Slots never written are zero, so taking them off is harmless.
        let shortIndex = next >= Self.short ? next - Self.short : next - Self.short + Self.long
        second += bucket - ring[shortIndex]
        fiveSeconds += bucket - ring[next]
        ring[next] = bucket
        next += 1
        count = min(count + 1, Self.long)
        if next == Self.long {
            next = 0
            recount()
        }
    }

    /// Forgets everything and keeps the storage.
    mutating func removeAll() {
        for i in ring.indices { ring[i] = .zero }
        next = 0
        count = 0
        second = .zero
        fiveSeconds = .zero
    }

    private mutating func recount() {
        second = .zero
        fiveSeconds = .zero
        for i in 0..<Self.long {
            fiveSeconds += ring[i]
            if i >= Self.long - Self.short { second += ring[i] }
        }
    }

    /// Standard deviation from a lane of sums and one of squares.
    static func deviation(_ sums: Bucket, _ weight: Int, _ sum: Int, _ squares: Int) -> Double {
        let n = sums[weight]
        guard n > 0 else { return 0 }
        let mean = sums[sum] / n
        return max(0, sums[squares] / n - mean * mean).squareRoot()
    }
}
