import LumbarCore

/// The wearer's own tilt at rest, upright and seated, learned as it goes.
///
/// Each resting pose adds to both means by how much it is believed to be either; the odds of a new pose
/// follow from its distances to the two (Gaussian, `spreadDegrees`). Until a seated pose is known, a generic
/// curve: people sit tilted by 20 degrees and more often, by less than 8 seldom. Angles are chords between up
/// vectors in the mounted frame, so a learned upright pose that moves does not disturb them.
struct RestingPoses: Sendable {
    private var upright = Mean()
    private var seated = Mean()

    /// Spread of a wearer's resting tilt in one posture, degrees.
    static let spreadDegrees = 8.0
    /// No more evidence than this from a tilt, in nats.
    static let largestEvidence = 2.5
    /// Seconds of weight that a mean keeps: older poses fade.
    static let memorySeconds = 1800.0

    private struct Mean: Sendable {
        var sum = Vector3<BodyFrame>.zero
        var weight = 0.0

        mutating func add(_ up: Vector3<BodyFrame>, weight added: Double) {
            sum += up * added
            weight += added
            guard weight > RestingPoses.memorySeconds else { return }
            let fade = RestingPoses.memorySeconds / weight
            sum = sum * fade
            weight *= fade
        }

        /// The mean up vector, once a second of weight supports it.
        var direction: Vector3<BodyFrame>? { weight >= 1 ? sum.normalized : nil }
    }

    /// Learns from `seconds` at rest with this up vector, while seated with chance `chance`.
    mutating func learn(_ up: Vector3<BodyFrame>, seconds: Double, seatedChance chance: Double) {
        let certainty = (chance - 0.5) * 2
        if certainty > 0.2 { seated.add(up, weight: seconds * certainty) }
        if certainty < -0.2 { upright.add(up, weight: seconds * -certainty) }
    }

    /// Evidence for being seated in nats, from the tilt at rest.
    ///
    /// `inclination` is used until the wearer's upright pose is known. Sitting rolls the pelvis, and the sensor
    /// with it, backward: a forward tilt in `flexion` (nil when unsigned) is no sign of a seat, but of a belt
    /// that follows a belly or of standing bent.
    func evidence(_ up: Vector3<BodyFrame>, inclination: Double, flexion: Double?) -> Double {
        let fromUpright = upright.direction.map { Self.degrees(up, $0) }
        var evidence: Double
        if let fromUpright, let seatedUp = seated.direction {
            let fromSeated = Self.degrees(up, seatedUp)
            evidence =
                0.5 * (fromUpright * fromUpright - fromSeated * fromSeated)
                / (Self.spreadDegrees * Self.spreadDegrees)
        } else {
            evidence = Self.generic(fromUpright ?? inclination)
        }
        if let flexion, flexion > 10 { evidence = min(evidence, -0.3) }
        return max(-Self.largestEvidence, min(Self.largestEvidence, evidence))
    }

    /// The angle between two unit vectors, degrees.
    static func degrees(_ a: Vector3<BodyFrame>, _ b: Vector3<BodyFrame>) -> Double {
        Elementary.acos(a.dot(b)) * degreesPerRadian
    }

    /// Evidence for a seat when no seated pose of this wearer is known: −0.6 up to 6 degrees, 0 at 12, 2 at
    /// 25.
    private static func generic(_ degrees: Double) -> Double {
        if degrees < 6 { return -0.6 }
        if degrees < 12 { return (degrees - 12) * 0.1 }
        return min(largestEvidence, (degrees - 12) * 2 / 13)
    }
}
