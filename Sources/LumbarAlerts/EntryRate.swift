import LumbarCore

/// Whether a zone of the trunk is entered twice a minute or more, over the last five minutes (EN 1005-4).
struct EntryRate: Sendable {
    /// Entries by minute and zone, the newest last; a vector per zone, so that nothing lies on the heap.
    private var counts: (SIMD8<Int64>, SIMD8<Int64>, SIMD8<Int64>) = (.zero, .zero, .zero)
    private var newest: Instant?

    private static let minutes: Int64 = 5
    private static let most: Int64 = 2

    /// Takes a minute that is over and notes in it what its time was.
    mutating func close(_ table: inout ExposureTable, start: Instant) {
        let length = table.total(ExposureTable.flexionSeated) + table.total(ExposureTable.flexionOnFeet)
        guard length > 0 else { return }
        age(to: start)
        counts.0[0] += table[ExposureTable.entries, 0]
        counts.1[0] += table[ExposureTable.entries, 1]
        counts.2[0] += table[ExposureTable.entries, 2]
        for (zone, count) in [counts.0, counts.1, counts.2].enumerated()
        where count.wrappedSum() >= Self.most * Self.minutes {
            table.add(length, to: ExposureTable.frequent, zone)
        }
    }

    /// Moves the minutes on, so that place 0 is free for the one that began at `start`.
    private mutating func age(to start: Instant) {
        let passed = newest.map { (start - $0 + .seconds(30)).nanoseconds / 60_000_000_000 } ?? Self.minutes
        newest = start
        for _ in 0..<min(max(passed, 0), Self.minutes) {
            counts = (Self.moved(counts.0), Self.moved(counts.1), Self.moved(counts.2))
        }
    }

    private static func moved(_ counts: SIMD8<Int64>) -> SIMD8<Int64> {
        SIMD8(0, counts[0], counts[1], counts[2], counts[3], 0, 0, 0)
    }
}
