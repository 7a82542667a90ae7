import LumbarCore

/// What a wearer asked of the policy, as it stands.
struct AskedFor: Sendable {
    /// Until when it was asked to be quiet.
    private(set) var snoozedUntil = Instant(nanoseconds: .min)
    /// Whether ten minutes upright end that.
    private(set) var snoozeEndsUpright = false
    /// The profile asked for; nil for the one of the settings.
    private(set) var profile: AlertProfile?
    /// The latest spasm noted.
    private(set) var spasm: Instant?
    /// The answers that count.
    private(set) var answers: [RuleAnswers] = []

    mutating func take(_ control: WearerControl) {
        switch control {
        case .snooze(let until, let endsUpright):
            snoozedUntil = until
            snoozeEndsUpright = endsUpright
        case .wake:
            snoozedUntil = Instant(nanoseconds: .min)
            snoozeEndsUpright = false
        case .profile(let new): profile = new
        case .spasm(let time): spasm = time
        case .answers(let new): answers = new
        }
    }
}
