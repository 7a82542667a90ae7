import LumbarCore

/// What the detectors have concluded so far about the body, each for those after it in the catalog.
public struct BodyState: Sendable {
    /// The posture believed now.
    public var posture = Posture.unknown
    /// Since when it is believed to last; may lie before the moment it was decided.
    public var postureStart = Instant.zero
    /// How sure that is, 0...1.
    public var postureConfidence = 0.0
    /// Chance of being seated rather than on the feet, while neither lying nor stepping.
    public var seatedChance = 0.5
    /// Since when the wearer steps regularly, or nil.
    public var gaitStart: Instant?
    /// Since when the wearer is on a walk, short halts included, or nil; `gaitStart` says whether this very moment is a
    /// step's.
    public var walkStart: Instant?
    /// Steps and cadence of that walk, or of the last one.
    public var walk = WalkMeasures()
    /// The last step.
    public var lastStep: Instant?
    /// Since when the body moves, or nil while it is still or steps.
    public var movingSince: Instant?
    /// Whether that move began at rest, and not out of steps.
    public var movesFromRest = false
    /// The move that ended with this frame, if one did.
    public var motion: Motion?
    /// A change of posture that has been seen and is not yet certain.
    public var pendingChange: PostureChange?
    /// The change of posture that became certain with this frame, if one did.
    public var change: PostureChange?
    /// The change of posture that became certain last.
    public var lastChange: PostureChange?
    /// Start of the rise of the newest probable lift.
    public var liftRise: Instant?
    /// When the newest possible fall was told.
    public var fellAt: Instant?
    /// Flexion that the sensor reads while the wearer stands upright, degrees; see `FirstStance`.
    public var stanceFlexionDegrees = 0.0
    /// When the wearer last got up after a long time lying.
    public var risenAt: Instant?
    /// What flexion is multiplied by before it is compared with the angles of a bend; above 1 after getting up.
    public var flexionScale = 1.0
    /// What the use of a holding time is multiplied by; above 1 after getting up.
    public var holdingScale = 1.0
    /// Share of the ISO 11226 holding time that is used up now, 1 = all of it; drains while the trunk is up.
    public var holdingTimeUsed = 0.0
    /// The last seconds of vertical movement.
    public var vertical = VerticalHistory()

    /// Nothing known.
    public init() {}

    /// Whether a change of posture, certain or pending, overlaps [start, end).
    public func changesPosture(from start: Instant, to end: Instant) -> Bool {
        if let pendingChange, pendingChange.overlaps(start, end) { return true }
        if let lastChange, lastChange.overlaps(start, end) { return true }
        return false
    }
}

/// A change of posture that was seen happening.
public struct PostureChange: Sendable, Equatable {
    /// Which.
    public var transition: Transition
    /// When it began.
    public var start: Instant
    /// When it ended.
    public var end: Instant
    /// How sure the program is of it, 0...1.
    public var chance: Double

    func overlaps(_ from: Instant, _ to: Instant) -> Bool { start < to && from < end }
}
