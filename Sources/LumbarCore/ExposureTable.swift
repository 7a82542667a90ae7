/// How the trunk was held and moved, as sums that add up: what a day's exposure measures are worked out from.
///
/// One flat table of counts, so that minutes are added to days, stored and put back after a restart without
/// knowing what each count means. Times are whole milliseconds. Counted is what was seen while the sensor was
/// worn and the wearer was believed to sit, stand or walk; lying, not worn and time without data are not in
/// here, and worn time in an unknown posture has a count of its own (`unplaced`).
///
/// The layout is part of what is stored: sections are only ever added, at the end.
public struct ExposureTable: Sendable, Equatable {
    /// The counts; empty while all are zero, so that an empty table costs nothing.
    private var counts: [Int64] = []

    /// A stretch of the table.
    public struct Section: Sendable, Equatable {
        let offset: Int
        /// How many counts it has.
        public let count: Int
    }

    /// Time by flexion while seated, 1 degree each; see `flexionBin`.
    public static let flexionSeated = Section(offset: 0, count: flexionBins)
    /// Time by flexion while standing or walking, 1 degree each.
    public static let flexionOnFeet = Section(offset: 151, count: flexionBins)
    /// Time by size of the flexion rate; see `speedBin`.
    public static let speed = Section(offset: 302, count: speedBins)
    /// Time walking by cadence, 2 steps a minute each; see `cadenceBin`.
    public static let cadence = Section(offset: 358, count: cadenceBins)
    /// Time by class of inclination and class of uninterrupted duration, the latter varying fastest.
    public static let variation = Section(offset: 458, count: inclinationClasses * durationClasses)
    /// Time by REBA trunk score, 1...5.
    public static let trunkScore = Section(offset: 493, count: 5)
    /// Times the trunk entered a zone: backward, beyond 20 degrees, beyond 60 degrees. Counts, not times.
    public static let entries = Section(offset: 498, count: 3)
    /// Time in which a zone was entered twice a minute or more, by zone as in `entries`.
    public static let frequent = Section(offset: 501, count: 3)
    /// Time in which forward was not known, so that a lean in any direction stands in for flexion.
    public static let forwardUnknown = Section(offset: 504, count: 1)
    /// Time worn in an unknown posture; in none of the sections above.
    public static let unplaced = Section(offset: 505, count: 1)

    /// How many counts there are in all.
    static let size = 506

    /// A table of zeros.
    public init() {}

    /// Whether all counts are zero.
    public var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }

    /// The count at `index` of `section`; an index outside it reads as zero.
    public subscript(section: Section, index: Int) -> Int64 {
        guard !counts.isEmpty, index >= 0, index < section.count else { return 0 }
        return counts[section.offset + index]
    }

    /// The counts of `section`.
    public func values(_ section: Section) -> [Int64] {
        (0..<section.count).map { self[section, $0] }
    }

    /// The sum of `section`.
    public func total(_ section: Section) -> Int64 {
        var sum: Int64 = 0
        for index in 0..<section.count { sum &+= self[section, index] }
        return sum
    }

    /// Adds `amount` to the count at `index` of `section`; an index outside it is an error of the caller.
    public mutating func add(_ amount: Int64, to section: Section, _ index: Int) {
        precondition(index >= 0 && index < section.count, "an index within its section")
        guard amount != 0 else { return }
        if counts.isEmpty { counts = Array(repeating: 0, count: Self.size) }
        counts[section.offset + index] &+= amount
    }

    /// Adds all counts of `b` to those of `a`.
    public static func += (a: inout ExposureTable, b: ExposureTable) {
        guard !b.counts.isEmpty else { return }
        guard !a.counts.isEmpty else {
            a = b
            return
        }
        for index in 0..<Self.size { a.counts[index] &+= b.counts[index] }
    }

    /// Whether all counts agree.
    public static func == (a: ExposureTable, b: ExposureTable) -> Bool {
        if a.counts.isEmpty { return b.isEmpty }
        if b.counts.isEmpty { return a.isEmpty }
        return a.counts == b.counts
    }

    /// The counts that are not zero, with their places in the whole table.
    var nonzero: [(index: Int, value: Int64)] {
        counts.enumerated().filter { $0.element != 0 }.map { ($0.offset, $0.element) }
    }

    /// Sets a count by its place in the whole table; places this version does not know are passed over.
    mutating func restore(_ value: Int64, at index: Int) {
        guard index < Self.size, value != 0 else { return }
        if counts.isEmpty { counts = Array(repeating: 0, count: Self.size) }
        counts[index] = value
    }
}
