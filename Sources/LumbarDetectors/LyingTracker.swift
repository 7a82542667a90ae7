import LumbarCore

/// Whether the trunk lies: near horizontal and at rest for a while.
///
/// ```text
///   1) ──╮45°                      lies after `lyingTime` beyond `lyingAngle` at rest,
///        ╰╮60° ┄┄rest┄┄┄ lying     dated back to when it passed the angle
///   2) ──╮                ╭──      rises when it comes back below `risenAngle`
///        ╰╮60° ┄rest┄╭60°─╯        for half a second
///   3) forward bend past 60°       takes `proneTime`, longer than a stoop is held; twice `lyingTime` when forward is not known
/// ```
struct LyingTracker: Sendable {
    /// Where the trunk is.
    enum State: Sendable, Equatable {
        /// Upright or leaning.
        case up
        /// Beyond the angle since, at rest for so long.
        case tilted(since: Instant, rested: Double, cameForward: Bool)
        /// Lying since.
        case lying(since: Instant)
        /// Lying since, but raised again since.
        case raised(lyingSince: Instant, since: Instant)
    }

    /// What changed.
    enum Change: Sendable, Equatable {
        /// Nothing.
        case none
        /// It lies, since then.
        case lay(Instant)
        /// It has risen, at that time.
        case rose(Instant)
    }

    /// How long below the angle before the trunk has risen.
    static let riseDwell = Elapsed.milliseconds(400)
    /// Movement above which a tilted trunk is not at rest.
    static let restlessDps = 40.0

    private(set) var state = State.up
    private let settings: PostureSettings

    init(settings: PostureSettings) { self.settings = settings }

    /// Whether the trunk lies.
    var isLying: Bool {
        switch state {
        case .up, .tilted: false
        case .lying, .raised: true
        }
    }

    /// Takes a frame; `fell` is when the newest possible fall was told.
    mutating func update(_ features: Features, fell: Instant? = nil) -> Change {
        let inclination = features.inclinationDegrees
        switch state {
        case .up:
            if inclination > settings.lyingAngle {
                state = .tilted(since: features.start, rested: 0, cameForward: isBentForward(features))
            }
        case .tilted(let since, var rested, let cameForward):
            guard inclination > settings.lyingAngle - 5 else {
                state = .up
                break
            }
            if features.angularSpeedMeanDps < Self.restlessDps { rested += features.duration }
            // Face down after a fall is no stoop.
            let hasFallen = fell.map { $0 >= since } ?? false
            if rested >= (hasFallen ? settings.lyingTime : timeNeeded(features, cameForward)) {
                state = .lying(since: since)
                return .lay(since)
            }
            state = .tilted(since: since, rested: rested, cameForward: cameForward)
        case .lying(let since):
            if inclination < settings.risenAngle { state = .raised(lyingSince: since, since: features.start) }
        case .raised(let lyingSince, let since):
            if inclination >= settings.risenAngle {
                state = .lying(since: lyingSince)
            } else if features.end - since >= Self.riseDwell {
                state = .up
                return .rose(since)
            }
        }
        return .none
    }

    /// Rest that it takes to lie in this attitude.
    private func timeNeeded(_ features: Features, _ cameForward: Bool) -> Double {
        guard features.flexionIsSigned else { return 2 * settings.lyingTime }
        // Who bent forward and then turned the trunk is still bent, as long as the chest faces down somewhat.
        let isStillBent = cameForward && features.upInPose.x < -0.3
        return isBentForward(features) || isStillBent ? settings.proneTime : settings.lyingTime
    }

    /// Components, not angles: near horizontal the lateral angle means nothing.
    private func isBentForward(_ features: Features) -> Bool {
        features.flexionIsSigned && features.upInPose.x < -0.5 && features.upInPose.y.magnitude < 0.6
    }

    /// Starts afresh after a gap.
    mutating func reset() { state = .up }
}
