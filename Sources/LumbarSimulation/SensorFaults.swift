/// What goes wrong between a sensor and its reader; everything is off unless set.
public struct SensorFaults: Sendable, Equatable {
    /// Mean number of bytes between two lost bytes; 0 for never.
    public var bytesPerLoss = 0
    /// Mean number of bytes between two changed bytes; 0 for never.
    public var bytesPerCorruption = 0
    /// Mean number of bytes between two runs of 1...60 random bytes; 0 for never.
    public var bytesPerGarbageRun = 0
    /// When the sensor sends nothing though it is connected.
    public var silences: [Window] = []
    /// When random bytes come at full rate instead of samples.
    public var garbage: [Window] = []
    /// When the sensor is unplugged.
    public var disconnections: [Window] = []

    /// No faults.
    public init() {}

    /// A time span, seconds from the start of the stream.
    public struct Window: Sendable, Equatable {
        /// Beginning.
        public var start: Double
        /// Length.
        public var duration: Double

        /// The span [start, start + duration).
        public init(start: Double, duration: Double) {
            self.start = start
            self.duration = duration
        }

        /// Its end.
        public var end: Double { start + duration }

        func contains(_ t: Double) -> Bool { t >= start && t < end }
    }
}

/// Counts down to a fault that happens every so many bytes on average.
struct FaultCountdown {
    private let mean: Int
    private var left: Int

    init(mean: Int, random: inout SeededRandom) {
        self.mean = mean
        left = mean > 0 ? random.whole(1...2 * mean) : 0
    }

    /// Whether the fault strikes at this byte.
    @inline(__always)
    mutating func strikes(_ random: inout SeededRandom) -> Bool {
        guard mean > 0 else { return false }
        left -= 1
        guard left <= 0 else { return false }
        left = random.whole(1...2 * mean)
        return true
    }
}
