import LumbarCore

/// All detectors of one wearer, run in catalog order on every feature frame.
public struct DetectorBank: Sendable {
    /// The state they share.
    public private(set) var body = BodyState()

    /// A bank with these settings.
    public init(settings: DetectorSettings) {
    }

    /// Takes one frame and appends what was found.
    public mutating func update(_ features: Features, into episodes: inout EpisodeQueue) {
    }

    /// The stream broke off at `time`: closes what is open.
    public mutating func interrupt(at time: Instant, into episodes: inout EpisodeQueue) {
    }
}
