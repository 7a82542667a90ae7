import LumbarCore

/// How much of what a wearer may take is used up: of the time a bend may be held, and of the nudges they may be given.
public struct BudgetUse: Sendable, Equatable {
    /// Share of the ISO 11226 holding time, 1 = all of it.
    public var holdingTime: Double
    /// Nudges within the last hour, and the most there may be.
    public var nudgesLastHour: Int
    /// The most of them.
    public var nudgesPerHour: Int
    /// Nudges of today, and the most there may be.
    public var nudgesToday: Int
    /// The most of them.
    public var nudgesPerDay: Int

    /// What is used.
    public init(
        holdingTime: Double, nudgesLastHour: Int, nudgesPerHour: Int, nudgesToday: Int, nudgesPerDay: Int
    ) {
        self.holdingTime = holdingTime
        self.nudgesLastHour = nudgesLastHour
        self.nudgesPerHour = nudgesPerHour
        self.nudgesToday = nudgesToday
        self.nudgesPerDay = nudgesPerDay
    }
}

extension AlertPolicy {
    /// What is used at `now`; the policy does not know of the holding time.
    public func budgetUse(holdingTime: Double, at now: Instant) -> BudgetUse {
        let used = budget.used(at: now)
        return BudgetUse(
            holdingTime: holdingTime, nudgesLastHour: used.lastHour, nudgesPerHour: settings.nudgesPerHour,
            nudgesToday: used.today, nudgesPerDay: settings.nudgesPerDay)
    }
}
