import LumbarCore

/// What keeping the history costs the medium it lies on, by local day.
public struct CardWrites: Sendable, Equatable {
    /// One day; the first begins when the program was started.
    public struct Day: Sendable, Equatable {
        /// Which; nil while no wall clock was known.
        public var date: CivilDate?
        /// What the history wrote.
        public var history = WriteCount()
        /// Bytes that the whole program had written to a medium, as the kernel counts them, in whole pages; nil when it
        /// does not count.
        public var bytes: Int?

        /// A day on which nothing was written.
        public init(date: CivilDate? = nil) { self.date = date }
    }

    /// The present day.
    public private(set) var today = Day()
    /// The day before, if the program ran then.
    public private(set) var yesterday: Day?
    /// What there was when the present day began.
    private var historyBefore = WriteCount()
    private var bytesBefore: Int?

    /// Nothing yet.
    public init() {}

    /// Notes how much was written up to now, since the program was started, and which day it is.
    public mutating func note(_ history: WriteCount, bytes: Int?, on date: CivilDate?) {
        if let date, let known = today.date, date != known {
            yesterday = date.daysSinceEpoch == known.daysSinceEpoch + 1 ? today : nil
            historyBefore = historyBefore + today.history
            if let counted = today.bytes { bytesBefore = (bytesBefore ?? 0) + counted }
            today = Day(date: date)
        }
        today.date = date ?? today.date
        today.history = history.since(historyBefore)
        today.bytes = bytes.map { $0 - (bytesBefore ?? 0) }
    }
}
