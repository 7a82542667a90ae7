import LumbarCore

/// How far forward the sensor tilts while this wearer stands still, until a walk teaches their upright.
///
/// Belts follow bellies: in quiet standing a belt sensor read up to 33 degrees of flexion against the mount as declared,
/// and bends counted from there are told a third too deep. Somebody who starts seated must not teach that as upright.
/// They are told apart by direction: sitting rolls the pelvis, and the sensor with it, backward (a median of 25 degrees
/// in older people). So only a forward tilt is taken, from one still second on. Leaning forward tilts further forward
/// still, so a longer rest that is less tilted takes its place.
///
/// Weakness: who starts leaning forward at a desk has bends told too small until they sit back or walk; a belt that
/// tilts backward is not helped.
struct FirstStance: Sendable {
    /// Flexion in quiet standing, degrees; 0 when it is not known or a walk has taught upright.
    private(set) var flexionDegrees = 0.0
    private var sum = 0.0
    private var seconds = 0.0
    private var isKnown = false
    private var isOfThisRest = false

    /// Rest that makes a first stance, seconds.
    static let shortestRest = 0.8
    /// Rest that replaces one that was tilted further, seconds.
    static let replacingRest = 10.0
    /// Forward tilts to follow, degrees: people stand a median of 6 degrees off the mean of their walk, and nobody
    /// stands bent by more than the upper one for long.
    static let tilts = 5.0...55.0
    /// How much less tilted a rest is that replaces another, degrees.
    static let leastStep = 5.0
    /// Sideways tilt of a plausible stance, degrees.
    static let largestLateral = 15.0
    /// Quality of a pose that some walk has taught; a declared one has 0.3.
    static let taughtQuality = 0.31

    /// Takes a frame, in which the body was still or not.
    mutating func update(_ features: Features, isStill: Bool) {
        if features.poseQuality > Self.taughtQuality || !features.flexionIsSigned {
            self = FirstStance()
            return
        }
        guard isStill else {
            sum = 0
            seconds = 0
            isOfThisRest = false
            return
        }
        sum += features.flexionDegrees * features.duration
        seconds += features.duration
        guard seconds >= (isKnown && !isOfThisRest ? Self.replacingRest : Self.shortestRest),
            features.lateralDegrees.magnitude <= Self.largestLateral
        else { return }
        take(sum / seconds)
    }

    /// The sensor may sit differently after a silence.
    mutating func reset() { self = FirstStance() }

    private mutating func take(_ tilt: Double) {
        guard tilt <= Self.tilts.upperBound else { return }
        guard !isKnown || isOfThisRest || tilt < flexionDegrees - Self.leastStep else { return }
        isKnown = true
        isOfThisRest = true
        flexionDegrees = tilt < Self.tilts.lowerBound ? 0 : tilt
    }
}
