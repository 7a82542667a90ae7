import LumbarCore

// Lying down and rising, also of a sensor that measures angles alone.
extension PostureDetector {
    mutating func follow(
        _ change: LyingTracker.Change, _ features: Features, _ body: inout BodyState,
        _ episodes: inout EpisodeQueue
    ) {
        switch change {
        case .none: break
        case .lay(let since):
            let start =
                pending?.change.start ?? moves.movingSince.map { max($0, since - .seconds(3)) } ?? since
            pending = nil
            roseAt = nil
            lyingSince = since
            note(
                PostureChange(
                    transition: .lieDown, start: min(start, since), end: since, chance: 0.9), &body)
            claim(.lying, from: since, features, 0.95, isSeen: true, &episodes)
        case .rose(let time):
            roseAt = time
            restingSince = nil
            restIsWeighed = false
            tiltEvidence = 0
            // Where somebody fell there is no edge to sit on.
            let hasFallen = body.fellAt.map { $0 >= lyingSince ?? $0 } ?? false
            belief.set(hasFallen ? 1 - Self.seatedAfterLying : Self.seatedAfterLying)
            note(
                PostureChange(
                    transition: .riseFromLying, start: time - .seconds(1), end: features.end, chance: 0.9),
                &body)
            claim(
                hasFallen ? .standing : .sitting, from: time, features, Self.seatedAfterLying, isSeen: false,
                &episodes)
        }
    }

    /// Without acceleration there are no steps, and no height that the hips lose or gain: lying is known, and whoever is
    /// upright may sit, stand or walk.
    mutating func followAngles(_ features: Features, _ episodes: inout EpisodeQueue) {
        switch lying.update(features, fell: nil) {
        case .none:
            if log.open?.posture == .notWorn {
                claim(.unknown, from: features.start, features, 0, isSeen: true, &episodes)
            }
        case .lay(let since): claim(.lying, from: since, features, 0.9, isSeen: true, &episodes)
        case .rose(let time): claim(.unknown, from: time, features, 0, isSeen: true, &episodes)
        }
    }
}
