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
        var flexionDegrees: Double?
        var axialRateDps: Double

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
        let rate = frame.duration > 0 ? frame.axialRotationDegrees / frame.duration : 0
        slot.add(
            Brief(
                end: frame.end, inclinationDegrees: frame.inclinationDegrees,
                flexionDegrees: frame.flexionIsSigned ? frame.flexionDegrees : nil,
                axialRateDps: rate))
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
        if let above = thorax.frame(at: frame.end), frame.hasAngularRate {
            var flexion: Double?
            if let there = above.flexionDegrees, frame.flexionIsSigned {
                flexion = there - frame.flexionDegrees
            }
            found.spine = SpineAngles(
                flexionDegrees: flexion,
                axialRotationDegrees: above.axialRateDps * frame.duration - frame.axialRotationDegrees)
        }
        return found
    }
}
