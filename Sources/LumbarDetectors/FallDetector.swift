import LumbarCore

/// Possible falls: upright, an impact, then rest with the trunk far from upright.
///
/// ```text
///   |a|      ──────────────╱╲╱╲─────────────────
///   trunk    upright ─────╮
///                         ╰───────── ≥ 50° ─────
///   time     −3 s … −0.8 s  0   +0.5 s … +5 s     told at +5 s
/// ```
///
/// 1. Upright: inclination below 60 degrees at some time from 3 to 0.8 s before the impact.
/// 2. Impact: |a| above 3 g; or above 2 g with the trunk turning at more than 250 °/s within half a second of
///    it, which lying down quickly does not reach; without a gyroscope above 2.5 g. Or it topples: above 1.8 g
///    while the trunk tilts by 70 degrees or more within 0.8 s and reaches 200 °/s. People who let themselves
///    drop onto a bed tilt as far, but less fast (SisFall, quick lying down: at most 170 °/s where 70 degrees
///    were reached).
/// 3. Rest: the stillest second between 0.5 and 5 s after the impact has an inclination above 50 degrees.
///
/// The frame is the impact-then-posture machine of the single-sensor literature (Kangas 2009; Bourke 2010),
/// with thresholds picked on SisFall (Sucerquia 2017). Laboratory figures mislead: thirteen published
/// algorithms found 57 ± 27 % of 29 real falls with 3...85 false alarms a day (Bagalà 2012, PLoS ONE
/// 7:e37062).
///
/// Known weakness: falls that end seated or kneeling, and slow slides to the floor, are missed; dropping onto
/// a bed from standing can look the same.
public struct FallDetector: Detector {
    private let settings: FallSettings
    private var state = State.watching
    private var before = RingBuffer<Before>(capacity: 30)
    private var window = Window()
    private var quietUntil: Instant?

    private struct Before: Sendable {
        var inclination: Double
        var angularSpeed: Double
        /// How far the trunk has tilted within the last 0.8 s, degrees.
        var tilting: Double
    }

    private enum State: Sendable {
        /// Nothing happened.
        case watching
        /// An impact, and what followed so far.
        case afterImpact(Impact)
    }

    private struct Impact: Sendable {
        var time: Instant
        var peak: Double
        var angularSpeed: Double
        var tilting: Double
        var hasAngularRate: Bool
        var hardest: Instant
        var rest: (activity: Double, inclination: Double)?

        init(time: Instant, peak: Double, angularSpeed: Double, tilting: Double, hasAngularRate: Bool) {
            self.time = time
            self.peak = peak
            self.angularSpeed = angularSpeed
            self.tilting = tilting
            self.hasAngularRate = hasAngularRate
            hardest = time
        }
    }

    /// A sliding second of what the trunk does, ten frames.
    private struct Window: Sendable {
        private var ring = RingBuffer<(activity: Double, inclination: Double)>(capacity: 10)

        mutating func add(activity: Double, inclination: Double) {
            ring.append((activity, inclination))
        }

        mutating func removeAll() { ring.removeAll() }

        /// Means over the second, when it is full.
        var means: (activity: Double, inclination: Double)? {
            guard ring.count == ring.capacity else { return nil }
            var activity = 0.0
            var inclination = 0.0
            for i in 0..<ring.count {
                activity += ring[i].activity
                inclination += ring[i].inclination
            }
            let n = Double(ring.count)
            return (activity / n, inclination / n)
        }
    }

