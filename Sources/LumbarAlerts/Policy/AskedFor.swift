import LumbarCore

/// What a wearer asked of the policy, as it stands.
struct AskedFor: Sendable {
    /// When it was asked to be quiet, and until when.
    private(set) var snoozedAt = Instant(nanoseconds: .min)
    private(set) var snoozedUntil = Instant(nanoseconds: .min)
    /// Whether ten minutes upright end that.
    private(set) var snoozeEndsUpright = false
    /// The profile asked for; nil for the one of the settings.
    private(set) var profile: AlertProfile?
    /// Whether that was asked for in the knowledge of the latest spasm.
    private var isAskedInFlare = false
    /// The latest spasm noted.
    private(set) var spasm: Instant?
    /// The answers that count.
    private(set) var answers: [RuleAnswers] = []

    /// Answers to a rule before it may be set aside.
    static let leastAnswers = 10

    mutating func take(_ control: WearerControl, at now: Instant) {
        switch control {
        case .snooze(let until, let endsUpright):
            snoozedAt = now
            snoozedUntil = until
            snoozeEndsUpright = endsUpright
        case .wake: wake()
        case .profile(let new):
            profile = new
            isAskedInFlare = new != nil && spasm != nil
        case .spasm(let time):
            // A clock that was corrected moves the same spasm a little.
            let isSame =
                time.flatMap { new in spasm.map { max($0, new) - min($0, new) < .hours(1) } } ?? false
            if !isSame { isAskedInFlare = false }
            spasm = time
        case .answers(let new): answers = new
        // These have a state of their own: `PolicyView.isPaused`, `TrainingWatch`.
        case .pause, .training: break
        }
    }

    /// The snooze is over.
    mutating func wake() {
        snoozedUntil = Instant(nanoseconds: .min)
        snoozeEndsUpright = false
    }

    /// When the snooze ends, if the body goes on as it does.
    func snoozeEnd(_ body: BodyTimes) -> Instant {
        guard snoozeEndsUpright, let upright = body.upright(since: snoozedAt) else { return snoozedUntil }
        return min(snoozedUntil, upright)
    }

    /// Days since the spasm at `now` while it counts, or nil.
    func flareDay(at now: Instant) -> Int? {
        guard let spasm, now >= spasm else { return spasm == nil ? nil : 0 }
        let day = Int(((now - spasm).seconds / 86400).rounded(.down))
        return day < ProfileChanges.flareDays ? day : nil
    }

    /// The profile in force at `now`: the one asked for, but for a flare that began since.
    func profile(at now: Instant, usual: AlertProfile) -> (profile: AlertProfile, day: Int) {
        if !isAskedInFlare, let day = flareDay(at: now) { return (.flare, day) }
        return (profile ?? usual, 0)
    }

    /// When the profile changes by itself after `now`.
    func profileChange(after now: Instant) -> Instant? {
        guard let spasm, flareDay(at: now) != nil else { return nil }
        let days = now < spasm ? 0 : ((now - spasm).seconds / 86400).rounded(.down)
        return spasm + .hours(24 * (days + 1))
    }

    /// The answers for which `rule` is set aside, or nil when it is not.
    func setsAside(_ rule: Rule) -> RuleAnswers? {
        guard !rule.isExempt, let answers = answers.first(where: { $0.rule == rule.id }) else { return nil }
        let judged = answers.useful + answers.wrong
        return judged >= Self.leastAnswers && 2 * answers.useful < judged ? answers : nil
    }
}
