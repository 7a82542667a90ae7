import LumbarCore

/// What a request asks the daemon to do, besides telling something.
public struct LiveAsk: Sendable, Equatable {
    /// On whose behalf; nil for the only wearer there is.
    public var wearer: WearerID?
    /// For how long; nil where nothing is asked for a time.
    public var term: Term?
    /// With `snooze`: whether ten minutes upright end it, if they come first.
    public var endsUpright = false
    /// With `profile`: which; nil for the one of the settings.
    public var profile: AlertProfile?
    /// With `training`: which; nil for none any more.
    public var training: Training?
    /// With `ack`: the short name of the alert, or its first letters.
    public var alert = ""
    /// With `ack`: what is said of it.
    public var verdict: AlertVerdict?

    /// A training to begin: shares are those of bends past 60 degrees, 0...1.
    public struct Training: Sendable, Equatable {
        /// What is trained.
        public var goal: TrainingGoal
        /// The share aimed at.
        public var target: Double
        /// The share before; nil when it is not known.
        public var baseline: Double?

        /// A training.
        public init(goal: TrainingGoal = .bending, target: Double, baseline: Double?) {
            self.goal = goal
            self.target = target
            self.baseline = baseline
        }
    }

    /// How long something is to last.
    public enum Term: Sendable, Equatable {
        /// This long from now.
        case lasting(Elapsed)
        /// Until a moment of the wall clock.
        case until(WallTime)
        /// Until a moment of the boot clock.
        case untilInstant(Instant)

        /// When it is over by `anchor`, asked for at `now`.
        public func end(at now: Instant, by anchor: WallAnchor) -> Instant {
            switch self {
            case .lasting(let length): now + length
            case .until(let wall): anchor.instant(at: wall)
            case .untilInstant(let instant): instant
            }
        }
    }

    /// Nothing is asked yet.
    public init(wearer: WearerID? = nil, term: Term? = nil, endsUpright: Bool = false) {
        self.wearer = wearer
        self.term = term
        self.endsUpright = endsUpright
    }

    /// A profile is asked for.
    public init(profile: AlertProfile?, wearer: WearerID? = nil) {
        self.profile = profile
        self.wearer = wearer
    }

    /// A training is asked for, or its end.
    public init(training: Training?, wearer: WearerID? = nil) {
        self.training = training
        self.wearer = wearer
    }

    /// An answer to an alert.
    public init(alert: String, verdict: AlertVerdict) {
        self.alert = alert
        self.verdict = verdict
    }

    // MARK: Reading

    /// What stands in the request `value` for `verb`, whose members are all known to it.
    init(_ value: JSONValue, verb: LiveVerb, id: LiveID) throws(LiveRefusal) {
        func refuse(_ message: String) -> LiveRefusal { LiveRefusal(.badRequest, message, id: id) }
        if let name = value["wearer"] {
            guard let text = name.text, !text.isEmpty, text.utf8.count <= 255 else {
                throw refuse("wearer is the name of somebody who wears a sensor.")
            }
            wearer = WearerID(text)
        }
        if let flag = value["until_upright"] {
            guard let flag = flag.flag else { throw refuse("until_upright is true or false.") }
            endsUpright = flag
        }
        term = try LiveAsk.term(value, refuse)
        switch verb {
        case .snooze where term == nil: throw refuse("Say for how long: seconds, until or until_ns.")
        case .profile:
            let names = AlertProfile.allCases.map(\.rawValue).joined(separator: ", ")
            switch value["name"] {
            case .null: profile = nil
            case .string(let name):
                guard let known = AlertProfile(rawValue: name) else {
                    throw refuse(
                        "There is no profile \(Printable.text(name, limit: 40)); there are \(names), and null."
                    )
                }
                profile = known
            default: throw refuse("name is one of \(names), or null for the one of the settings.")
            }
        case .training: training = try LiveAsk.training(value, refuse)
        case .ack:
            guard let name = value["alert"]?.text, AlertID.beginning(name) != nil else {
                throw refuse("alert is the short name of an alert, such as 8k3r0vm, or its first letters.")
            }
            guard let said = value["verdict"]?.text.flatMap(AlertVerdict.init) else {
                throw refuse("verdict is useful, false or later.")
            }
            alert = name
            verdict = said
        default: break
        }
    }

