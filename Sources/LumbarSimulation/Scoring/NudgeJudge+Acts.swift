import LumbarCore

// Lifts and turns, and what is told of many things at once.
extension NudgeJudge {
    /// A lift as it really was.
    struct TrueLift {
        var span: ScoredSpan
        var lift: TruthSpan.Lift
        /// How fast the trunk turned within it with the feet still, degrees per second.
        var turnRate: Double

        var peakDegrees: Double { lift.peakDegrees }

        /// Whether it was one under strain, with limits `k` times as high.
        func isStrained(_ k: Double) -> Bool {
            if lift.isStrained { return true }
            if lift.style == .plain, lift.peakDegrees >= 60 * k { return true }
            if lift.twistDegrees.magnitude >= 30 * k || turnRate >= 60 * k { return true }
            let signs = [
                lift.peakDegrees >= 60 * k, lift.peakExtensionRateDps >= 90 * k, lift.style == .hard,
            ]
            return signs.count { $0 } >= 2
        }
    }

    /// A turn of the trunk with the feet still.
    struct TrueTurn {
        var span: ScoredSpan
        var degrees: Double
        var isInLift: Bool
        /// How deep the trunk was bent meanwhile, degrees.
        var bend: Double

        /// Whether it was one while bent, with limits `k` times as high.
        func counts(_ k: Double) -> Bool {
            // The rate of a minimum-jerk move peaks at 15/8 of its mean.
            let rate = isInLift ? 1.875 * degrees / span.seconds : 0
            return (degrees >= 30 * k || rate >= 60 * k) && (isInLift || bend >= 30 * k)
        }
    }

    var lifts: [TrueLift] {
        truth.spans.compactMap { span in
            guard case .lift(let lift) = span.kind else { return nil }
            let own = ScoredSpan(span)
            let rate = turns.reduce(0.0) {
                $1.isInLift && $1.span.overlaps(own, within: 0)
                    ? max($0, 1.875 * $1.degrees / $1.span.seconds) : $0
            }
            return TrueLift(span: own, lift: lift, turnRate: rate)
        }
    }

    var turns: [TrueTurn] {
        truth.spans.compactMap { span in
            guard case .twist(let degrees, let isInLift) = span.kind else { return nil }
            let own = ScoredSpan(span)
            let bend = truth.spans.reduce(0.0) {
                guard case .bend(let peak, _) = $1.kind, ScoredSpan($1).overlaps(own, within: 0) else {
                    return $0
                }
                return max($0, peak)
            }
            return TrueTurn(span: own, degrees: degrees.magnitude, isInLift: isInLift, bend: bend)
        }
    }

    /// The lifts, and how deep the bends were, of `span`.
    func acts(overlapping span: ScoredSpan) -> (lifts: [TrueLift], bends: [Double]) {
        let bends = truth.spans.compactMap {
            if case .bend(let peak, _) = $0.kind, ScoredSpan($0).overlaps(span, within: 1) {
                peak
            } else {
                nil
            }
        }
        return (lifts.filter { $0.span.overlaps(span, within: 1) }, bends)
    }

    /// What there was of anything in `span`, for people.
    func around(_ span: ScoredSpan) -> String {
        let spans = truth.spans.filter { ScoredSpan($0).overlaps(span, within: 2) }
        return spans.isEmpty ? "nothing" : spans.map { "\($0.kind)" }.joined(separator: ", ")
    }

    private static func span(_ alert: Alert) -> ScoredSpan {
        ScoredSpan(seconds(alert.episodeStart), seconds(alert.episodeStart + alert.duration))
    }

    func lift(_ alert: Alert, _ time: Double) -> Verdict {
        let span = Self.span(alert)
        guard time - span.end <= Self.news else { return .wrong("long over") }
        let lifts = acts(overlapping: span).lifts
        if lifts.contains(where: { $0.isStrained(1) }) { return .justified }
        if lifts.contains(where: { $0.isStrained(0.9) }) { return .doubtful }
        return .wrong((lifts.isEmpty ? "no lift; " : "") + around(span))
    }

    func turn(_ alert: Alert, _ time: Double) -> Verdict {
        let span = Self.span(alert)
        guard time - span.end <= Self.news else { return .wrong("long over") }
        let those = turns.filter {
            $0.span.overlaps(span, within: 1) && ($0.isInLift || alert.rule == .turning)
        }
        if those.contains(where: { $0.counts(1) }) { return .justified }
        if those.contains(where: { $0.counts(0.9) }) { return .doubtful }
        return .wrong(around(span))
    }