    /// Frames before the impact that do not count as before: the fall itself.
    static let framesOfFalling = 8
    /// Frames on either side of the impact in which the trunk's turn is looked for.
    static let framesOfTurn = 5
    /// Frames over which toppling is looked for.
    static let framesOfToppling = 8
    /// |a| of an impact that counts after toppling, g.
    static let topplingImpact = 1.8
    /// How far the trunk tilts when it topples, degrees.
    static let topplingAngle = 70.0
    /// How fast it turns then, degrees per second.
    static let topplingSpeed = 200.0
    /// Blows within this time are one impact.
    static let blows = Elapsed.seconds(2)
    /// Rest is looked for from here.
    static let restFrom = Elapsed.milliseconds(500)
    /// Rest is looked for until here.
    static let restUntil = Elapsed.seconds(5)
    /// Mean activity (degrees per second, plus 200 per g of range) up to which a second is rest.
    static let restActivity = 40.0
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
                tilting: tilting))
    }

    /// The stream broke off at `time`: closes what is open.
    public mutating func interrupt(
        at time: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        if case .afterImpact(let impact) = state { decide(impact, at: time, &body, into: &episodes) }
        restart()
    }

    private mutating func restart() {
        state = .watching
        before.removeAll()
        window.removeAll()
    }

    private mutating func noteImpact(_ features: Features, tilting: Double) {
        let peak = features.accelerationMaxG
        let least = min(
            Self.topplingImpact,
            features.hasAngularRate
                ? min(settings.turningImpact, settings.impact) : settings.impactWithoutGyroscope)
        guard peak >= least, features.start >= quietUntil ?? features.start else { return }
        guard wasUpright else { return }
        // Blows follow each other: the steps of a run before the fall, the bounces after it. Rest is looked
        // for after the last that came out of an upright posture; the hardest of two seconds counts.
        var impact = Impact(
            time: features.start, peak: peak,
            angularSpeed: max(recentAngularSpeed, features.angularSpeedPeakDps),
            tilting: max(recentTilting, tilting), hasAngularRate: features.hasAngularRate)
        if case .afterImpact(let earlier) = state, features.start - earlier.hardest <= Self.blows {
            impact.angularSpeed = max(impact.angularSpeed, earlier.angularSpeed)
            impact.tilting = max(impact.tilting, earlier.tilting)
            if earlier.peak > peak {
                impact.peak = earlier.peak
                impact.hardest = earlier.hardest
            }
        }
        state = .afterImpact(impact)
        window.removeAll()
    }

    private mutating func follow(_ impact: inout Impact, _ features: Features, tilting: Double) {
        let since = features.start - impact.time
        if since <= .milliseconds(Int64(Self.framesOfTurn) * 100) {
            impact.angularSpeed = max(impact.angularSpeed, features.angularSpeedPeakDps)
            impact.tilting = max(impact.tilting, tilting)
        }
        guard since >= Self.restFrom else { return }
        let range = features.accelerationMaxG - features.accelerationMinG
        window.add(
            activity: features.angularSpeedMeanDps + 200 * range, inclination: features.inclinationDegrees)
        if let means = window.means, means.activity < impact.rest?.activity ?? .infinity {
            impact.rest = means
        }
    }

    private mutating func decide(
        _ impact: Impact, at now: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        state = .watching
        guard isFall(impact), let rest = impact.rest, rest.activity <= Self.restActivity,
            rest.inclination >= settings.restAngle
        else { return }
        quietUntil = now + Self.refractory
        body.fellAt = now
        episodes.append(
            Episode(
                .fall(Fall(impactG: impact.peak, restInclinationDegrees: rest.inclination)),
                start: impact.hardest, end: now, decided: now,
                confidence: impact.peak >= settings.impact ? 0.8 : 0.6))
    }

    private func isFall(_ impact: Impact) -> Bool {
        if impact.tilting >= Self.topplingAngle && impact.angularSpeed >= Self.topplingSpeed { return true }
        guard impact.hasAngularRate else { return impact.peak >= settings.impactWithoutGyroscope }
        return impact.peak >= settings.impact
            || (impact.peak >= settings.turningImpact && impact.angularSpeed >= settings.turningSpeed)
    }

    /// How far the trunk has tilted at the end of this frame within the last 0.8 s.
    private func tilting(_ features: Features) -> Double {
        var lowest = features.inclinationDegrees
        for i in max(0, before.count - Self.framesOfToppling)..<before.count {
            lowest = min(lowest, before[i].inclination)
        }
        return features.inclinationDegrees - lowest
    }

    private var recentTilting: Double {
        var largest = 0.0
        for i in max(0, before.count - Self.framesOfTurn)..<before.count {
            largest = max(largest, before[i].tilting)
        }
        return largest
    }

    private var wasUpright: Bool {
        guard before.count > Self.framesOfFalling else { return false }
        for i in 0..<(before.count - Self.framesOfFalling)
        where before[i].inclination < settings.uprightAngle {
            return true
        }
        return false
    }

    private var recentAngularSpeed: Double {
        var largest = 0.0
        for i in max(0, before.count - Self.framesOfTurn)..<before.count {
            largest = max(largest, before[i].angularSpeed)
        }
        return largest
    }
}
