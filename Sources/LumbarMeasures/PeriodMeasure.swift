import LumbarCore

/// The numbers of a day that weeks and months are told by: movement and variation first.
public enum PeriodMeasure: String, Sendable, CaseIterable {
    /// Time walking, seconds.
    case walking = "walking_s"
    /// Steps.
    case steps = "steps"
    /// Breaks per hour of sitting.
    case breaks = "breaks_per_sitting_hour"
    /// Shifts of the trunk per hour of sitting.
    case shifts = "shifts_per_sitting_hour"
    /// Time standing, seconds.
    case standing = "standing_s"
    /// Time sitting, seconds.
    case sitting = "sitting_s"
    /// The longest bout of sitting, seconds.
    case longestSitting = "longest_sitting_s"
    /// Time with flexion over 30 degrees, seconds.
    case bent = "over_30_deg_s"
    /// Bends deeper than 60 degrees.
    case deepBends = "deep_bends"
    /// Probable lifts.
    case lifts = "lifts"

    /// What the number counts in.
    public enum Unit: String, Sendable {
        /// Seconds.
        case seconds = "s"
        /// A count for the day.
        case count = "1"
        /// Times an hour.
        case perHour = "1/h"
    }

    /// Its unit.
    public var unit: Unit {
        switch self {
        case .walking, .standing, .sitting, .longestSitting, .bent: .seconds
        case .steps, .deepBends, .lifts: .count
        case .breaks, .shifts: .perHour
        }
    }

    /// Which way is more movement and variation: +1 when more of it is, -1 when less is, 0 when neither.
    public var movement: Int {
        switch self {
        case .walking, .steps, .breaks, .shifts: 1
        case .longestSitting: -1
        case .standing, .sitting, .bent, .deepBends, .lifts: 0
        }
    }

    /// The number of `day`, as the day's own summary tells it; nil when it has none.
    public func value(_ day: DailySummary) -> Double? {
        switch self {
        case .walking: day.seconds(.walking)
        case .steps: Double(day.steps)
        case .breaks: rate(day.sittingBreaks, day)
        case .shifts: rate(day.posturalShifts, day)
        case .standing: day.seconds(.standing)
        case .sitting: day.seconds(.sitting)
        case .longestSitting: day.longestSittingSeconds
        case .bent: day.over30Seconds
        case .deepBends: Double(day.deepBends)
        case .lifts: Double(day.lifts)
        }
    }

    /// The number that days are compared by: what depends on how long the sensor was worn is taken per hour upright, so
    /// that wearing it longer is not taken for a change.
    public func comparable(_ day: DailySummary) -> Double? {
        guard let value = value(day) else { return nil }
        switch self {
        case .breaks, .shifts, .longestSitting: return value
        case .walking, .steps, .standing, .sitting, .bent, .deepBends, .lifts:
            let hours = day.uprightSeconds / 3600
            return hours > 0 ? value / hours : nil
        }
    }

    private func rate(_ count: Int, _ day: DailySummary) -> Double? {
        let hours = day.seconds(.sitting) / 3600
        return hours > 0 ? Double(count) / hours : nil
    }
}

extension DailySummary {
    /// Seconds worn and known to sit, stand or walk.
    public var uprightSeconds: Double { seconds(.sitting) + seconds(.standing) + seconds(.walking) }

    /// Whether the day is over and was worn long enough, four hours upright, to stand beside others.
    ///
    /// Studies of activity mostly ask for ten hours (Migueles et al. 2017, Sports Med 47:1821); a sensor worn at work only
    /// would never come to that, and comparing per hour upright needs less.
    public var isComparable: Bool { isComplete && uprightSeconds >= 4 * 3600 }
}
