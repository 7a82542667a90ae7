import LumbarAlerts
import LumbarCore

/// What a wearer asked of the daemon, as it stands; moments as in RFC 3339.
public struct LiveControl: Sendable, Equatable {
    /// Until when nothing is said but possible falls; nil while nothing keeps it quiet.
    public var snoozedUntil: String?
    /// Whether ten minutes upright end that, if they come first.
    public var snoozeEndsUpright = false
    /// Since when the wearer's sensors are closed; nil while they are not.
    public var pausedSince: String?
    /// Until when.
    public var pausedUntil: String?
    /// The profile asked for; nil for the one of the settings.
    public var profile: AlertProfile?
    /// The profile in force; nil when the daemon does not say.
    public var inForce: InForce?
    /// What is trained; nil while nothing is.
    public var training: TrainingPlan?
    /// Whether nothing of it is to come.
    public var isTrainingOver = false

    /// A profile that the rules go by, whoever put it in force.
    public struct InForce: Sendable, Equatable {
        /// Which.
        public var profile: AlertProfile
        /// Why.
        public var reason: ProfileInForce.Reason
        /// When it is over by itself; nil when it is not.
        public var until: String?

        /// A profile in force.
        public init(profile: AlertProfile, reason: ProfileInForce.Reason, until: String? = nil) {
            self.profile = profile
            self.reason = reason
            self.until = until
        }
    }

    /// Nothing was asked.
    public init() {}

    /// Whether nothing is asked.
    public var isEmpty: Bool {
        var asked = self
        asked.inForce = nil
        return asked == LiveControl()
    }

    /// What has changed.
    public enum Change: String, Sendable, CaseIterable {
        /// A snooze began, or has another end.
        case snoozed
        /// It is over.
        case woken
        /// A pause began, or has another end.
        case paused
        /// It is over.
        case resumed
        /// Another profile is in force.
        case profile
        /// Something else is trained, or nothing any more.
        case training
    }

    func add(to object: inout JSONObject) {
        LiveControl.add("snoozed_until", snoozedUntil, to: &object)
        if snoozedUntil != nil { object.add("until_upright", snoozeEndsUpright) }
        LiveControl.add("paused_until", pausedUntil, to: &object)
        if let pausedSince { object.add("paused_since", pausedSince) }
        LiveControl.add("profile", profile?.rawValue, to: &object)
        if let inForce {
            object.add("profile_in_force", inForce.profile.rawValue)
            object.add("profile_reason", inForce.reason.rawValue)
            if let until = inForce.until { object.add("profile_until", until) }
        }
        object.addRaw("training", training.map(LiveControl.json) ?? "null")
        if isTrainingOver { object.add("training_over", true) }
    }

    private static func json(_ plan: TrainingPlan) -> String {
        var object = JSONObject()
        object.add("goal", plan.goal.rawValue)
        object.add("since", StandardTime.text(plan.since))
        object.add("target", plan.target, decimals: 4)
        object.addRaw("baseline", plan.baseline.map { object.text($0, decimals: 4) } ?? "null")
        return object.text
    }

    private static func plan(_ value: JSONValue) -> TrainingPlan? {
        guard let goal = value["goal"]?.text.flatMap(TrainingGoal.init), let target = value["target"]?.double,
            let since = value["since"]?.text.flatMap(StandardTime.wall)
        else { return nil }
        return TrainingPlan(goal: goal, since: since, target: target, baseline: value["baseline"]?.double)
    }

    private static func add(_ key: String, _ text: String?, to object: inout JSONObject) {
        object.addRaw(key, text.map(JSONObject.quoted) ?? "null")
    }

    /// Reads what stands in `value`; nothing was asked when nothing does.
    public init(_ value: JSONValue) {
        snoozedUntil = value["snoozed_until"]?.text
        snoozeEndsUpright = snoozedUntil != nil && value["until_upright"]?.flag == true
        pausedUntil = value["paused_until"]?.text
        pausedSince = value["paused_since"]?.text
        profile = value["profile"]?.text.flatMap(AlertProfile.init)
        if let known = value["profile_in_force"]?.text.flatMap(AlertProfile.init),
            let reason = value["profile_reason"]?.text.flatMap(ProfileInForce.Reason.init)
        {
            inForce = InForce(profile: known, reason: reason, until: value["profile_until"]?.text)
        }
        training = value["training"].flatMap(LiveControl.plan)
        isTrainingOver = training != nil && value["training_over"]?.flag == true
    }

    /// One line for a wearer, for programs.
    public func line(of wearer: WearerID) -> String {
        var object = JSONObject()
        object.add("type", "control")
        object.add("wearer", wearer.text)
        add(to: &object)
        return object.text
    }

