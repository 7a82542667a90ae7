import LumbarCore
import LumbarStore

/// How many alerts each of several policies gives over the same days, and when.
public struct PolicyComparison: Sendable {
    /// The first local day.
    public var first: CivilDate
    /// The last one.
    public var last: CivilDate
    /// The days of which anything is stored: what is counted a day is divided by them.
    public var days: [CivilDate]
    /// What was really told, what the settings in force give, and what each of the others gives.
    public var columns: [Column]
    /// What else there is to know, a sentence each.
    public var notes: [String] = []

    /// A policy's alerts.
    public struct Column: Sendable {
        /// What it is called in tables and for programs.
        public var name: String
        /// In which file its settings are; nil for what was told.
        public var file: String?
        /// Its settings that are not those in force, as `key=value (in force value)`.
        public var differences: [String]
        /// In the order of time, those that would be told to nobody included.
        public var alerts: [StoredAlert]

        /// A policy's alerts.
        public init(
            name: String, file: String? = nil, differences: [String] = [], alerts: [StoredAlert]
        ) {
            self.name = name
            self.file = file
            self.differences = differences
            self.alerts = alerts
        }
    }

    /// Policies over the days from `first` through `last`; `columns` begins with what was told and what is in force.
    public init(first: CivilDate, last: CivilDate, days: [CivilDate], columns: [Column]) {
        precondition(columns.count >= 2, "what was told, and what is in force")
        self.first = first
        self.last = last
        self.days = days
        self.columns = columns
    }

    /// How well playing again gives what was told.
    public var fidelity: PlayedFidelity {
        PlayedFidelity(
            told: columns[0].alerts.filter { $0.alert.delivery == .told },
            played: columns[1].alerts.filter { $0.alert.delivery == .told })
    }
}

/// What alerts of one policy add up to.
public struct AlertCounts: Sendable, Equatable {
    /// The hours that are night, by the clock on the wall.
    public static let night = (from: 22, until: 6)

    /// Nudges, urgent ones not included.
    public var nudges = 0
    /// Urgent alerts.
    public var urgent = 0
    /// Notices.
    public var notices = 0
    /// Those of all of them from 22:00 to 6:00.
    public var atNight = 0
    /// By hour of the day.
    public var hours = Array(repeating: 0, count: 24)
    /// By rule, in the order of `AlertRule.allCases`.
    public var rules = Array(repeating: 0, count: AlertRule.allCases.count)
    /// Those told to nobody, by rule.
    public var shadows = Array(repeating: 0, count: AlertRule.allCases.count)
    /// Nudges and urgent ones by day, those days that were counted over.
    public var perDay: [(date: CivilDate, nudges: Int, notices: Int)]

    /// Adds up `alerts` over `days`.
    public init(_ alerts: [StoredAlert], days: [CivilDate]) {
        perDay = days.map { ($0, 0, 0) }
        for stored in alerts {
            let place = AlertRule.allCases.firstIndex(of: stored.alert.rule) ?? 0
            guard stored.alert.delivery == .told else {
                shadows[place] += 1
                continue
            }
            rules[place] += 1
            let isNotice = stored.alert.tier == .notice
            switch stored.alert.tier {
            case .notice: notices += 1
            case .nudge: nudges += 1
            case .urgent: urgent += 1
            }
            guard let hour = stored.localHour, let date = stored.localDate else { continue }
            hours[hour] += 1
            if hour >= Self.night.from || hour < Self.night.until { atNight += 1 }
            guard let day = perDay.firstIndex(where: { $0.date == date }) else { continue }
            if isNotice { perDay[day].notices += 1 } else { perDay[day].nudges += 1 }
        }
    }

    /// In all.
    public var total: Int { nudges + urgent + notices }

    /// The hour with the most, the first of several; nil when there are none.
    public var busiestHour: Int? {
        guard let most = hours.max(), most > 0 else { return nil }
        return hours.firstIndex(of: most)
    }

    /// The day with the most of all, the first of several.
    public var busiestDay: (date: CivilDate, count: Int)? {
        guard let most = perDay.map({ $0.nudges + $0.notices }).max(), most > 0 else { return nil }
        return perDay.first { $0.nudges + $0.notices == most }.map { ($0.date, most) }
    }

    /// Whether both add up to the same.
    public static func == (left: AlertCounts, right: AlertCounts) -> Bool {
        left.rules == right.rules && left.shadows == right.shadows && left.hours == right.hours
            && left.nudges == right.nudges && left.urgent == right.urgent && left.notices == right.notices
            && left.atNight == right.atNight
            && left.perDay.elementsEqual(right.perDay) { $0 == $1 }
    }
}

extension StoredAlert {
    private var local: WallAnchor? {
        place.wall.map { WallAnchor(instant: .zero, wall: $0, zone: place.zone) }
    }

    /// The local day it was raised on.
    public var localDate: CivilDate? { local?.date(at: .zero) }

    /// The hour of the day, 0 to 23.
    var localHour: Int? {
        guard let wall = place.wall else { return nil }
        let seconds = wall.unixSeconds + Int64(place.zone.offset(at: wall))
        return Int(((seconds % 86_400) + 86_400) % 86_400 / 3600)
    }
}
