/// The 10 Hz summary of the signal that detectors see: one frame of about 100 ms of sample time.
///
/// Angles follow science.md section 2: with s the unit up vector and u, f, l the wearer's own upright, forward and left
/// axes, inclination = acos(s·u), flexion = atan2(−s·f, s·u) (positive = bent forward), lateral = atan2(s·l, s·u)
/// (positive = bent to the right). While nothing at all is known of upright (`poseQuality` is 0) the angles are 0: there is
/// nothing to measure them from, and no bend, no lying and no fall is told.
@frozen
public struct Features: Sendable, Equatable {
    /// Start of the frame; frames cover the stream without overlap, except at gaps.
    public var start: Instant = .zero
    /// End of the frame.
    public var end: Instant = .zero
    /// Samples in the frame.
    public var sampleCount = 0
    /// Whether this is the first frame after a start or a gap: what came before says nothing about it.
    public var followsGap = false

    // MARK: Attitude at the end of the frame

    /// Angle from the wearer's own upright, 0...180 degrees.
    public var inclinationDegrees = 0.0
    /// Sagittal angle, degrees, positive forward; equals the inclination while `flexionIsSigned` is false.
    public var flexionDegrees = 0.0
    /// Lateral angle, degrees, positive to the right; 0 while `flexionIsSigned` is false.
    public var lateralDegrees = 0.0
    /// Whether the forward axis is known.
    public var flexionIsSigned = false
    /// Expected error of the inclination, one standard deviation in degrees.
    public var uncertaintyDegrees = 0.0
    /// Up in the mounted sensor's frame, unit length.
    public var up = Vector3<BodyFrame>(0, 0, 1)
    /// How well the upright pose is known, 0 (assumed) ... 1 (confirmed by calibration or by several walks).
    public var poseQuality = 0.0
    /// Counts up each time the upright pose moves by more than 3 degrees: angles before and after do not compare.
    public var poseRevision = 0

    /// Whether the upright that angles count from can be relied on.
    public var mountTrust = MountTrust.trusted
    /// When that upright was last learned, set or confirmed by a walk or a quiet stand; nil before it was.
    public var uprightConfirmed: Instant?
    /// The deepest bow of the calibration gesture, degrees of flexion; 0 when there was none.
    public var deepestBowDegrees = 0.0

    /// Up in the wearer's own axes: x along forward, y along left, z along upright; what the angles are made of.
    public var upInPose = Vector3<BodyFrame>(0, 0, 1)
    /// Whether the gyroscope and accelerometer have been at rest for 1.5 s and more (never true without a gyroscope).
    public var isAtRest = false

    /// Whether acceleration was measured; without it `up` is the sensor's own, and what follows from acceleration is that
    /// of a body at rest.
    public var hasAcceleration = true

    // MARK: Rotation within the frame

    /// Whether the sensor has a gyroscope; without it the rates below come from the change of inclination.
    public var hasAngularRate = false
    /// Mean rate of flexion, degrees per second, positive when bending forward.
    public var flexionRateDps = 0.0
    /// Mean size of the angular rate, degrees per second.
    public var angularSpeedMeanDps = 0.0
    /// Largest size of the angular rate, degrees per second.
    public var angularSpeedPeakDps = 0.0
    /// Turn about the vertical, degrees, positive to the left; bias-corrected.
    public var headingChangeDegrees = 0.0
    /// Turn about the trunk's own long axis, degrees, positive to the left; bias-corrected.
    public var axialRotationDegrees = 0.0

    /// The whole rotation as a vector in the wearer's own axes, degrees: about forward, left, and the trunk's long axis.
    public var rotationInPose = Vector3<BodyFrame>.zero

    // MARK: Acceleration within the frame

    /// Mean acceleration in the wearer's own axes, g: x along forward, y along left, z along upright.
    ///
    /// At rest this is up as the accelerometer alone has it, which a fall disturbs less than the orientation filter.
    public var accelerationInPose = Vector3<BodyFrame>(0, 0, 1)
    /// Mean of |a|, g.
    public var accelerationMeanG = 1.0
    /// Smallest |a|, g.
    public var accelerationMinG = 1.0
    /// Largest |a|, g.
    public var accelerationMaxG = 1.0
    /// Length of gravity that was taken off the vertical acceleration in this frame, g: learned at rest.
    public var gravityG = 1.0
    /// Vertical velocity gained in the frame, m/s, positive upward: ∫ a dt, gravity taken off.
    public var verticalVelocityGain = 0.0
    /// Height gained in the frame had it begun with no vertical velocity, m: ∫∫ a dt dt.
    public var verticalHeightGain = 0.0
    /// Largest rate of change of |a| (low-passed at 10 Hz), g per second.
    public var jerkPeakGps = 0.0
    /// Root mean square of the rate of change of |a| (low-passed at 10 Hz), g per second.
    public var jerkRMSGps = 0.0

    // MARK: Ring-buffered windows that end with the frame

    /// Standard deviation of |a| over the last second, g.
    public var accelerationDeviation1sG = 0.0
    /// Standard deviation of |a| over the last five seconds, g.
    public var accelerationDeviation5sG = 0.0
    /// Root mean square of the vertical acceleration over the last second, g.
    public var verticalRMS1sG = 0.0
    /// Root mean square of the angular rate over the last second, degrees per second.
    public var angularSpeedRMS1sDps = 0.0
    /// Standard deviation of inclination over the last second, degrees.
    public var inclinationDeviation1sDegrees = 0.0
    /// Mean inclination over the last five seconds, degrees.
    public var inclinationMean5sDegrees = 0.0
    /// Up averaged over the last five seconds, unit length, mounted frame.
    public var upMean5s = Vector3<BodyFrame>(0, 0, 1)

    /// Standard deviation of the acceleration along the wearer's forward axis over the last second, g.
    ///
    /// Means little while `flexionIsSigned` is false: forward is arbitrary then.
    public var forwardDeviation1sG = 0.0
    /// Standard deviation of the acceleration along the wearer's left axis over the last second, g.
    public var lateralDeviation1sG = 0.0
    /// Turn about the vertical over the last second, degrees, positive to the left.
    public var headingChange1sDegrees = 0.0

    // MARK: Gait

    /// Steps that became certain in this frame: the fourth regular one brings the three before it along.
    public var steps = 0
    /// Single peaks in this frame that may be steps, regular or not: a foot may have moved.
    public var stepCandidates = 0
    /// Steps per second over the last regular steps, 0 when there is no regular stepping now.
    public var cadenceHz = 0.0
    /// How regular the stepping of the last seconds is, 0...1.
    public var stepRegularity = 0.0

    // MARK: Wear

    /// Whether somebody wears the sensor.
    public var wear = WearState.unknown
    /// Since when the sensor has shown no sign of a body, or nil while it does; not worn follows after minutes of that.
    public var lifelessSince: Instant?

    // MARK: Other sensors of the same wearer

    /// What they say at the end of the frame.
    public var companions = Companions()

    /// A frame of an upright body at rest.
    public init() {}

    /// How far the trunk turned about its long axis in the frame, degrees, positive to the left: the thorax on the lumbar
    /// sensor where both are worn, and else the lumbar sensor in the room, feet included.
    @inlinable
    public var trunkTurnDegrees: Double { companions.spine?.axialRotationDegrees ?? axialRotationDegrees }

    /// Length of the frame in seconds.
    @inlinable
    public var duration: Double { (end - start).seconds }
}

/// Whether somebody wears the sensor.
public enum WearState: String, Sendable {
    /// Worn.
    case worn
    /// Lying about, by itself.
    case notWorn
    /// Not known yet.
    case unknown
}
