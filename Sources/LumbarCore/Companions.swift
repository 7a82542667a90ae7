/// What a wearer's other sensors say at the moment of a lumbar sensor's feature frame; nil where none is worn or heard.
@frozen
public struct Companions: Sendable, Equatable {
    /// Angle of the thigh from its own upright, 0...180 degrees.
    public var thighInclinationDegrees: Double?
    /// How the thorax is held and turned against the lumbar sensor, once forward is known of both.
    public var spine: SpineAngles?

    /// No other sensor.
    public init() {}
}

/// How the spine between the lumbar sensor and the thorax is bent, each angle counted from how the wearer stands upright.
///
/// The difference of two inclinations, as with the double inclinometer of physiotherapy (Mayer et al., Spine 9:588,
/// 1984): what both share, the tilt of the pelvis, drops out.
@frozen
public struct SpineAngles: Sendable, Equatable {
    /// Flexion of the thorax on the lumbar sensor, degrees, positive forward.
    public var flexionDegrees: Double
    /// Turn of the thorax on the lumbar sensor within the frame, about the trunk's long axis, degrees, positive to the
    /// left; the feet have no part in it.
    public var axialRotationDegrees: Double

    /// Angles of the spine.
    public init(flexionDegrees: Double, axialRotationDegrees: Double) {
        self.flexionDegrees = flexionDegrees
        self.axialRotationDegrees = axialRotationDegrees
    }
}
