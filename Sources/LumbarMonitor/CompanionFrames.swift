import LumbarCore

/// The last frames of a wearer's sensors on thorax and thigh, kept until the lumbar sensor's frame of the same moment
/// comes.
///
/// Each sensor sends by its own clock and over its own link. A lumbar frame takes the companion's frame whose end is
/// nearest; one that is late stands for the moment after it for half a second, and then counts as silent.
struct CompanionFrames: Sendable {
    /// A frame this far off is of the same moment.
    static let sameMoment = Elapsed.milliseconds(150)
    /// A last frame this old still counts.
    static let oldest = Elapsed.milliseconds(500)
    /// Frames kept of each sensor.
    static let kept = 8

    private var thorax = Slot()
    private var thigh = Slot()

    /// What is kept of a frame.
    private struct Brief: Sendable {
        var end: Instant
        var inclinationDegrees: Double
        var isSigned: Bool
        var flexionDegrees: Double
        var upInPose: Vector3<BodyFrame>
        /// In the companion's own upright axes, degrees per second; zero without a gyroscope.
        var angularRateDps: Vector3<BodyFrame>
        var hasAngularRate: Bool

        func distance(to time: Instant) -> UInt64 { (end - time).nanoseconds.magnitude }
    }

    private struct Slot: Sendable {
        /// The sensor that is heard; the first to speak, until it falls silent.
        var device: DeviceID?
        var frames: [Brief] = []
        var next = 0

        mutating func add(_ frame: Brief) {
            if frames.count < CompanionFrames.kept {
                frames.append(frame)
            } else {
                frames[next] = frame
            }
            next = (next + 1) % CompanionFrames.kept
        }

        mutating func clear() {
            device = nil
            frames.removeAll(keepingCapacity: true)
            next = 0
        }

        func frame(at time: Instant) -> Brief? {
            var best: Brief?
            for frame in frames where frame.end - time <= CompanionFrames.sameMoment {
                if let found = best, found.distance(to: time) <= frame.distance(to: time) { continue }
                best = frame
            }
            guard let best, time - best.end <= CompanionFrames.oldest else { return nil }
            return best
        }
    }

    /// Whether any companion is heard.
    var isEmpty: Bool { thorax.device == nil && thigh.device == nil }

    /// Takes a frame of a companion.
    mutating func take(_ frame: Features, from device: DeviceID, role: SensorRole) {
        switch role {
        case .thorax: Self.take(frame, from: device, into: &thorax)
        case .thigh: Self.take(frame, from: device, into: &thigh)
        case .lumbar: preconditionFailure("a lumbar sensor is nobody's companion")
        }
    }

    private static func take(_ frame: Features, from device: DeviceID, into slot: inout Slot) {
        if slot.device == nil { slot.device = device }
        guard slot.device == device else { return }
        // One that is not worn, or of which nobody knows how it sits, says nothing.
        guard frame.wear != .notWorn, frame.poseQuality > 0, frame.mountTrust != .moved else { return }
        slot.add(
            Brief(
                end: frame.end, inclinationDegrees: frame.inclinationDegrees,
                isSigned: frame.flexionIsSigned, flexionDegrees: frame.flexionDegrees,
                upInPose: frame.upInPose,
                angularRateDps: frame.rotationInPose * (1 / max(frame.duration, 1e-3)),
                hasAngularRate: frame.hasAngularRate))
    }

    /// The companion broke off: another may take its place.
    mutating func interrupt(_ device: DeviceID) {
        if thorax.device == device { thorax.clear() }
        if thigh.device == device { thigh.clear() }
    }

    /// What the companions say at the end of `frame`.
    func companions(of frame: Features) -> Companions {
        var found = Companions()
        found.thighInclinationDegrees = thigh.frame(at: frame.end)?.inclinationDegrees
        if let above = thorax.frame(at: frame.end) { found.spine = Self.spine(above, frame) }
        return found
    }

    /// The thorax against the lumbar sensor.
    ///
    /// Both turn with the feet, about the vertical. So the rate of the thorax is first seen from the axes of the lumbar
    /// sensor, by the smallest rotation that brings the one's vertical to the other's; then the difference is what the
    /// spine does, however far either is bent.
    private static func spine(_ thorax: Brief, _ lumbar: Features) -> SpineAngles? {
        guard thorax.isSigned, lumbar.flexionIsSigned, thorax.hasAngularRate, lumbar.hasAngularRate else {
            return nil
        }
        func seenFromLumbar(_ v: Vector3<BodyFrame>) -> Vector3<BodyFrame> {
            rotated(v, from: thorax.upInPose, to: lumbar.upInPose)
        }
        let twist = seenFromLumbar(thorax.angularRateDps) * lumbar.duration - lumbar.rotationInPose
        // A bent spine turns about what lies between its ends' long axes.
        let long = Vector3<BodyFrame>(0, 0, 1)
        let axis = (long + seenFromLumbar(long)).normalized ?? long
        return SpineAngles(
            flexionDegrees: thorax.flexionDegrees - lumbar.flexionDegrees,
            axialRotationDegrees: twist.dot(axis))
    }

    /// `v` after the smallest rotation that takes the unit vector `from` to `to` (Rodrigues' formula).
    private static func rotated(
        _ v: Vector3<BodyFrame>, from: Vector3<BodyFrame>, to: Vector3<BodyFrame>
    ) -> Vector3<BodyFrame> {
        let axis = from.cross(to)
        let cosine = from.dot(to)
        // Opposite directions leave the axis open; a spine does not bend that far.
        guard cosine > -0.9 else { return v }
        return v * cosine + axis.cross(v) + axis * (axis.dot(v) / (1 + cosine))
    }
}
