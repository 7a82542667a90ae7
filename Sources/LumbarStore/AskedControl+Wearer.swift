import LumbarCore

extension AskedControl.Term {
    /// The word that says in the history that ten minutes upright end a snooze.
    public static let upright = "upright"

    /// Whether ten minutes upright end it.
    public var endsUpright: Bool { detail == Self.upright }
}

extension WearerControl {
    /// What the alert policy is told of `control`; nil of a snooze that has no end, which nobody can ask for.
    public init?(_ control: AskedControl) {
        switch (control.kind, control.term) {
        case (.pause, let term): self = .pause(term != nil)
        case (.snooze, let term?):
            guard let until = term.until else { return nil }
            self = .snooze(until: until, endsUpright: term.endsUpright)
        case (.snooze, nil): self = .wake
        case (.training, let term):
            self = .training(term.flatMap { TrainingPlan($0.detail) }.map { TrainingLog(plan: $0) })
        case (.profile, let term):
            self = .profile(
                term.flatMap { AlertProfile(rawValue: $0.detail) }, since: term?.since ?? control.asked)
        }
    }
}
