import LumbarCore

/// The limits of the posture detector that are no settings: they describe bodies, not preferences.
extension PostureDetector {
    /// Rest after which a pose counts as evidence.
    static let restDwell = Elapsed.milliseconds(1500)
    /// A restless start is guessed at after this.
    static let firstGuess = Elapsed.seconds(5)
    /// A pending change waits at most this much longer for a move to end.
    static let patience = Elapsed.seconds(4)
    /// A move that begins or ends this close to the lying angle is not a chair's, degrees.
    static let lyingMargin = 5.0
    /// A trunk that turns further than this sat neither down nor up, degrees, unless it ...
    static let largestTurn = 75.0
    /// ... stays less inclined than this, as when rising out of a slouch, degrees.
    static let steepAngle = 50.0
    /// Variation of tilt within a second up to which a stance is steady, degrees.
    static let steadyVariation = 1.5
    /// Angular speed up to which it is, degrees per second.
    static let steadySpeed = 20.0
    /// Sitting down turns the trunk at least this far on the way, degrees: 9 to 60 on belt-sensor data.
    static let leastLean = 8.0
    /// Regular steps within a move that make its height a stair's as likely as a chair's.
    static let stepsOfWalk = 4
    /// Forward flexion at rest from which the trunk is bent, degrees.
    static let bentAngle = 30.0
    /// Chance of sitting once who sat down stays (`SeatDoubt`).
    static let surelySeated = 0.99
    /// Chance of sitting after rising from lying, before more is seen.
    static let seatedAfterLying = 0.95
}
