import LumbarCore

/// Whether the feet move while the trunk turns: a trunk that turns on still feet is a twist, a body that steps around
/// is none.
///
/// ```text
///   axial rate  ____/‾‾‾‾‾\________      turning: above 15°/s, and half a second after it
///   steps           '  '  '              two possible steps while turning: the feet move
/// ```
///
/// Steps are looked for one by one, regular or not: a turn on the spot takes two or three, which is no walk. One
/// possible step is not enough, because a rise ends with a lobe of vertical acceleration that looks like one. Known
/// weakness: a shuffle without a lobe of 0.5 m/s² is not seen, and one step aside looks like still feet.
struct TurningFeet: Sendable {
    /// Axial rate from which the trunk turns, degrees per second.
    static let turning = 15.0
    /// How long after it a step still belongs to the turn: a step is known when its lobe of acceleration is over.
    static let tail = Elapsed.milliseconds(500)
    /// Possible steps that move the feet.
    static let steps = 2

    private var turnedAt: Instant?
    private var candidates = 0
    /// Whether the feet have moved in any of the turns so far.
    private(set) var haveMoved = false

    /// Whether the trunk turns, or did so just now.
    var isTurning: Bool { turnedAt != nil }

    /// Takes a frame; with `isHeaving` its vertical acceleration belongs to a heave and tells nothing about steps.
    mutating func add(_ features: Features, isHeaving: Bool = false) {
        guard features.duration > 0 else { return }
        if features.axialRotationDegrees.magnitude / features.duration > Self.turning {
            turnedAt = features.end
        } else if let last = turnedAt, features.end - last > Self.tail {
            turnedAt = nil
            candidates = 0
        }
        guard turnedAt != nil, !isHeaving else { return }
        candidates += features.stepCandidates
        if candidates >= Self.steps || features.steps > 0 { haveMoved = true }
    }
}
