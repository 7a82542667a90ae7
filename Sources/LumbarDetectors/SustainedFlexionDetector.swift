import LumbarCore

/// Flexion held long enough to use up the holding time that ISO 11226 accepts.
///
/// ```text
///   flexion 20° ┄╭──────────────╮┄┄┄┄╭────      held: more than 4 s with little variation
///           15° ┄╯┄┄┄┄┄┄┄┄┄┄┄┄┄┄╰───╯┄┄┄┄      over: 1 s below 15°
///   budget   0 ─╱╱╱╱ 0.8 ╱ 1 ╱ ─╲╲╲╲╱╱╱╱       fills at 1/T_max, drains over 2 × the time held
///                    ^told ^told
/// ```
///
/// Told while it goes on at 0.8 and at each whole budget, and once when it ends, if it reached 0.8. What has
/// not yet recovered counts toward the next hold. The recovery time is a choice of this program, not the
/// standard's.
///
/// Standing and seated count, lying and walking do not. With a known forward axis only forward flexion
/// counts; without one a seated tilt is left out, since it is most often backward into the seat. What shows no sign
/// of a body does not count: a sensor that was taken off lies on some edge, minutes before it is known as not worn.
///
/// Known weakness: whether the trunk is supported (leaning on a table) cannot be seen.
public struct SustainedFlexionDetector: Detector {
    private let settings: SustainedFlexionSettings
    private var angle: Hysteresis
    private var hold = Hold()
    private var carried = 0.0
    private var drainPerSecond = 0.0

    /// How long below the leave angle before holding is over.
    static let leaveDwell = Elapsed.seconds(1)

    private struct Hold: Sendable {
        var budget = 0.0
        var held = 0.0
        var weighted = 0.0
        var peak = 0.0
        var steady = 0.0
        var told = 0
    }

    /// A detector with these settings.
    public init(settings: SustainedFlexionSettings) {
        self.settings = settings
        angle = Hysteresis(
            enter: settings.enterAngle, leave: settings.leaveAngle, leaveDwell: Self.leaveDwell)
    }

    /// Takes one frame, in time order.
    public mutating func update(
        _ features: Features, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        let flexion = applies(features, body) ? features.flexionDegrees : 0
        switch angle.update(flexion, from: features.start, to: features.end) {
        case .none: break
        case .entered:
            hold = Hold(budget: carried)
            hold.told = level(carried)
            carried = 0
        case .left(let entered, let end):
            finish(from: entered, to: end, features.end, into: &episodes)
        }
        if let since = angle.insideSince {
            add(features, flexion, body.holdingScale)
            let reached = level(hold.budget)
            if reached > hold.told {
                hold.told = reached
                episodes.append(record(from: since, to: features.end, features.end, isOngoing: true))
            }
        } else {
            carried = max(0, carried - drainPerSecond * features.duration)
        }
        body.holdingTimeUsed = angle.insideSince == nil ? carried : hold.budget
    }

    /// The stream broke off at `time`: closes what is open.
    public mutating func interrupt(
        at time: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        if let since = angle.insideSince, time > since {
            finish(from: since, to: time, time, into: &episodes)
        }
        angle.reset()
    }

    private func applies(_ features: Features, _ body: BodyState) -> Bool {
        switch body.posture {
        case .lying, .walking, .notWorn: false
        case .sitting: features.flexionIsSigned
        case .standing, .unknown: true
        }
    }

    private mutating func add(_ features: Features, _ flexion: Double, _ scale: Double) {
        let seconds = features.duration
        guard flexion > settings.leaveAngle, features.lifelessSince == nil,
            features.inclinationDeviation1sDegrees <= settings.variation
        else {
            hold.steady = 0
            return
        }
        let before = hold.steady
        hold.steady += seconds
        guard hold.steady > settings.staticTime else { return }
        // The seconds that made it count are counted too.
        let counted = before > settings.staticTime ? seconds : hold.steady
        hold.budget += HoldingBudget.perSecond(at: flexion) / settings.holdingTime * scale * counted
        hold.held += counted
        hold.weighted += flexion * counted
        hold.peak = max(hold.peak, flexion)
    }

    /// 0 below the warning share, 1 from there, 2 from a whole budget, 3 from two, ...
    private func level(_ budget: Double) -> Int {
        if budget < settings.warnShare { return 0 }
        return budget < 1 ? 1 : 1 + Int(min(budget, 1000))
    }

    private mutating func finish(
        from start: Instant, to end: Instant, _ decided: Instant, into episodes: inout EpisodeQueue
    ) {
        if hold.held > 0, hold.budget >= settings.warnShare {
            episodes.append(record(from: start, to: end, decided, isOngoing: false))
        }
        carried = hold.budget
        if hold.held > 0 { drainPerSecond = hold.budget / (settings.recovery * hold.held) }
        hold = Hold()
    }

    private func record(
        from start: Instant, to end: Instant, _ decided: Instant, isOngoing: Bool
    ) -> Episode {
        Episode(
            .sustainedFlexion(
                SustainedFlexion(
                    meanDegrees: hold.held > 0 ? hold.weighted / hold.held : 0, peakDegrees: hold.peak,
                    budgetUsed: hold.budget)),
            start: start, end: end, decided: decided, confidence: 0.8, isOngoing: isOngoing)
    }
}
