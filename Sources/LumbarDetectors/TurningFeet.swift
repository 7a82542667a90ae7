import LumbarCore

/// Whether the feet move while the trunk turns: a trunk that turns on still feet is a twist, a body that steps around
/// is none.
///
/// ```text
///   axial rate  ____/‾‾‾‾‾\________      turning: above 15°/s, and half a second after it
///   steps           '  '  '              two possible steps in a turn of a second, or one in a longer one
/// ```
///
/// Steps are looked for one by one, regular or not: a turn on the spot takes two or three, which is no walk. One
/// possible step in a short turn is not enough, because a rise ends with a lobe of vertical acceleration that looks
/// like one; and nobody makes two steps in less than a second. Known weakness: a shuffle without a lobe of 0.5 m/s²
/// is not seen, and one step aside looks like still feet.
struct TurningFeet: Sendable {
    /// Axial rate from which the trunk turns, degrees per second.
    static let turning = 15.0
    /// How long after it a step still belongs to the turn: a step is known when its lobe of acceleration is over.
    static let tail = Elapsed.milliseconds(500)
    /// A turn of this length with two possible steps moves the feet.
    static let twoSteps = Elapsed.seconds(1)
    /// A turn of this length with one possible step does: trunks twist faster.
    static let oneStep = Elapsed.milliseconds(1200)

    private var turnsSince: Instant?
    private var turnedAt: Instant?
    private var candidates = 0
    /// Whether the feet have moved in any of the turns so far.
    private(set) var haveMoved = false

    /// Whether the trunk turns, or did so just now.
    var isTurning: Bool { turnedAt != nil }

    /// Takes a frame; with `isHeaving` its vertical acceleration belongs to a heave and tells nothing about steps.
    mutating func add(_ features: Features, isHeaving: Bool = false) {
        guard features.duration > 0 else { return }
        // The spine turns whatever the feet do, where that is measured.
        guard features.companions.spine == nil else {
            haveMoved = false
            return
        }
        if features.axialRotationDegrees.magnitude / features.duration > Self.turning {
            turnsSince = turnsSince ?? features.start
            turnedAt = features.end
        } else if let last = turnedAt, features.end - last > Self.tail {
            turnsSince = nil
            turnedAt = nil
            candidates = 0
        }
        guard let turnsSince, let turnedAt, !isHeaving else { return }
        candidates += features.stepCandidates
        let length = turnedAt - turnsSince
        if features.steps > 0 || (candidates >= 2 && length >= Self.twoSteps)
            || (candidates >= 1 && length >= Self.oneStep)
        {
            haveMoved = true
        }
    }
}
