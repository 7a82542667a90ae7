import LumbarCore

/// Possible falls: upright, an impact, then rest with the trunk far from upright.
///
/// ```text
///   |a|      ──────────────╱╲╱╲─────────────────
///   trunk    upright ─────╮
///                         ╰───────── ≥ 50° ─────
///   time     −5 s … −0.8 s  0   +0.5 s … +5 s     told at +5 s; still down told at +30 s and +60 s
/// ```
///
/// 1. Upright: inclination below 60 degrees at some time from 5 to 0.8 s before the impact; who faints on a chair sags
///    for some seconds first.
/// 2. Impact: |a| above 3 g; or above 2 g with the trunk turning at more than 250 °/s within half a second of
///    it, which lying down quickly does not reach; without a gyroscope above 2.5 g while the trunk tilts by 30 degrees.
///    Or it topples: above 1.8 g while the trunk tilts by 70 degrees or more within 0.8 s and reaches 200 °/s. People who
///    let themselves drop onto a bed tilt as far, but less fast (SisFall, quick lying down: at most 170 °/s where 70
///    degrees were reached). The tilt comes before the blow or within 0.3 s of it: a sensor that hands snatch out of its
///    belt gets the blow first. Whoever is rising again when the five seconds are over dropped onto a bed and sat up, unless
///    the blow was hard. A later, softer blow does not take the place of one that counts.
/// 3. Rest: the stillest second between 0.5 and 5 s after the impact has an inclination above 50 degrees; or above 40
///    by the accelerometer alone, 60 and more away from the posture before it (propped or reclined, or a sensor worn
///    askew). Somebody who toppled, lay for a second and rose at once has fallen as well.
///
/// What follows is `FallAftermath`: still down after 30 and 60 s.
///
/// The frame is the impact-then-posture machine of the single-sensor literature (Kangas 2009; Bourke 2010),
/// with thresholds picked on SisFall (Sucerquia 2017). Laboratory figures mislead: thirteen published
/// algorithms found 57 ± 27 % of 29 real falls with 3...85 false alarms a day (Bagalà 2012, PLoS ONE
/// 7:e37062).
///
/// Known weakness: falls that end seated upright or kneeling, and slow slides to the floor, are missed; dropping onto
/// a bed from standing can look the same.
public struct FallDetector: Detector {
    private let settings: FallSettings
    private var state = State.watching
    private var before = RingBuffer<Before>(capacity: 50)
    private var window = FallImpact.Window()
    private var quietUntil: Instant?
    private var aftermath: FallAftermath?

    private struct Before: Sendable {
        var inclination: Double
        var angularSpeed: Double
        /// How far the trunk has tilted within the last 0.8 s, degrees.
        var tilting: Double
        var up: Vector3<BodyFrame>
    }

    private enum State: Sendable {
        /// Nothing happened.
        case watching
        /// An impact, and what followed so far.
        case afterImpact(FallImpact)
    }

    /// Frames before the impact that do not count as before: the fall itself.
    static let framesOfFalling = 8
    /// Frames on either side of the impact in which the trunk's turn is looked for.
    static let framesOfTurn = 5
    /// Frames over which toppling is looked for.
    static let framesOfToppling = 8
    /// How long after the blow the trunk may still topple: the hip strikes before the shoulder. Phones that were snatched
    /// out of their belts (four, HAPT) began to tilt with the blow and were over 0.4...0.5 s later.
    static let toppling = Elapsed.milliseconds(300)
    /// The frames before the impact over which the posture before it is averaged.
    static let framesOfPosture = (first: 30, last: 10)
    /// Blows within this time are one impact.
    static let blows = Elapsed.seconds(2)
    /// Rest is looked for from here.
    static let restFrom = Elapsed.milliseconds(500)
    /// Rest is looked for until here.
    static let restUntil = Elapsed.seconds(5)
    /// Silence after a report.
    static let refractory = Elapsed.seconds(10)

    /// A detector with these settings.
    public init(settings: FallSettings) { self.settings = settings }

    /// Takes one frame, in time order.
    public mutating func update(
        _ features: Features, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        if features.followsGap {
            // Falls break links: what was seen before the silence decides.
            if case .afterImpact(let impact) = state {
                decide(impact, at: features.start, &body, into: &episodes)
            }
            restart()
        }
        if aftermath?.update(features, isWalking: body.gaitStart != nil, into: &episodes) == false {
            aftermath = nil
        }
        guard features.hasAcceleration else { return }
        let tilting = tilting(features)
        if case .afterImpact(var impact) = state {
            follow(&impact, features, tilting: tilting)
            state = .afterImpact(impact)
            if features.end - impact.time >= Self.restUntil {
                decide(impact, at: features.end, &body, into: &episodes)
            }
        }
        noteImpact(features, tilting: tilting)
        before.append(
            Before(
                inclination: features.inclinationDegrees, angularSpeed: features.angularSpeedPeakDps,
                tilting: tilting, up: features.upInPose))
    }

