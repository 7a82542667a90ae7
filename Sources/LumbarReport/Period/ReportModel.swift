import LumbarCore
import LumbarMeasures

/// Everything that a report or a summary of several days is made of; nothing in here is text for people yet.
public struct ReportModel: Sendable {
    /// What stretch of days it is.
    public enum Kind: String, Sendable {
        /// One day, held against the seven before.
        case day
        /// Seven days, held against the seven before.
        case week
        /// Four weeks, so that every day of the week counts alike, held against the four before.
        case month
        /// Any other, held against as many days before.
        case span
    }

    /// Something the wearer noted, at a moment.
    public struct Mark: Sendable, Equatable {
        /// When.
        public var time: WallTime
        /// In the wearer's words.
        public var label: String
        /// Whether it tells of pain.
        public var isPain: Bool

        /// A mark.
        public init(time: WallTime, label: String, isPain: Bool = false) {
            self.time = time
            self.label = label
            self.isPain = isPain
        }

        /// A mark for an entry of the diary: `spasm, pain 6 of 10: tying a shoe`.
        public init(_ entry: DiaryEntry) {
            let pain = entry.pain.map { ", pain \($0) of 10" } ?? ""
            let note = entry.note.isEmpty ? "" : ": " + entry.note
            self.init(time: entry.time, label: entry.kind.rawValue + pain + note, isPain: entry.isPain)
        }
    }

    /// Which stretch it is.
    public let kind: Kind
    /// Whose.
    public let wearer: WearerID
    /// Every local day of it, in order, also those of which nothing is stored.
    public let days: [ReportDay]
    /// The days before it that are stored.
    public let before: [DailySummary]
    /// What the wearer noted, by time.
    public var marks: [Mark] = []
    /// Static text that goes with notes of pain: when to see a doctor. Nothing infers it.
    public var safety: String?
    /// When it was made, UTC.
    public let made: WallTime
    /// This stretch beside the one before.
    public let comparison: PeriodComparison
    /// All of its days added up.
    public let exposure: ExposureTable

    /// A model of `days`, which are consecutive.
    public init(_ kind: Kind, wearer: WearerID, days: [ReportDay], before: [DailySummary], made: WallTime) {
        self.kind = kind
        self.wearer = wearer
        self.days = days
        self.before = before
        self.made = made
        let summaries = days.compactMap(\.summary)
        comparison = PeriodComparison(summaries, before: before)
        exposure = summaries.reduce(into: ExposureTable()) { $0 += $1.exposure }
    }

    /// The days of which something is stored.
    public var summaries: [DailySummary] { days.compactMap(\.summary) }
    /// Those on which the sensor was worn at all.
    public var wornDays: [DailySummary] { summaries.filter { $0.wornSeconds > 0 } }
    /// What was said, with its day.
    public var alerts: [(day: ReportDay, alert: ReportAlert)] {
        days.flatMap { day in day.alerts.map { (day, $0) } }
    }
    /// Sessions of trainings, in order.
    public var trainingSessions: [TrainingSession] { summaries.flatMap { $0.training?.sessions ?? [] } }
    /// Bouts of sitting of all days, seconds.
    public var boutSeconds: [Double] { summaries.flatMap(\.boutSeconds) }
    /// Seconds in a state over all days.
    public func seconds(_ state: ReportDay.State) -> Double { days.reduce(0) { $0 + $1.seconds(state) } }
    /// How often something happened.
    public func count(_ kind: ReportDay.Event.Kind) -> Int {
        days.reduce(0) { $0 + $1.events.count { $0.kind == kind } }
    }
}
