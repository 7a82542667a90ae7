import LumbarCore
import LumbarMeasures

/// A training as it stands on a day: what came of it, and whether anything of it is still to come.
public struct TrainingStanding: Sendable {
    /// What came of it.
    public let course: TrainingCourse
    /// The local day on which it was asked for.
    public let asked: CivilDate
    /// The local day on which it was stopped; nil when nobody did, or when it is not known.
    public let stopped: CivilDate?
    /// The local day on which it is looked at.
    public let today: CivilDate
    /// Whether it goes on.
    public let state: State

    /// Whether a training goes on.
    public enum State: String, Sendable, CaseIterable {
        /// Something of it is to come.
        case goesOn = "going_on"
        /// Every session was made, and every measurement made or missed.
        case over
        /// It was stopped before that.
        case stopped
    }

    /// What became of a measurement.
    public enum Fate: String, Sendable, CaseIterable {
        /// It was made.
        case measured
        /// No day of its week was worn for long enough.
        case missed
        /// It may still be made.
        case toCome = "to_come"
        /// The training was stopped before.
        case stopped
    }

    /// A training that goes on unless it `isStopped`; `stopped` says on which day, where that is known.
    public init(
        _ course: TrainingCourse, asked: CivilDate, isStopped: Bool = false, stopped: CivilDate? = nil,
        today: CivilDate
    ) {
        self.course = course
        self.asked = asked
        self.stopped = isStopped ? stopped : nil
        self.today = today
        let end = Self.end(stopped, today)
        if course.next(from: end) == nil {
            state = .over
        } else {
            state = isStopped ? .stopped : .goesOn
        }
    }

    /// The first day that is not looked at any more: the day of a stop still is, for what was told on it is known.
    static func end(_ stopped: CivilDate?, _ today: CivilDate) -> CivilDate {
        guard let stopped else { return today }
        return min(today, CivilDate(daysSinceEpoch: stopped.daysSinceEpoch + 1))
    }

    /// The next day that is for something; nil when none is any more.
    public var next: (date: CivilDate, duty: TrainingCourse.Duty)? {
        state == .goesOn ? course.next(from: today) : nil
    }

    /// What became of a measurement of it.
    public func fate(of retention: TrainingCourse.Retention) -> Fate {
        if retention.day != nil { return .measured }
        if retention.last < Self.end(stopped, today) { return .missed }
        return state == .stopped ? .stopped : .toCome
    }
}
