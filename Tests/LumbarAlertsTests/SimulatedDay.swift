import LumbarAlerts
import LumbarCore
import LumbarTestKit

/// A wearer made up at random, told to a ledger second by second as the monitor would: frames, then what the detectors
/// decide some seconds late, then the deadlines. Gaps in the data, bends, lifts, alerts and bouts of sitting included.
struct SimulatedDay {
    var ledger: DayLedger
    var epochs: [MinuteEpoch] = []
    var told: [Episode] = []
    /// What really was, in seconds, by `Posture.index`.
    var truth = [Double](repeating: 0, count: 6)
    var now: Instant
    private var random: SplitMix64
    private var posture = Posture.standing
    private var since: Instant
    private var isRunning = false
    private var boutStart: Instant?

    init(seed: UInt64, start: Instant) {
        random = SplitMix64(seed: seed)
        now = start
        since = start
        ledger = DayLedger(wearer: .sole, start: start, date: nil)
    }

    /// Lives on for `spans` spans in one posture, or gaps.
    mutating func live(spans: Int) {
        for _ in 0..<spans {
            let seconds = Int.random(in: 1...400, using: &random)
            if Int.random(in: 0..<8, using: &random) == 0 { silence(seconds) } else { span(seconds) }
        }
    }

    /// Makes what goes on known up to now, as a detector does from time to time.
    mutating func tellOngoing() {
        guard isRunning else { return }
        tell(.posture(posture), from: since, to: now, ongoing: true)
        if let boutStart { tell(bout(to: now), from: boutStart, to: now, ongoing: true) }
    }

    private mutating func silence(_ seconds: Int) {
        if isRunning {
            tell(.posture(posture), from: since, to: now)
            if let start = boutStart { tell(bout(to: now), from: start, to: now) }
            boutStart = nil
            isRunning = false
        }
        pass(to: now + .seconds(Double(seconds)))
    }

    private mutating func span(_ seconds: Int) {
        if !isRunning {
            isRunning = true
            since = now
            posture = .unknown
        }
        // The change is decided up to forty seconds after it happened.
        let changed = now
        let next = Posture.allCases[Int.random(in: 0..<6, using: &random)]
        let late = min(seconds, Int.random(in: 0...40, using: &random))
        for second in 0..<seconds {
            if second == late, next != posture { change(to: next, at: changed) }
            frame(next)
            truth[next.index] += 1
        }
        if late == seconds, next != posture { change(to: next, at: changed) }
        if let start = boutStart { tell(bout(to: now), from: start, to: now, ongoing: true) }
    }

    private mutating func change(to next: Posture, at changed: Instant) {
        if changed > since { tell(.posture(posture), from: since, to: changed) }
        if let start = boutStart {
            tell(bout(to: changed), from: start, to: changed)
            boutStart = nil
        }
        posture = next
        since = changed
        tell(.posture(next), from: changed, to: now, ongoing: true)
        if next == .sitting {
            boutStart = changed
            tell(bout(to: now), from: changed, to: now, ongoing: true)
        }
    }

    private mutating func frame(_ truth: Posture) {
        var features = Features()
        features.start = now
        features.end = now + .seconds(1)
        features.wear = truth == .notWorn ? .notWorn : .worn
        features.flexionDegrees = Double.random(in: 0...80, using: &random)
        features.steps = truth == .walking ? 2 : 0
        pass(to: features.end)
        ledger.receive(features)
        if Int.random(in: 0..<60, using: &random) == 0 {
            let bend = Bend(peakDegrees: 65, peakRateDps: 40, areaAbove20DegreeSeconds: 9, budgetUsed: 0.1)
            tell(.bend(bend), from: now - .seconds(3), to: now - .seconds(1))
        }
        if Int.random(in: 0..<300, using: &random) == 0 {
            ledger.receive(
                Alert(
                    rule: .lift, tier: .nudge, time: now - .milliseconds(1), episodeStart: now,
                    duration: .zero,
                    message: "", wearer: .sole))
        }
    }

    private func bout(to end: Instant) -> Episode.Kind {
        let seconds = (end - (boutStart ?? end)).seconds
        return .sitting(SittingBout(seatedSeconds: seconds, posturalShifts: Int(seconds / 90)))
    }

    private mutating func tell(
        _ kind: Episode.Kind, from start: Instant, to end: Instant, ongoing: Bool = false
    ) {
        let episode = Episode(kind, start: start, end: end, decided: now, confidence: 1, isOngoing: ongoing)
        told.append(episode)
        ledger.receive(episode)
    }

    private mutating func pass(to time: Instant) {
        while let due = ledger.nextDeadline, due <= time {
            let before = epochs.count
            ledger.advance(to: due, into: &epochs)
            precondition(ledger.nextDeadline != due, "a deadline that fires moves on")
            precondition(epochs.count - before <= 2, "deadlines come one by one")
        }
        now = time
    }
}
