import LumbarCore

// A sensor on a thigh decides between sitting and standing, and the moves of the trunk need not be interpreted.
extension PostureDetector {
    /// Chance of sitting while the thigh says so; nothing is quite certain.
    static let surelyByThigh = 0.99
    /// How long before and after the thigh passes half the way somebody sits down or rises.
    static let halfATransition = Elapsed.milliseconds(800)

    /// Whether steps count: a level thigh makes none, whatever a vehicle does to it.
    func allowsSteps() -> Bool { thigh.position != .level }

    /// The posture by the thigh, while the wearer neither lies nor steps; `change` became certain with this frame.
    mutating func followThigh(
        _ change: ThighTracker.Change?, _ features: Features, _ body: inout BodyState,
        _ episodes: inout EpisodeQueue
    ) {
        pending = nil
        switch thigh.position {
        case .level:
            belief.set(Self.surelyByThigh)
            take(.sitting, change, features, &body, &episodes)
        case .upright:
            belief.set(1 - Self.surelyByThigh)
            if let start = walk.start {
                claim(.walking, from: start, features, 0.8, isSeen: true, &episodes)
            } else if log.open?.posture == .walking {
                claim(.standing, from: walk.end ?? features.start, features, 0.9, isSeen: true, &episodes)
            } else {
                take(.standing, change, features, &body, &episodes)
            }
        case nil: break
        }
    }

    private mutating func take(
        _ posture: Posture, _ change: ThighTracker.Change?, _ features: Features, _ body: inout BodyState,
        _ episodes: inout EpisodeQueue
    ) {
        guard let open = log.open, open.posture != posture else { return }
        let opposite: Posture = posture == .sitting ? .standing : .sitting
        let isFromFeet = open.posture == .walking && posture == .sitting
        if let change, open.posture == opposite || isFromFeet || open.posture == .unknown {
            let start = max(change.passed - Self.halfATransition, open.start)
            settle(
                PostureChange(
                    transition: posture == .sitting ? .standToSit : .sitToStand, start: start,
                    end: change.passed + Self.halfATransition, chance: Self.surelyByThigh),
                decided: features.end, &body, &episodes)
        } else {
            walk.finish(before: thigh.since)
            claim(
                posture, from: max(thigh.since, open.start), features, Self.surelyByThigh, isSeen: true,
                &episodes)
        }
    }
}
