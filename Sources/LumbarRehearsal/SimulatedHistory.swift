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
    /// Days on which the machine restarts at ten past one, with a clock that is
    /// wrong by more than a day for twenty minutes.
    public var restarts: [Int] = []

    /// `days` days from `first` on.
    public init(first: CivilDate, days: Int, zone: ZoneRule = .utc) {
        self.first = first
        self.days = days
        self.zone = zone
    }

    /// Lets `hear` take everything in order, and returns what really happened.
    @discardableResult
    public func play(_ hear: (Event) -> Void) -> [Truth] {
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
                let plan = PlannedDay(number: number, date: date, length: length, seed: seed)
                let restart = restarts.contains(number) ? 47_400.0 : nil
                day = player.play(plan, on: date, length: length, from: start, restartAt: restart, hear)
            }
            hear(.day(day))
            truth.append(day)
        }
        return truth
    }
}
