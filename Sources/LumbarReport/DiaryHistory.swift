import LumbarCore
import LumbarMeasures

/// A person's diary together with their history: how episodes follow each other, and what came before them.
public struct DiaryHistory: Sendable {
    /// The episodes and how they follow each other.
    public var course: EpisodeCourse
    /// What came before them, held against other days.
    public var crossover: CaseCrossover
    /// Noted falls and possible ones that were seen.
    public var falls: [WallTime]
    /// When it is looked at.
    public var now: WallTime
    /// The local time of a moment.
    public var zone: @Sendable (WallTime) -> ZoneRule

    /// A diary with its history.
    public init(
        course: EpisodeCourse, crossover: CaseCrossover, falls: [WallTime], now: WallTime,
        zone: @escaping @Sendable (WallTime) -> ZoneRule
    ) {
        self.course = course
        self.crossover = crossover
        self.falls = falls
        self.now = now
        self.zone = zone
    }
}

extension Exposure {
    /// What it is, for people, with its unit.
    public var words: String {
        switch self {
        case .deepBends: "bends deeper than 60°"
        case .liftsThenTwist: "lifts, then a turn"
        case .longestSitting: "longest sitting, min"
        case .cumulativeMoment: "back moment, N·m·h"
        case .morningFlexion: "bent after rising, min"
        }
    }

    /// Its unit as a key of JSON has it.
    public var unit: String {
        switch self {
        case .deepBends, .liftsThenTwist: "count"
        case .longestSitting, .morningFlexion: "min"
        case .cumulativeMoment: "nm_h"
        }
    }
}

extension EpisodeCourse.Reason {
    /// The word of JSON.
    public var word: String {
        switch self {
        case .moreOften: "more_often"
        case .long: "long"
        case .afterFall: "after_fall"
        }
    }
}
