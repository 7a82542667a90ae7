import LumbarCore
import LumbarMonitor

/// What each wearer is believed to do now, and since when, as the episodes tell it.
public struct PosturesNow: Sendable {
    private var known: [(wearer: WearerID, posture: Posture, since: Instant)] = []

    /// Nothing known.
    public init() {}

    /// Takes what was concluded; only postures matter.
    public mutating func take(_ output: Output) {
        guard case .episode(let episode, let wearer) = output, case .posture(let posture) = episode.kind
        else {
            return
        }
        let place = known.firstIndex { $0.wearer == wearer }
        if episode.isOngoing {
            let now = (wearer, posture, episode.start)
            if let place { known[place] = now } else { known.append(now) }
        } else if let place, known[place].since < episode.end {
            // It is over, and nothing has begun: the sensor broke off.
            known.remove(at: place)
        }
    }

    /// What `wearer` does now; nil while no sensor tells.
    public func posture(of wearer: WearerID) -> (posture: Posture, since: Instant)? {
        known.first { $0.wearer == wearer }.map { ($0.posture, $0.since) }
    }
}
