import LumbarCore

/// The numbers in force: the settings, as the profile and the days since a spasm change them.
public struct PolicyNumbers: Sendable {
    /// The settings.
    public let settings: AlertSettings
    /// The profile in force.
    public let profile: AlertProfile
    /// What it changes.
    let changes: ProfileChanges

    /// The numbers of `profile`, `day` days after a spasm.
    public init(settings: AlertSettings, profile: AlertProfile, day: Int = 0) {
        self.settings = settings
        self.profile = profile
        changes = ProfileChanges(profile, day: day)
    }

    /// A time on the sitting ladder, in seconds.
    func sitting(_ minutes: Double) -> Double { minutes * 60 * changes.sittingShare }

    /// By how much a shift in the seat puts off the ladder, in seconds: with short steps a third of the first nudge's.
    var shiftDelay: Double { min(settings.shiftDelay * 60, sitting(settings.sittingFirst) / 3) }

    /// Whether a rule speaks, before what was answered to it is looked at.
    ///
    /// A profile quietens what is on, and takes what is on trial into service; what is switched off stays off.
    func mode(of rule: Rule) -> RuleMode {
        let set = rule.mode(settings)
        if changes.quiet.contains(rule.id) { return set.quieter(.shadow) }
        return set == .shadow && changes.wanted.contains(rule.id) ? .on : set
    }
}

extension AlertSettings {
    /// The time seated from which the ladder has to hear of a bout, in seconds: before its first step by as much as a shift
    /// puts it off, in the days after a spasm, when steps come soonest.
    public var sittingHeardFrom: Double {
        let numbers = PolicyNumbers(settings: self, profile: .flare)
        return max(0, numbers.sitting(sittingSteps.min() ?? 0) - numbers.shiftDelay)
    }

    /// The steps of the ladder, in minutes.
    var sittingSteps: [Double] { [sittingNotice, sittingFirst, sittingSecond, sittingThird] }
}

/// What a profile changes in the rules.
struct ProfileChanges: Sendable {
    /// Rules that go on trial meanwhile.
    var quiet: [AlertRule] = []
    /// Rules on trial that are wanted.
    var wanted: [AlertRule] = []
    /// Factor of the times of the sitting ladder.
    var sittingShare = 1.0
    /// The share of the wearer's largest flexion that a bend may reach; nil for the usual end of range.
    var comfortShare: Double?
    /// Whether nothing becomes urgent by being repeated.
    var isGentle = false

    /// How long a flare lasts, and its first days without change.
    static let flareDays = 7
    private static let firstDays = 2
    /// Walks every 20 minutes at first, where the ladder's usual first nudge is after 30.
    private static let firstShare = 2.0 / 3
    private static let firstComfort = 0.5
    private static let usualEnd = 0.7

    init(_ profile: AlertProfile, day: Int = 0) {
        switch profile {
        case .desk: break
        // Hands at work bend and lift as the work asks; what counts is how much it becomes.
        case .manual: wanted = [.repeatedBends, .bentToday]
        // Nobody at a wheel can follow the ladder of a chair.
        case .driving:
            wanted = [.riding, .afterRest]
            quiet = [.sitting, .standing]
        case .flare:
            // 0 in the first days, 1 when the flare is over.
            let eased = Double(max(0, min(day, Self.flareDays) - Self.firstDays + 1))
            let share = eased / Double(Self.flareDays - Self.firstDays + 1)
            sittingShare = Self.firstShare + (1 - Self.firstShare) * share
            comfortShare = Self.firstComfort + (Self.usualEnd - Self.firstComfort) * share
            quiet = [.lift, .twist, .turning, .repeatedBends, .bentToday, .digest]
            wanted = [.endRange, .afterRest]
            isGentle = true
        }
    }
}
