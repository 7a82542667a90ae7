import LumbarCore

/// The wearer's own upright: which directions of the mounted frame are up, forward and left when they stand.
///
/// It starts as the mount was declared, with low quality, because nobody's belt is a spirit level. With nothing declared it
/// starts as the mounted frame's axes with quality 0: angles are computed but mean nothing until a walk tells where up is.
/// A first quiet stretch is not taken as upright: it may be a chair, a bed or a table.
public struct UprightPose: Sendable, Equatable {
    /// Up when standing.
    public private(set) var up = Vector3<BodyFrame>(0, 0, 1)
    /// Forward; perpendicular to up, arbitrary while `isSigned` is false.
    public private(set) var forward = Vector3<BodyFrame>(1, 0, 0)
    /// Left; completes the frame.
    public private(set) var left = Vector3<BodyFrame>(0, 1, 0)
    /// Whether forward is known.
    public internal(set) var isSigned: Bool
    /// 0 (assumed) ... 1 (confirmed).
    public internal(set) var quality: Double
    /// Counts moves of more than 3 degrees.
    public private(set) var revision = 0

    private var anchorUp = Vector3<BodyFrame>(0, 0, 1)
    private var anchorForward = Vector3<BodyFrame>(1, 0, 0)

    /// Quality of a mount declared in words.
    static let declaredQuality = 0.3

    /// The pose that a mount declares.
    public init(mount: Mount) {
        isSigned = mount.forward != nil
        quality = mount.up == nil ? 0 : Self.declaredQuality
    }

    /// Moves the pose: `up` and, made perpendicular to it, `forward`.
    ///
    /// Directions that do not span a plane leave the pose as it is.
    mutating func move(up newUp: Vector3<BodyFrame>, forward newForward: Vector3<BodyFrame>) {
        guard let u = newUp.normalized else { return }
        let flat = newForward - u * newForward.dot(u)
        // Forward may lie along the new up: then take the axis least along it.
        let fallback = u.x.magnitude < 0.8 ? Vector3<BodyFrame>(1, 0, 0) : Vector3<BodyFrame>(0, 1, 0)
        let candidate = flat.lengthSquared > 1e-4 ? flat : fallback - u * fallback.dot(u)
        guard let f = candidate.normalized else { return }
        up = u
        forward = f
        left = u.cross(f)
        let limit = 0.99862953475457383  // cos 3°
        if u.dot(anchorUp) < limit || (isSigned && f.dot(anchorForward) < limit) {
            revision += 1
            anchorUp = u
            anchorForward = f
        }
    }

    /// Inclination, flexion and lateral angle in degrees of the body's up direction `s`.
    func angles(of s: Vector3<BodyFrame>) -> (inclination: Double, flexion: Double, lateral: Double) {
        let along = s.dot(up)
        let ahead = s.dot(forward)
        let aside = s.dot(left)
        let inclination =
            Elementary.atan2((ahead * ahead + aside * aside).squareRoot(), along) * degreesPerRadian
        guard isSigned else { return (inclination, inclination, 0) }
        return (
            inclination, Elementary.atan2(-ahead, along) * degreesPerRadian,
            Elementary.atan2(aside, along) * degreesPerRadian
        )
    }
}
