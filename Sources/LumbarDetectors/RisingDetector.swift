import LumbarCore

/// Getting up after a long time lying, and the two hours after it, in which bends count earlier.
///
/// ```text
///   lying ──────────── 3 h ───|rise                 told as soon as the wearer sits, stands or walks
///   lying ─ 2 h ─|up 5 min|─ 2 h ─|rise             interruptions up to 15 min belong to the night
///   lying ─ 2 h ─|up 1 h|─ 2 h ─|                   two naps: nothing
///                             |<-- 120 min -->|     flexion × 1.5 and holding budgets × 2 for the bend detectors
/// ```
///
/// Keeping the low back from bending for the first two hours after rising lowered pain by a third in people with chronic
/// back pain (Snook et al. 1998, Spine 23:2601): discs take up water overnight, and the same bend strains them and their
/// ligaments more. The scaling (a bend begins at 30 instead of 45 degrees, half the holding time) is a choice of this
/// program. Angles this small are reached on every chair, so bends that belong to a change of posture go on being none.
///
/// Data needed: posture, so a sensor worn at night. Known weakness: who puts the sensor on after breakfast has no morning
/// here; a still sensor on a table that is taken for a sleeper makes one.
public struct RisingDetector: Detector {
    private let settings: MorningSettings
    private let scale: Double
    /// Time lying in the present night, seconds.
    private var lying = 0.0
    private var lastLying: Instant?
    private var leftAt: Instant?

    /// How long a night may be interrupted.
    static let interruption = Elapsed.minutes(15)

    /// A detector with these settings; `bendAngle` is where a bend begins otherwise.
    public init(settings: MorningSettings, bendAngle: Double) {
        self.settings = settings
        scale = max(1, bendAngle / settings.bendAngle)
    }

    /// Takes one frame, in time order.
    public mutating func update(
        _ features: Features, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        follow(features, &body, into: &episodes)
        let isMorning = body.risenAt.map {
            features.end >= $0 && features.end - $0 < .minutes(settings.minutes)
        }
        guard settings.guard, isMorning == true, body.posture != .lying else {
            body.flexionScale = 1
            body.holdingScale = 1
            return
        }
        body.flexionScale = scale
        body.holdingScale = 1 / settings.holdingShare
    }

    /// The stream broke off: a night goes on if it comes back soon.
    public mutating func interrupt(
        at time: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {}

    private mutating func follow(
        _ features: Features, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        if let last = lastLying, features.start - last > Self.interruption {
            lying = 0
            lastLying = nil
        }
        switch body.posture {
        case .lying:
            lying += features.duration
            lastLying = features.end
            leftAt = nil
        case .unknown, .notWorn:
            if lastLying != nil { leftAt = leftAt ?? body.postureStart }
        case .sitting, .standing, .walking:
            guard let last = lastLying else { return }
            let rise = leftAt ?? max(body.postureStart, last - Self.interruption)
            let isNew = body.risenAt.map { rise - $0 >= .seconds(1) } ?? true
            leftAt = leftAt ?? rise
            guard lying >= settings.lyingTime * 60, isNew else { return }
            body.risenAt = rise
            episodes.append(
                Episode(
                    .rising(
                        Rising(
                            lyingSeconds: lying, guardedSeconds: settings.guard ? settings.minutes * 60 : 0)),
                    start: rise, end: rise, decided: features.end, confidence: body.postureConfidence))
        }
    }
}
