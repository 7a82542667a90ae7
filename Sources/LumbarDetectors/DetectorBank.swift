import LumbarCore

/// All detectors of one wearer, run in catalog order on every feature frame.
///
/// A value: a copy goes on by itself. Dispatch is dynamic here, once per detector and frame (10 Hz), and
/// nowhere below.
public struct DetectorBank: Sendable {
    /// The state they share.
    public private(set) var body = BodyState()
    private var detectors: [any Detector]

    /// A bank with these settings.
    public init(settings: DetectorSettings) {
        detectors = DetectorCatalog.detectors(settings)
    }

    /// Puts back when the wearer got up, before a restart.
    public mutating func restore(risenAt: Instant) { body.risenAt = risenAt }

    /// Takes one frame and appends what was found.
    public mutating func update(_ features: Features, into episodes: inout EpisodeQueue) {
        for i in detectors.indices { detectors[i].update(features, &body, into: &episodes) }
    }

    /// The stream broke off at `time`: closes what is open.
    public mutating func interrupt(at time: Instant, into episodes: inout EpisodeQueue) {
        for i in detectors.indices { detectors[i].interrupt(at: time, &body, into: &episodes) }
    }
}
