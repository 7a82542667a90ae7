import LumbarCore
import LumbarSettings

extension AlertProfile: SettingChoice {}

/// Settings of the alert policy.
///
/// The steps of the sitting ladder go down to a few seconds so that a demonstration can show a morning in a minute.
public struct AlertSettings: SettingsSection {
    /// `[alerts]`.
    public static let name = "alerts"
    /// What the section is about.
    public static let summary = "When and how often the program speaks."

    /// Silence after a connection: angles right after one rest on a pose that is not confirmed yet.
    @Setting(
        0...60, .minutes, "How long nothing is said after a sensor is connected, except a possible fall.")
    public var silentAfterConnect = 2.0

    /// What the wearer does all day.
    @Setting(
        "What you do all day: desk changes nothing; manual takes up what counts where one bends for a living; driving exchanges the ladder of a chair for one of a long ride; flare is for days after an episode of pain."
    )
    public var profile = AlertProfile.desk

    /// When nothing is said.
    @Setting(
        "When nothing is said but possible falls, by local time: weekdays on which it begins, and from when to when."
    )
    public var quietHours: [QuietSpan] = []

    /// Not a time by the clock, but when somebody is up.
    @Setting(
        "Whether quiet goes on after the quiet hours, and after a night, until you have been upright for ten minutes; four hours at most."
    )
    public var quietUntilUpright = false

    /// Whether long sitting is spoken about at all.
    @Setting("Whether to speak about long sitting.")
    public var sitting = RuleMode.on

    /// A notice ahead of the first nudge, so that it comes as no surprise.
    @Setting(0.05...480, .minutes, "Sitting time at which a notice is written, ahead of the first nudge.")
    public var sittingNotice = 25.0

    /// Three minutes of walking per half hour: B-MOBILE, PLoS ONE 9:e100821.
    @Setting(0.05...480, .minutes, "Sitting time of the first nudge.")
    public var sittingFirst = 30.0

    /// Six minutes per hour did as much as three per half hour in the same trial.
    @Setting(0.05...480, .minutes, "Sitting time of the second nudge.")
    public var sittingSecond = 60.0

    /// The last word until a break: more would be noise.
    @Setting(0.05...480, .minutes, "Sitting time of the third nudge, the last until a break.")
    public var sittingThird = 90.0

    /// Shifts in the seat did as much as breaks in a trial (Waongenngarm et al. 2021, SJWEH 47:306).
    @Setting(
        0...60, .minutes,
        "By how much a shift of the trunk in the seat, that long before a step at most, puts the steps off; once in a bout."
    )
    public var shiftDelay = 10.0

    /// Whether held flexion is spoken about.
    @Setting("Whether to speak about a bend that is held past its holding time (after ISO 11226).")
    public var sustainedFlexion = RuleMode.on

    /// Spacing of nudges about held flexion.
    @Setting(0...240, .minutes, "Shortest time between two nudges about held bends.")
    public var flexionCooldown = 10.0

    /// Whether strained lifts are spoken about.
    @Setting("Whether to speak about a probable lift under strain.")
    public var lift = RuleMode.on

    /// Whether turning after a lift is spoken about.
    @Setting("Whether to speak about turning while bent right after a probable lift.")
    public var twist = RuleMode.on

    /// Turning without lifting went with no excess of disc prolapses (Kelsey et al. 1984), so it is on trial.
    @Setting("Whether to speak about turning while bent without a lift.")
    public var turning = RuleMode.shadow

    /// A bend or lift that a rest went before: on trial.
    @Setting("Whether to speak about a deep bend or a probable lift within five minutes after a long rest.")
    public var afterRest = RuleMode.shadow

    /// Spacing of nudges about lifts and turns: both are about handling things.
    @Setting(0...240, .minutes, "Shortest time between two nudges about lifts and turns.")
    public var liftCooldown = 10.0

    /// EN 1005-4 accepts no zone of bending that is entered twice a minute and more.
    @Setting(
        "Whether to speak about bending again and again, twice a minute over five minutes (after EN 1005-4).")
    public var repeatedBends = RuleMode.shadow

    /// Spacing of nudges about repeated bends.
    @Setting(0...240, .minutes, "Shortest time between two nudges about bending again and again.")
    public var bendsCooldown = 30.0

