/// A sample as a recorder stored it, in its own axes.
public struct RecorderSample: Sendable, Equatable {
    /// When, by the recorder's clock: nanoseconds since 1970-01-01 00:00:00 of its local time.
    public var localNanoseconds: Int64
    /// Acceleration in g, with +1 on an axis that points up at rest.
    public var acceleration: (x: Double, y: Double, z: Double)
    /// Angular rate in degrees per second, of recorders with a gyroscope.
    public var rate: (x: Double, y: Double, z: Double)?

    /// A sample.
    public init(
        localNanoseconds: Int64, acceleration: (x: Double, y: Double, z: Double),
        rate: (x: Double, y: Double, z: Double)? = nil
    ) {
        self.localNanoseconds = localNanoseconds
        self.acceleration = acceleration
        self.rate = rate
    }

    /// Equal in everything.
    public static func == (a: RecorderSample, b: RecorderSample) -> Bool {
        a.localNanoseconds == b.localNanoseconds && a.acceleration == b.acceleration && a.rate?.x == b.rate?.x
            && a.rate?.y == b.rate?.y && a.rate?.z == b.rate?.z
    }
}

/// What was found in a recorder's file besides samples.
public struct RecorderFindings: Sendable, Equatable {
    /// Samples read.
    public var samples = 0
    /// Blocks or records that were damaged, and skipped.
    public var damaged = 0
    /// Blocks that are missing by their numbers.
    public var missing = 0
    /// Breaks in time longer than two samples.
    public var gaps = 0
    /// How long those were together, nanoseconds.
    public var gapNanoseconds: Int64 = 0
    /// Times that fell back by a second or more: the recorder's clock was set.
    public var setBack = 0
    /// Whether the file breaks off.
    public var breaksOff = false
    /// Whether a checksum over the whole does not fit.
    public var isAltered = false

    /// Nothing.
    public init() {}

    /// What the person who gave the file should know, a sentence each.
    public var remarks: [String] {
        var out: [String] = []
        if damaged > 0 { out.append("\(damaged) damaged blocks were skipped") }
        if missing > 0 { out.append("\(missing) blocks are missing") }
        if gaps > 0 {
            let seconds = (gapNanoseconds + 500_000_000) / 1_000_000_000
            out.append("\(gaps) gaps without samples, \(seconds) s in all")
        }
        if setBack > 0 { out.append("the recorder's clock fell back \(setBack) times") }
        if breaksOff { out.append("the file breaks off; what came before was used") }
        if isAltered { out.append("the checksum of the archive does not fit") }
        return out
    }
}
