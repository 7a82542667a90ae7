import LumbarCore

/// A sensor that slips on the belt: a smooth turn about an axis of the trunk, in which its gyroscope takes part.
struct SensorSlip: Sendable, Equatable {
    let axis: Vector3<BodyFrame>
    let radians: Double
    let start: Double

    /// How long a slip takes.
    static let seconds = 1.0

    init(_ how: Activity.Slip, degrees: Double, at start: Double) {
        switch how {
        case .forward: axis = Vector3(0, 1, 0)
        case .sideways: axis = Vector3(1, 0, 0)
        case .around: axis = Vector3(0, 0, 1)
        }
        radians = degrees * radiansPerDegree
        self.start = start
    }

    /// How far it has come at `time`, radians, and how fast it goes, radians a second: minimum jerk.
    func turn(at time: Double) -> (angle: Double, rate: Double) {
        let x = min(max((time - start) / Self.seconds, 0), 1)
        return (
            radians * x * x * x * (10 - 15 * x + 6 * x * x),
            radians * 30 * x * x * (1 - x) * (1 - x) / Self.seconds
        )
    }

    /// `v` turned by `angle` about the axis (Rodrigues).
    func turned(_ v: Vector3<BodyFrame>, by angle: Double) -> Vector3<BodyFrame> {
        let (s, c) = Elementary.sincos(angle)
        return v * c + axis.cross(v) * s + axis * (axis.dot(v) * (1 - c))
    }
}