    private static func training(
        _ value: JSONValue, _ refuse: (String) -> LiveRefusal
    ) throws(LiveRefusal) -> Training? {
        let names = TrainingGoal.allCases.map(\.rawValue).joined(separator: ", ")
        guard let goal = value["goal"], goal == .null || goal.text != nil else {
            throw refuse("goal is \(names), or null to end a training.")
        }
        guard let name = goal.text else {
            guard value["target"] == nil, value["baseline"] == nil else {
                throw refuse("The end of a training takes neither target nor baseline.")
            }
            return nil
        }
        guard let known = TrainingGoal(rawValue: name) else {
            throw refuse("There is no goal \(Printable.text(name, limit: 40)); there is \(names), and null.")
        }
        guard let target = value["target"]?.double, TrainingPlan.targets.contains(target) else {
            throw refuse("target is a share of bends between 0.01 and 0.9.")
        }
        var training = Training(goal: known, target: target, baseline: nil)
        if let baseline = value["baseline"], baseline != .null {
            guard let share = baseline.double, (0...1).contains(share) else {
                throw refuse("baseline is a share of bends between 0 and 1, or null.")
            }
            training.baseline = share
        }
        return training
    }

    private static func term(
        _ value: JSONValue, _ refuse: (String) -> LiveRefusal
    ) throws(LiveRefusal) -> Term? {
        let given = ["seconds", "until", "until_ns"].filter { value[$0] != nil }
        guard let name = given.first else { return nil }
        guard given.count == 1 else { throw refuse("\(given[0]) and \(given[1]) are two ends; give one.") }
        switch (name, value[name]) {
        case ("seconds", let seconds?):
            guard let length = seconds.double, length > 0, length <= 1e8 else {
                throw refuse("seconds is a number above 0.")
            }
            return .lasting(.seconds(length))
        case ("until", let text?):
            guard let wall = text.text.flatMap(StandardTime.wall) else {
                throw refuse("until is a time as in RFC 3339, such as 2026-11-21T14:30:00+01:00.")
            }
            return .until(wall)
        default:
            guard let instant = value[name]?.int else {
                throw refuse("until_ns is a moment of the boot clock, in nanoseconds.")
            }
            return .untilInstant(Instant(nanoseconds: Int64(instant)))
        }
    }

    // MARK: Writing

    /// Adds what `verb` takes of it.
    func add(to object: inout JSONObject, verb: LiveVerb) {
        if let wearer, verb.options.contains("wearer") { object.add("wearer", wearer.text) }
        switch term {
        case .lasting(let length): object.add("seconds", length.seconds, decimals: 3)
        // The zone of the reader does not matter.
        case .until(let wall): object.add("until", StandardTime.text(wall))
        case .untilInstant(let instant): object.addRaw("until_ns", String(instant.nanoseconds))
        case nil: break
        }
        if endsUpright { object.add("until_upright", true) }
        if verb == .profile {
            object.addRaw("name", profile.map { JSONObject.quoted($0.rawValue) } ?? "null")
        }
        if verb == .training {
            object.addRaw("goal", training.map { JSONObject.quoted($0.goal.rawValue) } ?? "null")
            if let training {
                object.add("target", training.target, decimals: 4)
                object.addRaw(
                    "baseline", training.baseline.map { object.text($0, decimals: 4) } ?? "null")
            }
        }
        if verb == .ack {
            object.add("alert", alert)
            object.add("verdict", verdict?.rawValue ?? "")
        }
    }
}
