import LumbarCore

/// What a wearer asked of the policy, as it stands.
struct AskedFor: Sendable {
    /// When it was asked to be quiet, and until when.
    private(set) var snoozedAt = Instant(nanoseconds: .min)
    private(set) var snoozedUntil = Instant(nanoseconds: .min)
    /// Whether ten minutes upright end that.
    private(set) var snoozeEndsUpright = false
    /// The profile asked for, nil for the one of the settings, and when that was.
    private(set) var profile: AlertProfile?
    private var profileAsked = Instant(nanoseconds: .min)
    /// Whether that was after the latest spasm was noted.
    private var isAskedInFlare = false
    /// The latest spasm, when it was noted, and by how much the wall clock has moved on this one since that was told.
    private(set) var spasm: Instant?
    private var spasmNoted: Instant?
    private var spasmMoved = Elapsed.zero
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
        case .profile(let new, let since):
            profile = new
            profileAsked = since ?? now
            // Whoever asks now knows of the spasm, wherever a clock that is wrong has put it.
            let known = spasmNoted.map { profileAsked >= min($0 + spasmMoved, now) } ?? false
            isAskedInFlare = new != nil && known
        case .spasm(let time, let noted):
            spasmNoted = time == nil ? nil : noted ?? time
            // What is noted anew within the hour is the same, and so is what a clock that was set has moved.
            if !isSame(time) {
                isAskedInFlare = profile != nil && (spasmNoted.map { profileAsked >= $0 } ?? false)
            }
            spasm = time
            spasmMoved = .zero
        case .answers(let new): answers = new
        // These have a state of their own: `PolicyView.isPaused`, `TrainingWatch`.
        case .pause, .training: break
        }
    }

    private func isSame(_ time: Instant?) -> Bool {
        guard let time, let spasm else { return false }
        let places = [spasm, spasm + spasmMoved]
        return places.contains { max($0, time) - min($0, time) < .hours(1) }
    }

    /// The wall clock was set: what is known by it lies that much later.
    mutating func moveWall(by shift: Elapsed) { spasmMoved = spasmMoved + shift }

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

    /// When a flare that nobody asked for is over; nil when there is none at `now`.
    func flareEnd(at now: Instant) -> Instant? {
        guard !isAskedInFlare, flareDay(at: now) != nil else { return nil }
        return spasm.map { $0 + .hours(24 * Double(ProfileChanges.flareDays)) }
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
