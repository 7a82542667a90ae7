import LumbarCore

/// Since when the wearer steps regularly.
///
/// The feature frames count single steps and give a cadence once several of them are regular; gait is dated back to the first
/// of those steps, and ends half a second after the last step when no regular stepping followed within `pause`.
/// Stepping needs an upright trunk: turning over in bed is no walk.
struct GaitTracker: Sendable {
    /// Steps remembered for dating back.
    static let remembered = 12
    /// Shorter runs of steps are part of sitting down, turning or shuffling.
    static let shortestWalk = Elapsed.milliseconds(2900)
    /// Fewer steps are no walk.
    static let fewestSteps = 5
    /// Steps further apart than this are not of one walk.
    static let longestStep = Elapsed.milliseconds(1300)
    /// How long without regular stepping ends a walk.
    static let pause = Elapsed.milliseconds(1200)
    /// What a walk lasts past its last step.
    static let afterLastStep = Elapsed.milliseconds(400)

    private var recent = RingBuffer<Instant>(capacity: remembered)
    /// Start of the present walk.
    private(set) var start: Instant?
    /// End of the last walk.
    private(set) var end: Instant?
    private var lastRegular: Instant?
    private let lyingAngle: Double

    init(settings: PostureSettings) { lyingAngle = settings.lyingAngle }

    /// The last step, if any is remembered.
    var lastStep: Instant? { recent.newest }

    /// Takes a frame.
    mutating func update(_ features: Features) {
        if features.steps > 0 { recent.append(features.end) }
        let isUpright = features.inclinationDegrees < lyingAngle
        let isRegular = features.cadenceHz > 0 && isUpright
        if isRegular {
            lastRegular = features.end
            if start == nil {
                let first = firstOfRun(before: features.start)
                if features.end - first.time >= Self.shortestWalk, first.steps >= Self.fewestSteps {
                    start = first.time
                }
            }
        } else if start != nil, let last = lastRegular {
            if !isUpright || features.end - last >= Self.pause { stop(last) }
        }
    }

    /// Starts afresh after a gap.
    mutating func reset() {
        recent.removeAll()
        start = nil
        lastRegular = nil
    }

    private mutating func stop(_ last: Instant) {
        start = nil
        let step = recent.newest ?? last
        end = max(step, last) + Self.afterLastStep
        recent.removeAll()
    }

    private func firstOfRun(before time: Instant) -> (time: Instant, steps: Int) {
        guard recent.count > 0 else { return (time, 0) }
        var first = recent[recent.count - 1]
        var steps = 1
        for i in stride(from: recent.count - 2, through: 0, by: -1) {
            guard first - recent[i] <= Self.longestStep else { break }
            first = recent[i]
            steps += 1
        }
        return (min(first, time), steps)
    }
}
