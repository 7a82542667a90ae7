import LumbarCore

/// All detectors of one wearer, run in catalog order on every feature frame.
///
/// A value: a copy goes on by itself. Dispatch is dynamic here, once per detector and frame (10 Hz), and
/// nowhere below.
public struct DetectorBank: Sendable {
    /// The state they share.
    public private(set) var body = BodyState()
    private var detectors: [any Detector]
    /// What the last frame could tell beyond the lumbar sensor.
    private var knows = Known()

    private struct Known: Sendable {
        var acceleration = true
        var thigh = false
        var spine = false
    }

    /// A bank with these settings.
    public init(settings: DetectorSettings) {
        detectors = DetectorCatalog.detectors(settings)
    }

    /// Puts back when the wearer got up, before a restart.
    public mutating func restore(risenAt: Instant) { body.risenAt = risenAt }

    /// Takes one frame and appends what was found.
    public mutating func update(_ features: Features, into episodes: inout EpisodeQueue) {
        let first = episodes.episodes.count
        for i in detectors.indices { detectors[i].update(features, &body, into: &episodes) }
        knows = Known(
            acceleration: features.hasAcceleration,
            thigh: features.companions.thighInclinationDegrees != nil,
            spine: features.companions.spine != nil)
        mark(from: first, &episodes)
    }

    /// The stream broke off at `time`: closes what is open.
    public mutating func interrupt(at time: Instant, into episodes: inout EpisodeQueue) {
        let first = episodes.episodes.count
        for i in detectors.indices { detectors[i].interrupt(at: time, &body, into: &episodes) }
        mark(from: first, &episodes)
    }

    private func mark(from first: Int, _ episodes: inout EpisodeQueue) {
        guard first < episodes.episodes.count, knows.thigh || knows.spine || !knows.acceleration else {
            return
        }
        let knows = knows
        episodes.mark(from: first) { Self.tier(of: $0, knows) }
    }

    /// The sensors that decide about episodes of `kind`.
    private static func tier(of kind: Episode.Kind, _ knows: Known) -> SensorTier {
        guard knows.acceleration else { return .angles }
        switch kind {
        case .posture, .transition, .sitting, .rising: return knows.thigh ? .lumbarThigh : .lumbar
        case .bend, .lift, .twist: return knows.spine ? .lumbarThorax : .lumbar
        case .sustainedFlexion, .fall, .ride: return .lumbar
        }
    }
}
