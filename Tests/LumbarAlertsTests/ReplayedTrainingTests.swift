import LumbarCore
import Testing

@testable import LumbarAlerts

@Suite("A training played over starts of the daemon")
struct ReplayedTrainingTests {
    private let plan = TrainingPlan(since: WallTime(unixSeconds: 0), target: 0.2, baseline: 0.4)
    // Ten in the morning.
    private let morning = WallAnchor(instant: at(0), wall: WallTime(unixSeconds: 1_795_255_200), zone: .utc)

    /// Two hours on the feet, with a start of the daemon in the middle.
    private var life: RecordedLife {
        var life = RecordedLife(anchor: morning)
        life.posture(.standing, minutes: 60)
        life.boot.runs = [.init(from: at(0), until: life.now), .init(from: at(61))]
        life.silence(minutes: 1)
        life.posture(.standing, minutes: 60)
        return life
    }

    private func session(_ date: CivilDate) -> TrainingSession {
        TrainingSession(date: date, seconds: 2400, count: BendCount(bends: 10, deep: 1))
    }

    private func lines(_ life: RecordedLife, _ log: TrainingLog?) -> [String] {
        let trained = PolicyReplay.Trained(log) { alert, date in
            guard alert.rule == .training, let reason = alert.reason,
                reason.clause == TrainingSession.endClause
            else { return nil }
            return TrainingSession(
                date: date, seconds: reason.dwell.seconds, count: BendCount(bends: alert.count))
        }
        return PolicyReplay(wearer: .sole, boots: [life.boot], trained: trained).alerts(AlertSettings())
            .map { Diary.line($0.alert) }.filter { $0.contains("training") }
    }

    @Test func aSessionThatWasMadeIsNotBegunAgain() {
        var life = life
        life.boot.controls = [RecordedBoot.Timed(.training(TrainingLog(plan: plan)), at: at(0))]
        #expect(lines(life, nil) == ["5:00 training notice #1 x1", "45:00 training notice #2 x0"])
        // One that the start cut is made up for.
        life.boot.runs = [.init(from: at(0), until: at(40)), .init(from: at(40))]
        life.boot.episodes = []
        life.now = at(0)
        life.posture(.standing, minutes: 40)
        life.posture(.standing, minutes: 80)
        #expect(
            lines(life, nil) == [
                "5:00 training notice #1 x1", "45:00 training notice #1 x1", "85:00 training notice #2 x0",
            ])
    }

    @Test func whatWasAskedForBeforeTheFirstDayGoesOn() {
        let today = morning.date(at: at(0))
        let yesterday = CivilDate(daysSinceEpoch: today.daysSinceEpoch - 1)
        #expect(lines(life, nil).isEmpty)
        var log = TrainingLog(plan: plan)
        let fresh = lines(life, log)
        #expect(fresh == ["5:00 training notice #1 x1", "45:00 training notice #2 x0"])
        log.sessions = [session(yesterday)]
        // The second is shorter.
        #expect(lines(life, log) == ["5:00 training notice #1 x1", "35:00 training notice #2 x0"])
        log.sessions = [session(today)]
        #expect(lines(life, log).isEmpty)
    }

    /// A week after the last session it is measured what that has left; a day that is over and was measured is kept.
    @Test func daysOnWhichItWasMeasuredAreKnownAtAStart() {
        let today = morning.date(at: at(0))
        var log = TrainingLog(plan: plan)
        log.sessions = (10..<16).reversed().map {
            session(CivilDate(daysSinceEpoch: today.daysSinceEpoch - Int64($0)))
        }
        let replay = PolicyReplay(
            wearer: .sole, boots: [life.boot], days: [12, 3, 2, 0].map { measured(today, $0) },
            trained: PolicyReplay.Trained(log) { _, _ in nil })
        guard case .training(let restored?) = replay.logged(.training(log), [], at: at(0), in: life.boot)
        else {
            Issue.record("no training any more")
            return
        }
        #expect(restored.sessions == log.sessions)
        #expect(restored.days.map { today.daysSinceEpoch - $0.date.daysSinceEpoch } == [3, 2])
    }

    private func measured(_ today: CivilDate, _ before: Int64) -> DailySummary {
        DailySummary(
            wearer: .sole, date: CivilDate(daysSinceEpoch: today.daysSinceEpoch - before), start: at(0),
            end: at(1440), isComplete: true)
    }
}
