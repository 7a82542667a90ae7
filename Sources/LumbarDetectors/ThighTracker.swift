import LumbarCore

/// Whether a thigh is upright or lies, by its inclination: what tells sitting from standing without any inference.
///
/// ```text
///   inclination  50° ┄┄┄┄┄╭──────────╮┄┄┄┄┄    lies once 3 s past 45° (past 50°, not back below 40°): a squat is shorter
///                40° ┄┄┄┄╭╯┄┄┄┄┄┄┄┄┄┄╰╮┄┄┄┄    upright again after 1 s
///                ────────╯            ╰────
/// ```
///
/// 45 degrees between standing and sitting is the rule of thigh-worn accelerometry (Skotte et al., J Phys Act Health
/// 11:76, 2014). Known weakness: who kneels upright stands, by this; who squats for more than three seconds sits.
struct ThighTracker: Sendable {
    /// How the thigh is held.
    enum Position: Sendable {
        case upright
        case level
    }

    /// A change of position that was seen.
    struct Change: Sendable {
        var position: Position
        /// When the thigh passed half the way.
        var passed: Instant
    }

    /// Inclination from which a thigh that was upright is level, degrees.
    static let levelFrom = 50.0
    /// Inclination below which a thigh that was level is upright, degrees.
    static let uprightBelow = 40.0
    /// How long it has to be level: longer than a squat to the floor takes.
    static let levelDwell = Elapsed.seconds(3)
    /// How long it has to be upright.
    static let uprightDwell = Elapsed.seconds(1)

    /// How it is held, once that is certain.
    private(set) var position: Position?
    /// Since when.
    private(set) var since = Instant.zero
    private var candidate: Change?
    private var now: Position?

    /// Takes a frame; returns the change that became certain with it.
    mutating func update(_ features: Features) -> Change? {
        guard let degrees = features.companions.thighInclinationDegrees, !features.followsGap else {
            self = ThighTracker()
            return nil
        }
        let limit = now == .level ? Self.uprightBelow : Self.levelFrom
        let seen: Position = degrees > limit ? .level : .upright
        now = seen
        guard seen != position else {
            candidate = nil
            return nil
        }
        let began = candidate ?? Change(position: seen, passed: features.start)
        candidate = began
        let dwell = seen == .level && position != nil ? Self.levelDwell : Self.uprightDwell
        guard features.end - began.passed >= dwell else { return nil }
        let wasKnown = position != nil
        position = seen
        since = began.passed
        candidate = nil
        return wasKnown ? began : nil
    }
}
