import LumbarAlerts
import LumbarCore
import LumbarMonitor
import LumbarSimulation

/// Weeks of a simulated wearer as the daemon would have stored them: for tests of what is told of a history.
///
/// Days are made up as stretches of posture with bends, lifts and turns in them (`PlannedDay`), and go through the real
/// ledger and the real alert policy one second at a time, so minutes, summaries and alerts belong together. No sensor is
/// simulated and nothing is detected: how well that works is what `SimulatedDay` is for.
public struct SimulatedHistory: Sendable {
    /// What happens to a history, in order.
    public enum Event: Sendable {
        /// The machine starts, and its clock with it.
        case boot(id: String)
        /// The wall clock becomes known, rightly or not.
        case anchor(WallAnchor, isSynchronized: Bool)
        /// Something is concluded.
        case output(Output)
        /// The wearer asked for something; what nobody asked for any more is nil.
        case asked(Ask.What, at: Instant)
        /// A day is over, on which this really happened.
        case day(Truth)
    }

    /// All days follow from it.
    public var seed: UInt64 = 1
    /// The first day.
    public var first: CivilDate
    /// How many days.
    public var days: Int
    /// The local zone, with the next change of its offset.
    public var zone: ZoneRule
    /// Who.
    public var wearer = WearerID.sole
    /// Days, counted from 0, on which the machine is off.
    public var lostDays: [Int] = []
    /// Days on which the machine restarts at `restartTime`, with a clock that is wrong by more than a day for twenty
    /// minutes.
    public var restarts: [Int] = []
    /// When it restarts then, seconds after midnight: ten past one.
    public var restartTime = 47_400.0
    /// How deep bends are on average, degrees, by days counted from 0; days after the last are like it.
    public var depths = [58.0]
    /// Whether the angles are told once a minute only, where nothing but postures, bends and alerts is looked at: that is
    /// many times as quick.
    public var isCoarse = false

    /// What the wearer asks for, in the order of time.
    public var asks: [Ask] = []

    /// Something that is asked for.
    public struct Ask: Sendable {
        /// On which day, counted from 0, and how many seconds into it.
        public var day: Int
        /// Seconds since its midnight; it is heard within a minute.
        public var second: Double
        /// What.
        public var what: What

        /// What can be asked for.
        public enum What: Sendable {
            /// To be quiet for so many hours, or until ten minutes upright.
            case snooze(hours: Double, endsUpright: Bool)
            /// The end of that.
            case wake
            /// A profile; nil for that of the settings.
            case profile(AlertProfile?)
            /// That the sensor is closed for so many hours.
            case pause(hours: Double)
        }

        /// Something that is asked for.
        public init(day: Int, second: Double, _ what: What) {
            self.day = day
            self.second = second
            self.what = what
        }
    }

    /// `days` days from `first` on.
    public init(first: CivilDate, days: Int, zone: ZoneRule = .utc) {
        self.first = first
        self.days = days
        self.zone = zone
    }

    /// Lets `hear` take everything in order, and returns what really happened.
    ///
    /// `ask` says what is asked of the policy when a day begins (`isStart` false), and what is repeated to a new one when
    /// the machine starts.
    @discardableResult
    public func play(
        asking ask: (_ date: CivilDate, _ isStart: Bool) -> [WearerControl] = { _, _ in [] },
        _ hear: (Event) -> Void
    ) -> [Truth] {
        var player = HistoryPlayer(self)
        var truth: [Truth] = []
        for number in 0..<days {
            let date = CivilDate(daysSinceEpoch: first.daysSinceEpoch + Int64(number))
            let next = CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1)
            let start = zone.start(of: date)
            let length = (zone.start(of: next) - start).seconds
            var day = Truth(date: date, length: length)
            if lostDays.contains(number) {
                player.isOff = true
            } else {
                let plan = PlannedDay(
                    number: number, date: date, length: length, seed: seed, depth: depth(of: number))
                let restart = restarts.contains(number) ? restartTime : nil
                day = player.play(
                    plan, on: date, length: length, from: start, restartAt: restart, asking: ask, hear)
            }
            hear(.day(day))
            truth.append(day)
        }
        return truth
    }

    private func depth(of day: Int) -> Double { depths[min(day, depths.count - 1)] }
}