    /// The stream broke off at `time`: closes what is open.
    public mutating func interrupt(
        at time: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        if case .afterImpact(let impact) = state { decide(impact, at: time, &body, into: &episodes) }
        restart()
    }

    /// What went before a silence says nothing about what comes after it, but who lay may still lie.
    private mutating func restart() {
        state = .watching
        before.removeAll()
        window.removeAll()
    }

    private mutating func noteImpact(_ features: Features, tilting: Double) {
        let peak = features.accelerationMaxG
        let least = min(
            FallImpact.topplingImpact,
            features.hasAngularRate
                ? min(settings.turningImpact, settings.impact) : settings.impactWithoutGyroscope)
        guard peak >= least, features.start >= quietUntil ?? features.start else { return }
        guard wasUpright else { return }
        // Blows follow each other: the steps of a run before the fall, the bounces after it. Rest is looked
        // for after the last that came out of an upright posture; the hardest of two seconds counts.
        let lately = self.lately
        let tilted = max(lately.tilting, tilting)
        var impact = FallImpact(
            time: features.start, peak: peak, hardest: features.start,
            angularSpeed: max(lately.angularSpeed, features.angularSpeedPeakDps),
            tilting: tilted, toppling: tilted, hasAngularRate: features.hasAngularRate,
            upBefore: upBefore)
        if case .afterImpact(let earlier) = state {
            if features.start - earlier.hardest <= Self.blows {
                impact.join(earlier)
            } else if earlier.isHard(settings) && !impact.isHard(settings) {
                return
            }
        }
        state = .afterImpact(impact)
        window.removeAll()
    }

    private mutating func follow(_ impact: inout FallImpact, _ features: Features, tilting: Double) {
        impact.latest = features.inclinationDegrees
        let since = features.start - impact.time
        if since <= .milliseconds(Int64(Self.framesOfTurn) * 100) {
            impact.angularSpeed = max(impact.angularSpeed, features.angularSpeedPeakDps)
            impact.tilting = max(impact.tilting, tilting)
        }
        if since <= Self.toppling { impact.toppling = max(impact.toppling, tilting) }
        guard since >= Self.restFrom else { return }
        window.add(features)
        if let second = window.means { impact.note(second) }
    }

    private mutating func decide(
        _ impact: FallImpact, at now: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        state = .watching
        guard impact.isHard(settings), impact.endsDown(settings), let rest = impact.rest else { return }
        quietUntil = now + Self.refractory
        body.fellAt = now
        let fall = Fall(impactG: impact.peak, restInclinationDegrees: rest.inclination)
        let episode = Episode(
            .fall(fall), start: impact.hardest, end: now, decided: now,
            confidence: impact.peak >= settings.impact ? 0.8 : 0.6)
        episodes.append(episode)
        aftermath = FallAftermath(fall, told: episode, restAngle: settings.restAngle)
    }

    /// How far the trunk has tilted at the end of this frame within the last 0.8 s.
    private func tilting(_ features: Features) -> Double {
        var lowest = features.inclinationDegrees
        for i in max(0, before.count - Self.framesOfToppling)..<before.count {
            lowest = min(lowest, before[i].inclination)
        }
        return features.inclinationDegrees - lowest
    }

    private var wasUpright: Bool {
        guard before.count > Self.framesOfFalling else { return false }
        for i in 0..<(before.count - Self.framesOfFalling)
        where before[i].inclination < settings.uprightAngle {
            return true
        }
        return false
    }

    /// Where up was before the fall began.
    private var upBefore: Vector3<BodyFrame> {
        var sum = Vector3<BodyFrame>.zero
        let first = max(0, before.count - Self.framesOfPosture.first)
        for i in first..<max(first + 1, before.count - Self.framesOfPosture.last) { sum += before[i].up }
        return sum
    }

    /// Largest values within the half second before this frame.
    private var lately: (angularSpeed: Double, tilting: Double) {
        var largest = (angularSpeed: 0.0, tilting: 0.0)
        for i in max(0, before.count - Self.framesOfTurn)..<before.count {
            largest.angularSpeed = max(largest.angularSpeed, before[i].angularSpeed)
            largest.tilting = max(largest.tilting, before[i].tilting)
        }
        return largest
    }
}
