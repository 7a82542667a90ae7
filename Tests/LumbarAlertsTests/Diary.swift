import LumbarAlerts
import LumbarCore

/// `minutes` minutes and `seconds` seconds after the start of the stream.
func at(_ minutes: Int64, _ seconds: Int64 = 0) -> Instant {
    Instant(nanoseconds: (minutes * 60 + seconds) * 1_000_000_000)
}

/// A wearer's day as the policy hears it, and what it said, one line per alert: `30:00 sitting nudge #1 x1`.
struct Diary {
    var policy: AlertPolicy
    var alerts: [Alert] = []

    init(_ settings: AlertSettings = AlertSettings()) {
        policy = AlertPolicy(settings: settings, wearer: .sole)
    }

    /// What was told, and not only kept.
    var told: [Alert] { alerts.filter { $0.delivery == .told } }

    var lines: [String] { told.map(Diary.line) }

    static func line(_ alert: Alert) -> String {
        let seconds = alert.time.nanoseconds / 1_000_000_000
        let clock = "\(seconds / 60):\(DecimalText.padded(seconds % 60, width: 2))"
        return "\(clock) \(alert.rule.rawValue) \(alert.tier.rawValue) #\(alert.step) x\(alert.count)"
    }

    mutating func advance(to now: Instant) { policy.advance(to: now, into: &alerts) }

    mutating func tell(_ episode: Episode, at now: Instant) {
        policy.receive(episode, at: now, into: &alerts)
    }

    /// A record of a bout of sitting that is as long as it is old.
    mutating func sit(from start: Instant, at now: Instant, ongoing: Bool = true) {
        let bout = SittingBout(seatedSeconds: (now - start).seconds, posturalShifts: 0)
        let episode = Episode(
            .sitting(bout), start: start, end: now, decided: now, confidence: 0.9, isOngoing: ongoing)
        tell(episode, at: now)
    }

    /// A bout that is over because the wearer rose at `end`, which is decided a minute later.
    mutating func rise(from start: Instant, at end: Instant) {
        let bout = SittingBout(seatedSeconds: (end - start).seconds, posturalShifts: 0)
        let decided = end + .seconds(60)
        tell(
            Episode(.sitting(bout), start: start, end: end, decided: decided, confidence: 0.9), at: decided)
    }

    mutating func posture(_ posture: Posture, from start: Instant, at now: Instant, ongoing: Bool = true) {
        let episode = Episode(
            .posture(posture), start: start, end: now, decided: now, confidence: 0.9, isOngoing: ongoing)
        tell(episode, at: now)
    }

    mutating func bent(from start: Instant, to end: Instant, budget: Double, ongoing: Bool = true) {
        let measures = SustainedFlexion(meanDegrees: 50.4, peakDegrees: 61, budgetUsed: budget)
        let episode = Episode(
            .sustainedFlexion(measures), start: start, end: end, decided: end, confidence: 0.9,
            isOngoing: ongoing)
        tell(episode, at: end)
    }

    mutating func lift(at now: Instant, strain: Lift.Strain = [.deep], underStrain: Bool = true) {
        let lift = Lift(
            peakDegrees: 74.6, peakExtensionRateDps: 90, peakRiseVelocity: 0.5, peakJerkGps: 4,
            riseSeconds: 1.2, turnWhileBentDegrees: 5, peakMomentNm: 110, isUnderStrain: underStrain,
            strain: strain)
        let episode = Episode(.lift(lift), start: now - .seconds(3), end: now, decided: now, confidence: 0.7)
        tell(episode, at: now)
    }

    mutating func twist(at now: Instant, afterLift: Bool = true) {
        let twist = Twist(turnDegrees: -41.5, peakRateDps: 70, isAfterLift: afterLift)
        let episode = Episode(
            .twist(twist), start: now - .seconds(1), end: now, decided: now, confidence: 0.7)
        tell(episode, at: now)
    }

    mutating func fall(at impact: Instant, told now: Instant) {
        let fall = Fall(impactG: 3.4, restInclinationDegrees: 80)
        tell(Episode(.fall(fall), start: impact, end: now, decided: now, confidence: 0.6), at: now)
    }

    /// Nobody has got up `seconds` after the impact.
    mutating func stillDown(since impact: Instant, seconds: Double) {
        let now = impact + .seconds(seconds)
        let fall = Fall(impactG: 3.4, restInclinationDegrees: 80, downSeconds: seconds)
        let episode = Episode(
            .fall(fall), start: impact, end: now, decided: now, confidence: 0.6, isOngoing: true)
        tell(episode, at: now)
    }
}
