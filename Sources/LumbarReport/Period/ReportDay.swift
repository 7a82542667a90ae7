import LumbarCore
import LumbarMeasures
import LumbarStore

/// One local day of a report, placed in its own hours: true to its length of 23, 24 or 25 hours.
public struct ReportDay: Sendable {
    /// Which.
    public let date: CivilDate
    /// Its first moment.
    public let start: WallTime
    /// Its length, seconds.
    public let length: Double
    /// The zone's rule.
    public let zone: ZoneRule
    /// Its numbers; nil when nothing is stored of it.
    public let summary: DailySummary?
    /// What each minute was for the most part, in order and without a gap from beginning to end.
    public let spans: [Span]
    /// Bouts of sitting that reach into it.
    public let bouts: [Range<Double>]
    /// What happened at a moment, by time.
    public let events: [Event]
    /// What was said, by time.
    public let alerts: [ReportAlert]

    /// What somebody was doing, as far as it is known.
    public enum State: Sendable, Equatable {
        /// A posture, not worn and unknown among them.
        case posture(Posture)
        /// Nothing was measured.
        case noData
        /// It has not come yet.
        case toCome

        /// All of them, in the order of a legend: the most movement first.
        public static let all: [State] =
            [.walking, .standing, .sitting, .lying, .unknown, .notWorn].map { .posture($0) } + [
                .noData, .toCome,
            ]
    }

    /// A stretch of one state, seconds from the beginning of the day.
    public struct Span: Sendable, Equatable {
        /// What.
        public var state: State
        /// From.
        public var start: Double
        /// Until.
        public var end: Double
    }

    /// A thing of a moment.
    public struct Event: Sendable, Equatable {
        /// What it was.
        public enum Kind: String, Sendable, CaseIterable {
            /// A probable lift.
            case lift
            /// A probable lift under strain.
            case strainedLift
            /// Turning while bent.
            case twist
            /// A bend deeper than 60 degrees.
            case deepBend
            /// Flexion held past its budget.
            case heldBend
            /// A possible fall.
            case fall
        }

        /// What.
        public var kind: Kind
        /// Seconds from the beginning of the day.
        public var at: Double
    }

    /// A bend, for its angle and duration.
    public struct BendSize: Sendable, Equatable {
        /// Deepest flexion, degrees.
        public var degrees: Double
        /// How long, seconds.
        public var seconds: Double
    }

    /// Bends that ended in it.
    public let bends: [BendSize]

    /// Seconds in `state`: those of the summary, and what is missing to the length of the day.
    public func seconds(_ state: State) -> Double {
        switch state {
        case .posture(let posture): summary?.seconds(posture) ?? 0
        case .toCome: secondsToCome
        case .noData: max(0, length - secondsToCome - (summary?.postureSeconds.reduce(0, +) ?? 0))
        }
    }

    private let secondsToCome: Double

    /// The day `date`, as it was `stored` on the clock of `anchor`, at the moment `now`.
    public init(
        _ date: CivilDate, zone: ZoneRule, stored: StoredDay, anchor: WallAnchor?, summary: DailySummary?,
        now: WallTime
    ) {
        self.date = date
        self.zone = zone
        self.summary = summary
        let start = zone.start(of: date)
        self.start = start
        let next = zone.start(of: CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1))
        let length = (next - start).seconds
        self.length = length
        let from = anchor?.instant(at: start) ?? .zero
        func second(_ instant: Instant) -> Double { (instant - from).seconds }
        // Minutes are stored with a lag: only when more than that is missing is it time without data.
        var known = min(length, max(0, (now - start).seconds))
        if known < length, let last = stored.epochs.last {
            let stored = second(last.start + last.length)
            if known - stored <= 240 { known = min(known, max(0, stored)) }
        }
        secondsToCome = summary?.isComplete == true ? 0 : length - known
        spans = Self.spans(stored.epochs, second, length: length, known: length - secondsToCome)
        bouts = stored.episodes.compactMap { episode in
            guard case .sitting = episode.kind, !episode.isOngoing else { return nil }
            let (begin, end) = (max(0, second(episode.start)), min(length, second(episode.end)))
            return begin < end ? begin..<end : nil
        }
        events = stored.episodes.compactMap { episode in
            let at = second(episode.start)
            guard (0..<length).contains(at), let kind = Event.Kind(episode.kind) else { return nil }
            return Event(kind: kind, at: at)
        }
        bends = stored.episodes.compactMap { episode in
            guard case .bend(let bend) = episode.kind, (0..<length).contains(second(episode.end)) else {
                return nil
            }
            return BendSize(degrees: bend.peakDegrees, seconds: episode.duration.seconds)
        }
        alerts = stored.alerts.filter { $0.delivery == .told }.map { alert in
            ReportAlert(
                alert, at: second(alert.time),
                after: AfterAlert(
                    alert.time, postures: stored.episodes, isKnown: second(alert.time) + 600 <= known))
        }
    }

    /// Minutes as what most of each was, and what is not there as no data.
    private static func spans(
        _ epochs: [MinuteEpoch], _ second: (Instant) -> Double, length: Double, known: Double
    ) -> [Span] {
        var spans: [Span] = []
        func append(_ state: State, until end: Double) {
            let start = spans.last?.end ?? 0
            guard end > start else { return }
            if spans.last?.state == state {
                spans[spans.count - 1].end = end
            } else {
                spans.append(Span(state: state, start: start, end: end))
            }
        }
        for epoch in epochs {
            let begin = min(known, max(0, second(epoch.start).rounded()))
            let end = min(known, (second(epoch.start) + epoch.length.seconds).rounded())
            append(.noData, until: begin)
            append(mostly(epoch), until: end)
        }
        append(.noData, until: known)
        append(.toCome, until: length)
        return spans
    }

    private static func mostly(_ epoch: MinuteEpoch) -> State {
        var most = epoch.length.seconds - epoch.postureSeconds.reduce(0, +)
        var state = State.noData
        for posture in Posture.allCases where epoch.postureSeconds[posture.index] > most {
            most = epoch.postureSeconds[posture.index]
            state = .posture(posture)
        }
        return state
    }
}

extension ReportDay.Event.Kind {
    /// What an episode stands for in a figure; nil for what has a length of its own, or is too common to mark.
    init?(_ kind: Episode.Kind) {
        switch kind {
        case .lift(let lift): self = lift.isUnderStrain ? .strainedLift : .lift
        case .twist: self = .twist
        case .bend(let bend) where bend.peakDegrees > 60: self = .deepBend
        case .sustainedFlexion: self = .heldBend
        case .fall: self = .fall
        case .bend, .posture, .transition, .sitting, .rising, .ride: return nil
        }
    }
}
