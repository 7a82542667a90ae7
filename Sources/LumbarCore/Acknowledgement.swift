/// What a person said of an alert.
public struct Acknowledgement: Sendable, Equatable {
    /// What it is known by on this machine, rising with each; 0 before it is stored.
    public var id: Int64
    /// What it is known by everywhere.
    public var uniqueID: UniqueID
    /// Which alert; enough to know it by where the alert itself is not at hand.
    public var alert: AlertKey
    /// When the alert was raised; nil when its boot never knew a wall clock.
    public var alertTime: WallTime?
    /// What was said.
    public var verdict: AlertVerdict
    /// When it was said.
    public var time: WallTime

    /// What was said.
    public init(
        id: Int64 = 0, uniqueID: UniqueID, alert: AlertKey, alertTime: WallTime?, verdict: AlertVerdict,
        time: WallTime
    ) {
        self.id = id
        self.uniqueID = uniqueID
        self.alert = alert
        self.alertTime = alertTime
        self.verdict = verdict
        self.time = time
    }
}

/// The answers to an alert.
public enum AlertVerdict: String, Sendable, CaseIterable {
    /// It was right, and worth saying.
    case useful
    /// What it said was not so, or not worth saying.
    case wrong = "false"
    /// Right, but not now.
    case later
}
