import LumbarCore
import LumbarLinux
import LumbarMeasures
import LumbarMonitor
import LumbarRehearsal
import LumbarReport
import LumbarStore

/// Fifteen weeks of somebody who trains from the tenth day on, in a real history.
///
/// Bends become less deep while they train, and a little deeper again after it. Whenever the machine starts, what was made of the
/// training comes out of the history, as the daemon gets it.
struct TrainedHistory {
    let folder: TemporaryFolder
    var path: String { folder.path + "/lumbard.db" }
    /// The course at the end, as the history tells it.
    private(set) var course: TrainingCourse
    /// The day after the last one.
    let today: CivilDate
    /// When the training was asked for.
    let asked: CivilDate
    /// What the policy told in its sessions, with their days.
    private(set) var said: [(date: CivilDate, alert: Alert)] = []

    static let start = 10

    /// With the machine off on `lostDays`, started anew at `restartTime` on `restarts`, and the training stopped at the
    /// beginning of `stop`.
    init(
        days: Int = 135, lostDays: [Int] = [], restarts: [Int] = [], restartTime: Double = 10_800,
        stop: Int? = nil,
        endsOn today: CivilDate = CivilDate(year: 2026, month: 7, day: 1), zone: ZoneRule = .utc
    ) throws {
        let folder = try TemporaryFolder()
        let first = CivilDate(daysSinceEpoch: today.daysSinceEpoch - Int64(days))
        var history = SimulatedHistory(first: first, days: days, zone: zone)
        (history.lostDays, history.restarts, history.restartTime) = (lostDays, restarts, restartTime)
        // Three of five bends go past 60 degrees before, one of ten in the end, one of five after it.
        history.depths = (0..<days).map(Self.depth)
        history.isCoarse = true
        let asked = CivilDate(daysSinceEpoch: first.daysSinceEpoch + Int64(Self.start))
        let plan = TrainingPlan(since: zone.start(of: asked), target: 0.3, baseline: 0.6)
        let tape = Tape(folder.path + "/lumbard.db")
        let end = stop.map { CivilDate(daysSinceEpoch: first.daysSinceEpoch + Int64($0)) }
        history.play { date, isStart in
            guard date >= asked else { return [] }
            if let end, date >= end {
                if date == end, !isStart { tape.ask(nil, at: zone.start(of: date)) }
                return [.training(nil)]
            }
            guard isStart || date == asked else { return [] }
            if date == asked, !isStart {
                tape.ask(plan, at: plan.since)
                return [.training(TrainingLog(plan: plan))]
            }
            return tape.log(plan, date, zone).map { [.training($0)] } ?? []
        } _: { event in
            tape.take(event)
        }
        tape.flush()
        if let failure = tape.failure { throw failure }
        let store = try Store(reading: tape.path)
        let log = try store.trainingLog(plan, wearer: .sole, today: today) { _ in zone }
        (self.folder, self.today, self.asked) = (folder, today, asked)
        course = TrainingCourse(log)
        said = try store.alerts(since: plan.since).filter { $0.alert.rule == .training }.compactMap {
            stored in
            stored.place.wall.map { (zone.date(at: $0), stored.alert) }
        }
    }

    private static func depth(on day: Int) -> Double {
        let trained = min(max(0, day - start), 12)
        let forgotten = min(max(0, day - start - 30), 3)
        return 62.0 - 1.5 * Double(trained) + Double(forgotten)
    }

    /// Writes what happens, and reads it again.
    private final class Tape {
        let path: String
        var failure: (any Error)?
        private var store: Store?
        private var pending = PendingRows()
        private var anchor: WallAnchor?

        init(_ path: String) { self.path = path }

        func take(_ event: SimulatedHistory.Event) {
            guard failure == nil else { return }
            switch event {
            case .boot(let id):
                flush()
                store = nil
                do { store = try Store(writing: path, bootID: id, host: FolderHost()) } catch {
                    failure = error
                }
            case .anchor(let anchor, let isSynchronized):
                self.anchor = anchor
                pending.append(.anchor(anchor, isSynchronized: isSynchronized))
            case .output(.epoch(let epoch)): pending.append(.epoch(epoch))
            case .output(.episode(let episode, let wearer)):
                switch episode.kind {
                case .bend, .posture: pending.append(.episode(episode, wearer))
                default: break
                }
            case .output(.alert(let alert)): pending.append(.alert(alert))
            case .output(.summary(let summary)):
                pending.append(.summary(summary))
                flush()
            case .output, .asked, .day: break
            }
        }

        func ask(_ plan: TrainingPlan?, at wall: WallTime) {
            let now = anchor?.instant(at: wall) ?? .zero
            let term = plan.map { AskedControl.Term(since: now, until: nil, detail: $0.text) }
            pending.append(.control(AskedControl(wearer: .sole, kind: .training, term: term, asked: now)))
        }

        func log(_ plan: TrainingPlan, _ date: CivilDate, _ zone: ZoneRule) -> TrainingLog? {
            flush()
            guard let store else { return nil }
            do {
                return try store.trainingLog(plan, wearer: .sole, today: date) { _ in zone }
            } catch {
                failure = error
                return nil
            }
        }

        func flush() {
            guard failure == nil, let store else { return }
            do { try store.append(&pending) } catch { failure = error }
        }
    }
}
