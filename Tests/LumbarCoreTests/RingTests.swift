import LumbarCore
import LumbarTestKit
import Testing

@Suite struct RingTests {
    @Test(arguments: [1, 2, 3, 7, 8, 100])
    func ringHoldsTheNewest(capacity: Int) {
        var ring = RingBuffer<Int>(capacity: capacity)
        #expect(ring.isEmpty && ring.newest == nil && ring.oldest == nil)
        for value in 0..<1000 {
            let dropped = ring.append(value)
            #expect(dropped == (value >= capacity ? value - capacity : nil))
            #expect(ring.count == min(value + 1, capacity))
            #expect(ring.newest == value)
            #expect(ring.oldest == max(0, value + 1 - capacity))
            #expect((0..<ring.count).map { ring[$0] } == Array(max(0, value + 1 - capacity)...value))
        }
        ring.removeAll()
        #expect(ring.isEmpty && ring.count == 0)
        #expect(ring.append(5) == nil)
        #expect(ring[0] == 5)
    }

    /// The window's statistics from all buckets anew.
    private func recomputed(_ buckets: some Collection<SlidingWindow.Bucket>) -> (
        mean: Double, variance: Double
    ) {
        let weight = buckets.reduce(0) { $0 + $1.weight }
        guard weight > 0 else { return (0, 0) }
        let mean = buckets.reduce(0) { $0 + $1.sum } / weight
        let square = buckets.reduce(0) { $0 + $1.sumOfSquares } / weight
        return (mean, max(0, square - mean * mean))
    }

    @Test func windowEqualsRecomputationOverAMillionPushes() {
        var random = SplitMix64(seed: 41)
        var window = SlidingWindow(capacity: 50)
        var all: [SlidingWindow.Bucket] = []
        for push in 0..<Trials.count(1_000_000) {
            var bucket = SlidingWindow.Bucket()
            // Rounding builds up most where large values come and go beside small ones.
            let scale = push % 1000 < 10 ? 1e6 : 1.0
            bucket.add(Double.random(in: -1...1, using: &random) * scale)
            if push % 3 == 0 { bucket.add(0.5) }
            window.append(bucket)
            if all.count == 50 { all.removeFirst() }
            all.append(bucket)
            guard push % 997 == 0 else { continue }
            let expected = recomputed(all)
            let largest = all.map(\.sumOfSquares).max() ?? 0
            #expect(abs(window.mean - expected.mean) <= 1e-9 * (1 + largest.squareRoot()))
            // At most one turn of the ring since the last recount.
            #expect(abs(window.variance - expected.variance) <= 1e-3 * (1 + largest / 1e6))
        }
        #expect(window.isFull && window.count == 50)
    }

    @Test func windowOfConstantsHasNoVariance() {
        var window = SlidingWindow(capacity: 3)
        #expect(window.mean == 0 && window.variance == 0 && window.rootMeanSquare == 0)
        for _ in 0..<100 {
            var bucket = SlidingWindow.Bucket()
            bucket.add(0.1)
            window.append(bucket)
        }
        #expect(abs(window.mean - 0.1) < 1e-15)
        #expect(window.deviation < 1e-8)
        #expect(abs(window.rootMeanSquare - 0.1) < 1e-15)
        window.removeAll()
        #expect(window.count == 0 && window.mean == 0)
    }

    @Test func windowIgnoresEmptyBuckets() {
        var window = SlidingWindow(capacity: 4)
        var bucket = SlidingWindow.Bucket()
        bucket.add(2)
        bucket.add(4)
        window.append(bucket)
        window.append(SlidingWindow.Bucket())
        #expect(window.mean == 3)
        #expect(window.variance == 1)
    }
}
