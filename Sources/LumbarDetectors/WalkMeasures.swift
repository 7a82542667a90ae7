import LumbarCore

/// Steps and cadence of a walking bout.
public struct WalkMeasures: Sendable, Equatable {
    /// Regular steps; those of a few irregular ones are not counted.
    public private(set) var steps = 0
    /// Time with a cadence, in tenths of a step per second: a median needs no more.
    private var tenths = SIMD64<UInt32>.zero
    private var frames: UInt32 = 0

    /// Cadences above this are running, steps per second (Acti4; Skotte et al. 2014, J Phys Act Health 11:76).
    static let running = 2.5

    /// Nothing walked yet.
    init() {}

    /// Median cadence over the bout, steps per minute; 0 while no regular step was seen.
    public var stepsPerMinute: Double { Double(median) * 6 }

    /// Whether most of the bout was run.
    public var isRunning: Bool { Double(median) > Self.running * 10 }

    private var median: Int {
        guard frames > 0 else { return 0 }
        var sum: UInt32 = 0
        for tenth in 0..<tenths.scalarCount {
            sum += tenths[tenth]
            if sum * 2 >= frames { return tenth }
        }
        return 0
    }

    /// Takes a frame of the bout.
    mutating func note(_ features: Features) {
        steps += features.steps
        guard features.cadenceHz > 0, features.cadenceHz.isFinite else { return }
        tenths[min(Int((features.cadenceHz * 10).rounded()), tenths.scalarCount - 1)] += 1
        frames += 1
    }

    /// A bout that began with `steps`.
    init(steps: Int) { self.steps = steps }
}
