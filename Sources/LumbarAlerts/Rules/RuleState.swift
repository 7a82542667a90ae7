import LumbarCore

/// How far a rule has come with a situation.
///
///     idle ------- situation ------> arming ------- a step is told ------> active
///       ^                              |                                     |  next step told
///       |                              | over, or nothing to tell            |  over
///       +-- another situation --- cleared <----------------------------------+
///
/// A situation that was cleared does not arm again, however late its records come.
enum RuleState: Sendable {
    /// Nothing to speak about, nothing known of what was before.
    case idle
    /// There is a situation, and no step of it was told.
    case arming(Situation)
    /// There is a situation, and this much of it was told.
    case active(Situation, Told)
    /// The situation that began at `start` is over, or dealt with.
    case cleared(start: Instant)

    /// What was told of a situation.
    struct Told: Sendable {
        /// The highest step told; lower ones are past.
        var step: Int
        /// How often, and how many of these were nudges.
        var times = 0
        var nudges = 0
    }

    var situation: Situation? {
        switch self {
        case .idle, .cleared: nil
        case .arming(let situation), .active(let situation, _): situation
        }
    }

    var told: Told {
        if case .active(_, let told) = self { return told }
        return Told(step: -1)
    }

    /// Whether the situation that began at `start` was dealt with.
    func isCleared(_ start: Instant) -> Bool {
        if case .cleared(let known) = self { return known == start }
        return false
    }

    /// News of a situation that goes on.
    mutating func update(_ new: Situation) {
        guard var known = situation, known.start == new.start else {
            self = .arming(new)
            return
        }
        guard new.end >= known.end else { return }
        let delay = known.delay
        known = new
        known.delay = max(delay, new.delay)
        self.known(known)
    }

    /// Notes that `step` was told in `tier`.
    mutating func tell(_ step: Int, _ tier: AlertTier) {
        guard let situation else { return }
        var told = told
        told.step = step
        told.times += 1
        if tier != .notice { told.nudges += 1 }
        self = .active(situation, told)
    }

    mutating func clear() {
        if let situation { self = .cleared(start: situation.start) }
    }

    private mutating func known(_ situation: Situation) {
        if case .active(_, let told) = self {
            self = .active(situation, told)
        } else {
            self = .arming(situation)
        }
    }
}