    /// Sums of a day: on trial.
    @Setting("Whether to speak, once a day, about the time bent today.")
    public var bentToday = RuleMode.shadow

    /// The mean of the workers in the study (Gupta et al. 2022).
    @Setting(1...600, .minutes, "Time bent past 30 degrees in a day from which that is spoken about.")
    public var bentTodayOver30 = 40.0

    /// The mean of the workers in the study.
    @Setting(1...600, .minutes, "Time bent past 60 degrees in a day from which that is spoken about.")
    public var bentTodayOver60 = 10.0

    /// A share of one's own range says more than degrees.
    @Setting("Whether to speak about ten seconds and more beyond 70 % of your own deepest bend.")
    public var endRange = RuleMode.shadow

    /// Whether the first bend of a morning is spoken about.
    @Setting("Whether to say so, once, when a bend follows getting up; see the section [morning].")
    public var morning = RuleMode.on

    /// Whether long standing is spoken about: off, because sitting and standing are told apart with some errors.
    @Setting("Whether to write a notice about long standing.")
    public var standing = RuleMode.off

    /// Pain came after 71 minutes of standing, 42 in those prone to it (Coenen et al. 2017, Gait Posture 58:310).
    @Setting(0.05...480, .minutes, "Time standing, without a walk of a minute, at which a notice is written.")
    public var standingNotice = 40.0

    /// The second word about standing.
    @Setting(0.05...480, .minutes, "Time standing at which a nudge follows the notice.")
    public var standingNudge = 60.0

    /// Seats of vehicles shake, and nobody can stand up in them.
    @Setting("Whether to speak about a long ride in one position.")
    public var riding = RuleMode.shadow

    /// One hour, as on a chair with its longer breaks.
    @Setting(1...480, .minutes, "Time riding at which a notice is written, and again at twice that time.")
    public var ridingNotice = 60.0

    /// Whether the sensor's state is spoken about.
    @Setting(
        "Whether to write a notice, once a day each, when the sensor is off for long by day, silent, moved, or its upright is not confirmed."
    )
    public var sensor = RuleMode.shadow

    /// What went well.
    @Setting("Whether to say, twice a day at most, what went well.")
    public var goodNews = RuleMode.shadow

    /// Asked for by the wearer, so not on trial.
    @Setting("Whether to speak in the sessions of a training that was asked for.")
    public var training = RuleMode.on

    /// Whether possible falls are spoken about.
    @Setting("Whether to speak about a possible fall; it is said at once, whatever the budget.")
    public var fall = RuleMode.on

    /// The alarm load of a process operator is ten an hour; somebody at other work bears far less (EEMUA 191).
    @Setting(0...60, "Most nudges in any hour.")
    public var nudgesPerHour = 2

    /// The day's budget.
    @Setting(0...500, "Most nudges in a day.")
    public var nudgesPerDay = 8

    /// Whether held-back nudges are summed up.
    @Setting("Whether nudges that were held back are told in one, later.")
    public var digest = RuleMode.on

    /// One held-back nudge is no digest.
    @Setting(1...20, "How many nudges must have been held back for that.")
    public var digestMinimum = 2

    /// Older ones are left to the day's summary.
    @Setting(0.05...1440, .minutes, "How long a nudge that was held back stays worth telling.")
    public var digestWindow = 120.0

    /// Spacing of a digest from the nudge before it.
    @Setting(0...240, .minutes, "Shortest time between a nudge and the digest after it.")
    public var digestCooldown = 10.0

    /// The defaults.
    public init() {}

    /// The ladder must rise.
    public var conflicts: [SettingConflict] {
        var out: [SettingConflict] = []
        if sittingFirst < sittingNotice {
            out.append(SettingConflict("sitting_first", "comes before sitting_notice"))
        }
        if sittingSecond <= sittingFirst {
            out.append(SettingConflict("sitting_second", "does not come after sitting_first"))
        }
        if sittingThird <= sittingSecond {
            out.append(SettingConflict("sitting_third", "does not come after sitting_second"))
        }
        if standingNudge <= standingNotice {
            out.append(SettingConflict("standing_nudge", "does not come after standing_notice"))
        }
        return out
    }
}
