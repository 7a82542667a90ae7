import LumbarCore

/// What is stored of one wearer and one run of the machine, on the clock of that run: what a policy is played over again.
public struct RecordedBoot: Sendable {
    /// The wall clock as it was known, in the order of time; wrong ones too, because the policy went by them.
    public var anchors: [WallAnchor] = []
    /// What relates this boot to wall time as it is known by now; nil when that boot never knew it.
    public var clock: WallAnchor?
    /// Complete episodes, postures included.
    public var episodes: [Episode] = []
    /// Minutes.
    public var epochs: [MinuteEpoch] = []
    /// What was asked for, when; see `WearerControl`.
    public var controls: [Timed<WearerControl>] = []
    /// How well upright was known, from when on.
    public var trusts: [Timed<MountTrust>] = []
    /// Until when there may be anything.
    public var end: Instant?
    /// When the program ran in it; empty when that was not kept, and then it is believed to have run all the time.
    public var runs: [Run] = []
    /// Of one run: when it ended, after which nothing was heard and nothing was due.
    var stop: Instant?
    /// Whether it is one run, whose beginning is known.
    var isRun = false

    /// Something, and when.
    public struct Timed<Value: Sendable>: Sendable {
        /// When.
        public var time: Instant
        /// What.
        public var value: Value

        /// Something at a moment.
        public init(_ value: Value, at time: Instant) {
            self.time = time
            self.value = value
        }
    }

    /// Nothing.
    public init() {}

    /// The first moment of which anything is known; nil when nothing is.
    var start: Instant? {
        let firsts = [
            episodes.map(\.start).min(), epochs.map(\.start).min(), controls.map(\.time).min(),
            trusts.map(\.time).min(),
        ]
        return firsts.compactMap { $0 }.min()
    }

    /// The last moment of which anything is known.
    var last: Instant? {
        let lasts = [
            episodes.map { max($0.end, $0.decided) }.max(),
            epochs.map { $0.start + $0.length + DayLedger.lag }.max(), controls.map(\.time).max(), end,
        ]
        let last = lasts.compactMap { $0 }.max()
        return last.map { min($0, stop ?? $0) }
    }
}
