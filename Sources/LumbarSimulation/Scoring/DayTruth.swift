import LumbarCore

/// What the wearer of a simulated day really did, to be asked about any moment of it: seconds from its start.
///
/// The trunk's angle is that of the simulated body, taken ten times a second from a wearer who acts out the day once
/// more: no sensor, no filter and no detector has touched it.
public struct DayTruth: Sendable {
    /// What happened, by time.
    public let spans: [TruthSpan]
    /// The postures, one after the other, with the steps made in each.
    let stays: [Stay]
    /// Forward tilt of the trunk from the wearer's own upright, degrees, `rate` times a second.
    let flexion: [Float]
    /// The posture at each of these moments.
    let postures: [Posture]
    /// The share of the ISO 11226 holding time used at each of these moments.
    let holding: [Float]

    /// Angles a second.
    static let rate = 10.0

    /// A time in one posture.
    struct Stay: Sendable {
        var posture: Posture
        var span: ScoredSpan
        var steps: Int
    }

    /// What the wearer of `seed` does who acts out `scenario`.
    public init(of scenario: Scenario, seed: UInt64) {
        var wearer = SimulatedWearer(scenario: scenario, seed: seed)
        let upright = wearer.body.standingTiltDegrees
        var flexion: [Float] = []
        while let motion = wearer.motion(at: Double(flexion.count) / Self.rate) {
            flexion.append(Float(motion.pitch * degreesPerRadian - upright))
        }
        self.init(spans: wearer.truth, flexion: flexion)
    }

    /// What happened in `spans`, with the angles of the trunk; where these end the trunk is upright.
    init(spans: [TruthSpan], flexion: [Float] = []) {
        self.spans = spans
        stays = Self.stays(spans)
        let end = stays.last?.span.end ?? 0
        let count = max(flexion.count, Int(end * Self.rate))
        self.flexion = flexion + Array(repeating: 0, count: count - flexion.count)
        var postures = Array(repeating: Posture.unknown, count: count)
        for stay in stays {
            let places = Self.places(stay.span.start, stay.span.end, of: count)
            for place in places { postures[place] = stay.posture }
        }
        self.postures = postures
        holding = TrueHolding.used(self.flexion, postures)
    }

    private static func stays(_ spans: [TruthSpan]) -> [Stay] {
        var stays = spans.compactMap { span -> Stay? in
            guard case .posture(let posture, let steps) = span.kind else { return nil }
            return Stay(posture: posture, span: ScoredSpan(span), steps: steps)
        }
        for span in spans {
            guard case .turn(_, let steps) = span.kind else { continue }
            let middle = 0.5 * ((span.start - .zero).seconds + (span.end - .zero).seconds)
            guard let place = stays.firstIndex(where: { $0.span.end > middle }) else { continue }
            stays[place].steps += steps
        }
        return stays
    }

    /// The places of the angles from `start` until `end`, seconds.
    private static func places(_ start: Double, _ end: Double, of count: Int) -> Range<Int> {
        let first = min(max(0, Int((start * rate).rounded(.up))), count)
        return first..<max(first, min(Int((end * rate).rounded(.up)), count))
    }

    /// The places of the angles from `start` until `end`, seconds.
    func places(_ start: Double, _ end: Double) -> Range<Int> {
        Self.places(start, end, of: flexion.count)
    }
}

/// Holding times after ISO 11226, worked out from what the trunk really did.
///
/// 4 minutes at 20 degrees down to 1 minute at 60 and beyond; what is held for more than 4 s with a spread of less than
/// 4 degrees within a second counts, between 20 degrees on the way down and a second below 15. It comes back over twice
/// the time it was held.
enum TrueHolding {
    static func used(_ flexion: [Float], _ postures: [Posture]) -> [Float] {
        var used = Array(repeating: Float(0), count: flexion.count)
        let step = 1 / DayTruth.rate
        var budget = 0.0
        var held = 0.0
        var steady = 0.0
        var below = 0.0
        var drain = 0.0
        var isHeld = false
        for place in flexion.indices {
            let canHold = postures[place] == .standing || postures[place] == .sitting
            let degrees = canHold ? Double(flexion[place]) : 0
            below = degrees < 15 ? below + step : 0
            if !isHeld, degrees > 20 {
                isHeld = true
                (held, steady) = (0, 0)
            } else if isHeld, below >= 1 {
                isHeld = false
                if held > 0 { drain = budget / (2 * held) }
            }
            if isHeld {
                let second = flexion[max(0, place - Int(DayTruth.rate))...place]
                let isSteady = degrees > 15 && spread(second) <= 4
                steady = isSteady ? steady + step : 0
                if steady > 4 {
                    let counted = steady - step > 4 ? step : steady
                    budget += counted * share(at: degrees)
                    held += counted
                }
            } else {
                budget = max(0, budget - drain * step)
            }
            used[place] = Float(budget)
        }
        return used
    }

    /// Share of the holding time that a second at `degrees` uses.
    private static func share(at degrees: Double) -> Double {
        guard degrees > 20 else { return 0 }
        return 1 / (60 * (4 - 3 * (min(degrees, 60) - 20) / 40))
    }

    /// Standard deviation.
    private static func spread(_ values: ArraySlice<Float>) -> Double {
        let mean = values.reduce(0, +) / Float(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return Double(squares / Float(values.count)).squareRoot()
    }
}