    // MARK: Of many things

    func digest(_ alert: Alert, _ time: Double) -> Verdict {
        let window = ScoredSpan(Self.seconds(alert.episodeStart) - 3, time)
        let told = alerts.filter { $0.delivery == .told && $0.rule != .digest }.map(Self.span)
        let words = alert.message
        let isMixed = words.contains("bends, lifts or turns")
        func count(_ k: Double) -> Int {
            var acts: [ScoredSpan] = []
            if isMixed || words.contains("lift") { acts += lifts.filter { $0.isStrained(k) }.map(\.span) }
            if isMixed || words.contains("turn") {
                acts += turns.filter { turn in
                    turn.isInLift && turn.counts(k) && !acts.contains { $0.overlaps(turn.span, within: 3) }
                }.map(\.span)
            }
            if isMixed || words.contains("bend") { acts += longBends(k) }
            return acts.count { act in
                act.end >= window.start && act.end <= time
                    && !told.contains { $0.overlaps(act, within: 1) }
            }
        }
        if count(1) >= alert.count { return .justified }
        if Double(count(0.9)) >= 0.9 * Double(alert.count) { return .doubtful }
        return .wrong("\(count(1)) such acts")
    }

    /// Bends that used up the holding time, or stayed near the end of the wearer's range.
    private func longBends(_ k: Double) -> [ScoredSpan] {
        truth.spans.compactMap { span in
            guard case .bend = span.kind else { return nil }
            let own = ScoredSpan(span)
            let limit = 0.7 * k * truth.deepest(before: own.end)
            let isHeld = truth.holding(from: own.start, to: own.end) >= k
            let isDeep = truth.seconds(beyond: limit, from: own.start, to: own.end) >= 10 * k
            return isHeld || isDeep ? own : nil
        }
    }

    func training(_ alert: Alert, _ time: Double, _ limit: Double) -> Verdict {
        let span = Self.span(alert)
        switch alert.reason?.clause {
        case "session_begin":
            return Self.judge(onFeet(at: time), least: limit, slack: 30, "s on the feet")
        case "bend_past_limit":
            guard time - span.end <= Self.news else { return .wrong("long over") }
            let deepest = acts(overlapping: span).bends.max() ?? 0
            return Self.judge(deepest, least: limit, slack: 2, "degrees")
        default:
            let bends = truth.spans.count {
                guard case .bend(let peak, false) = $0.kind, peak >= 45 else { return false }
                let own = ScoredSpan($0)
                return own.start >= span.start && own.end <= time
            }
            let off = Double((bends - alert.count).magnitude)
            if off <= 1 { return .justified }
            return off <= max(1, 0.1 * Double(bends)) ? .doubtful : .wrong("\(bends) bends")
        }
    }

    /// For how long the wearer has been standing or walking.
    private func onFeet(at time: Double) -> Double {
        let seat = truth.stays.last {
            $0.span.start < time && $0.posture != .standing && $0.posture != .walking
        }
        return time - (seat.map { min(time, $0.span.end) } ?? 0)
    }

    func goodNews(_ alert: Alert, _ time: Double) -> Verdict {
        let measured = alert.reason?.measured ?? 0
        switch alert.reason?.clause {
        case "quick_breaks":
            let nudges = alerts.filter {
                $0.rule == .sitting && $0.tier != .notice && $0.delivery == .told && $0.time < alert.time
            }.map { Self.seconds($0.time) }
            let kept = nudges.count { nudge in
                truth.seated(at: min(nudge + 330, time)) < truth.seated(at: nudge)
            }
            return Self.judge(
                Double(kept), least: 0.9 * Double(nudges.count), slack: 0, "of \(nudges.count) nudges")
        default:
            // The longest bout so far; the words claim that there was none longer.
            let longest = truth.stays.reduce(0.0) {
                $1.span.start < time ? max($0, truth.seated(at: min(time, $1.span.end))) : $0
            }
            if longest <= measured + 60 { return .justified }
            if longest <= 1.1 * measured + 60 { return .doubtful }
            return .wrong("seated for \(DecimalText.fixed(longest / 60, 1)) min")
        }
    }
}