    /// The lines for people: a word, and what it is about; none when nothing is asked.
    public var lines: [String] {
        var lines: [String] = []
        if let pausedUntil {
            let since = pausedSince.map { ", since \(LiveControl.minute($0))" } ?? ""
            lines.append("paused    until \(LiveControl.minute(pausedUntil))\(since): sensors closed")
        }
        if let snoozedUntil {
            let upright = snoozeEndsUpright ? " or 10 min upright" : ""
            lines.append(
                "snoozed   until \(LiveControl.minute(snoozedUntil))\(upright); possible falls are told")
        }
        if let flareUntil {
            lines.append("profile   flare until \(LiveControl.minute(flareUntil)), after a spasm")
        } else if let profile {
            lines.append("profile   \(profile.rawValue)")
        }
        if isTrainingOver {
            lines.append("training  over; lumbarctl training shows what came of it")
        } else if let training {
            lines.append("training  \(LiveControl.words(training)); lumbarctl training")
        }
        return lines
    }

    /// Whether it is snoozed, in a sentence or two for people.
    public var snoozeWords: String {
        guard let until = snoozedUntil else { return "Not snoozed." }
        let upright = snoozeEndsUpright ? ", or until 10 min upright" : ""
        return "Snoozed until \(LiveControl.minute(until))\(upright): nothing but possible falls is told. "
            + "`lumbarctl wake` ends it."
    }

    /// Whether it is paused, in a sentence or two for people.
    public var pauseWords: String {
        guard let until = pausedUntil else { return "Not paused." }
        let since = pausedSince.map { " since \(LiveControl.minute($0))" } ?? ""
        return
            "Paused\(since) until \(LiveControl.minute(until)): the sensors are closed and nothing is measured. "
            + "`lumbarctl resume` ends it."
    }

    /// Until when a spasm has put the profile flare in force; nil when none has.
    private var flareUntil: String? { inForce?.reason == .spasm ? inForce?.until : nil }

    /// Which profile is in force, in a sentence for people.
    public var profileWords: String {
        if let flareUntil {
            let after = profile.map { "the profile \($0.rawValue)" } ?? "that of the settings"
            let until = LiveControl.minute(flareUntil)
            return
                "Going by the profile flare until \(until), because a spasm was noted, and by \(after) after it. "
                + "To ask for a profile, such as `lumbarctl policy profile desk`, ends it now."
        }
        guard let profile else { return "Going by the profile of the settings." }
        return "Going by the profile \(profile.rawValue). `lumbarctl policy profile default` ends it."
    }

    /// Which training goes on, in a sentence or two for people.
    public var trainingWords: String {
        guard let training else { return "Nothing is trained." }
        if isTrainingOver {
            return
                "The training is over: no session is to come. `lumbarctl training` shows what came of it, and "
                + "`lumbarctl training start` begins another."
        }
        return
            "Training: \(LiveControl.words(training)). It begins when you have been on your feet for five minutes; "
            + "`lumbarctl training stop` ends it."
    }

    /// `fewer bends past 60 degrees, 17 % at most`.
    public static func words(_ plan: TrainingPlan) -> String {
        "fewer bends past 60 degrees, \(DecimalText.fixed(plan.target * 100, 0)) % at most"
    }

    /// `2026-11-21 14:30` of a moment as in RFC 3339.
    public static func minute(_ time: String) -> String {
        Printable.text(String(time.prefix(10)) + " " + String(time.dropFirst(11).prefix(5)))
    }
}

extension LiveReply {
    /// The answer to what was asked for a wearer: what holds now.
    public static func asked(_ id: LiveID, verb: LiveVerb, wearer: WearerID, _ control: LiveControl) -> String
    {
        var object = begin("asked", id)
        object.add("verb", verb.rawValue)
        object.add("wearer", wearer.text)
        control.add(to: &object)
        return object.text
    }

    /// The answer to `ack`: which alert was meant, and what is kept of it.
    public static func acknowledged(
        _ id: LiveID, alert: AlertID, rule: AlertRule, verdict: AlertVerdict
    ) -> String {
        var object = begin("acknowledged", id)
        object.add("alert", alert.text)
        object.add("rule", rule.rawValue)
        object.add("verdict", verdict.rawValue)
        return object.text
    }
}

extension LiveEvents {
    /// One line for something a wearer asked for, or that is over.
    public func line(
        _ change: LiveControl.Change, _ control: LiveControl, wearer: WearerID, at now: Instant
    ) -> String {
        var object = JSONObject()
        object.add("type", "control")
        object.add("time", time(now))
        object.add("wearer", wearer.text)
        object.add("event", change.rawValue)
        control.add(to: &object)
        return object.text
    }
}
