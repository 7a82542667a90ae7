import LumbarCore

extension ScoredDay {
    /// Ends of bouts of sitting, as points in time.
    var breaks: Asked {
        var asked: Asked = ([], [])
        let spans = truth.compactMap { span -> (posture: Posture, span: ScoredSpan, steps: Int)? in
            guard case .posture(let posture, let steps) = span.kind else { return nil }
            return (posture, ScoredSpan(span), steps)
        }
        var start: Double?
        for (index, item) in spans.enumerated() where item.posture == .sitting {
            let began = start ?? item.span.start
            let away = Away(after: spans[(index + 1)...].map { $0 }, turns: turns)
            let rise = ScoredSpan(item.span.end, item.span.end)
            switch away.verdict {
            case .resumes: start = began
            case .breaks where item.span.end - began >= 65:
                asked.required.append(rise)
                start = nil
            case .breaks, .doubtful:
                if away.verdict == .breaks, item.span.end - began < 55 {
                    start = nil
                    break
                }
                asked.doubtful.append(rise)
                start = nil
            }
        }
        return asked
    }

    private var turns: [(span: ScoredSpan, steps: Int)] {
        truth.compactMap {
            if case .turn(_, let steps) = $0.kind { (ScoredSpan($0), steps) } else { nil }
        }
    }

    /// Ends of bouts that were told because something else was seen, as points in time.
    var toldBreaks: [ScoredSpan] {
        episodes.compactMap {
            guard case .sitting = $0.kind, $0.decided - $0.end >= .seconds(1) else { return nil }
            let end = ($0.end - .zero).seconds
            return ScoredSpan(end, end)
        }
    }

    /// What follows a stretch of sitting.
    private struct Away {
        enum Verdict { case breaks, resumes, doubtful }

        var verdict = Verdict.doubtful

        /// `spans` are the postures that follow, in order.
        init(
            after spans: [(posture: Posture, span: ScoredSpan, steps: Int)],
            turns: [(span: ScoredSpan, steps: Int)]
        ) {
            var seconds = 0.0
            var steps = 0
            for item in spans {
                if item.posture == .notWorn { return }
                if item.posture == .sitting {
                    // Not long enough for sure, nor too long.
                    if seconds < 45, steps < 15 { verdict = .resumes }
                    return
                }
                seconds += item.span.seconds
                steps += item.steps
                steps += turns.reduce(0) { $0 + (item.span.overlaps($1.span, within: 0) ? $1.steps : 0) }
                if seconds > 75 || steps > 25 {
                    verdict = .breaks
                    return
                }
            }
        }
    }
}
