import LumbarCore

/// How the body rose and sank during a move: its net height, and its largest drop and rise.
///
/// The height is cut into runs at turning points of more than `reversal`, as sea states are cut into waves.
public struct HeightProfile: Sendable, Equatable {
    /// A rise or a drop without a turn in between.
    public struct Run: Sendable, Equatable {
        /// When it began.
        public var start: Instant
        /// When it ended.
        public var end: Instant
        /// Height gained, m; negative for a drop.
        public var height: Double
        /// Largest velocity in its direction, m/s, signed like the height.
        public var peakVelocity: Double
        /// Peaks in it that may be steps.
        public var stepCandidates = 0
    }

    private struct Turn: Sendable {
        var height: Double
        var time: Instant
        var candidates: Int
    }

    /// Height between turning points that counts as a turn, m.
    static let reversal = 0.08

    /// Height gained from start to end, m.
    public private(set) var net = 0.0
    /// Standard deviation of the net height, m.
    public private(set) var deviation = 0.0
    /// The largest drop, if there was one.
    public private(set) var drop: Run?
    /// The largest rise, if there was one.
    public private(set) var rise: Run?

    private var height = 0.0
    private var run: Run
    private var extreme = 0.0
    private var origin = 0.0
    private var isRising: Bool?
    // Before the first turn is known: the highest and lowest points so far.
    private var lowest: Turn
    private var highest: Turn
    private var stepCandidates = 0
    private var candidatesAtStart = 0
    private var fastestDown = 0.0
    private var fastestUp = 0.0

    init(start: Instant) {
        run = Run(start: start, end: start, height: 0, peakVelocity: 0)
        lowest = Turn(height: 0, time: start, candidates: 0)
        highest = lowest
    }

    /// Adds a step of `step` metres that ends with `velocity` at `time`, in which so many peaks may be steps.
    mutating func add(height step: Double, velocity: Double, at time: Instant, stepCandidates: Int = 0) {
        height += step
        self.stepCandidates += stepCandidates
        fastestDown = min(fastestDown, velocity)
        fastestUp = max(fastestUp, velocity)
        if height < lowest.height { lowest = turn(at: time) }
        if height > highest.height { highest = turn(at: time) }
        switch isRising {
        case nil:
            if height - lowest.height > Self.reversal {
                begin(rising: true, from: lowest)
            } else if highest.height - height > Self.reversal {
                begin(rising: false, from: highest)
            }
            if isRising != nil { follow(velocity: velocity, at: time) }
        case true?:
            if highest.height - height > Self.reversal {
                close()
                begin(rising: false, from: highest)
            }
            follow(velocity: velocity, at: time)
        case false?:
            if height - lowest.height > Self.reversal {
                close()
                begin(rising: true, from: lowest)
            }
            follow(velocity: velocity, at: time)
        }
    }

    /// Closes the last run.
    mutating func finish(deviation: Double = 0) {
        self.deviation = deviation
        if isRising != nil { close() }
        net = height
    }

    private func turn(at time: Instant) -> Turn {
        Turn(height: height, time: time, candidates: stepCandidates)
    }

    private mutating func begin(rising: Bool, from turn: Turn) {
        isRising = rising
        origin = turn.height
        extreme = turn.height
        candidatesAtStart = turn.candidates
        run = Run(start: turn.time, end: turn.time, height: 0, peakVelocity: rising ? fastestUp : fastestDown)
        lowest = turn
        highest = turn
    }

    private mutating func follow(velocity: Double, at time: Instant) {
        guard let isRising else { return }
        if isRising {
            run.peakVelocity = max(run.peakVelocity, velocity)
            if height >= extreme { extend(to: time) }
        } else {
            run.peakVelocity = min(run.peakVelocity, velocity)
            if height <= extreme { extend(to: time) }
        }
    }

    private mutating func extend(to time: Instant) {
        extreme = height
        if isRising == true { highest = turn(at: time) } else { lowest = turn(at: time) }
        run.end = time
        run.height = height - origin
        run.stepCandidates = stepCandidates - candidatesAtStart
        fastestUp = 0
        fastestDown = 0
    }

    private mutating func close() {
        if run.height < 0 {
            if run.height < drop?.height ?? 0 { drop = run }
        } else if run.height > rise?.height ?? 0 {
            rise = run
        }
    }

    /// Whether two profiles say the same.
    public static func == (a: HeightProfile, b: HeightProfile) -> Bool {
        a.net == b.net && a.drop == b.drop && a.rise == b.rise
    }
}
