import LumbarCore
import LumbarMeasures
import LumbarTestKit
import Testing

/// What a training asks of each day, and what it has come to.
@Suite struct TrainingCourseTests {
    private static let first = CivilDate(year: 2026, month: 3, day: 1)
    private let plan = TrainingPlan(since: WallTime(nanoseconds: 0), target: 0.2, baseline: 0.4)

    private func date(_ day: Int) -> CivilDate {
        CivilDate(daysSinceEpoch: Self.first.daysSinceEpoch + Int64(day))
    }

    private func session(_ day: Int, _ minutes: Int, deep: Int, of bends: Int) -> TrainingSession {
        TrainingSession(
            date: date(day), seconds: Double(minutes) * 60, count: BendCount(bends: bends, deep: deep))
    }

    /// Six days of sessions that held, one of ten bends being deep.
    private var trained: TrainingCourse {
        var course = TrainingCourse(TrainingLog(plan: plan))
        for (day, minutes) in TrainingCourse.minutes.enumerated() {
            course.add(session(day, minutes, deep: 1, of: 10))
        }
        return course
    }

    private func worn(_ day: Int, hours: Double = 8, deep: Int = 10, wasTold: Bool = false) -> TrainingDay {
        TrainingDay(
            date: date(day), wornSeconds: hours * 3600, count: BendCount(bends: 50, deep: deep),
            wasTold: wasTold)
    }

    @Test func sessionsGrowShorterWhileTheShareHolds() {
        var course = TrainingCourse(TrainingLog(plan: plan))
        for (day, minutes) in [40, 30, 20, 15, 10, 5].enumerated() {
            #expect(course.duty(on: date(day)) == .session(minutes: minutes))
            #expect(course.trained == nil && course.retention.isEmpty)
            course.add(session(day, minutes, deep: 2, of: 10))
            #expect(course.made.last?.verdict == .held)
            #expect(course.duty(on: date(day)) == .nothing, "one a day")
        }
        #expect(course.trained == date(5))
        #expect(course.endShare == 0.2)
        #expect(course.next(from: date(6))?.date == date(12))
        #expect(course.next(from: date(6))?.duty == .retention(weeks: 1))
    }

    @Test func twoInARowAboveTheTargetMakeItLongerByAStep() {
        var course = TrainingCourse(TrainingLog(plan: plan))
        course.add(session(0, 40, deep: 3, of: 10))
        course.add(session(1, 40, deep: 3, of: 10))
        #expect(course.duty(on: date(2)) == .session(minutes: 40), "never longer than the first")
        course.add(session(2, 40, deep: 0, of: 10))
        course.add(session(3, 30, deep: 2, of: 10))
        course.add(session(4, 20, deep: 3, of: 10))
        #expect(course.duty(on: date(5)) == .session(minutes: 20), "one is none")
        course.add(session(5, 20, deep: 1, of: 10))
        course.add(session(6, 15, deep: 5, of: 10))
        #expect(course.duty(on: date(7)) == .session(minutes: 15), "not in a row")
        course.add(session(7, 15, deep: 5, of: 10))
        #expect(course.duty(on: date(8)) == .session(minutes: 20))
        course.add(session(8, 20, deep: 5, of: 10))
        #expect(course.duty(on: date(9)) == .session(minutes: 20), "counted anew")
    }

    @Test func sessionsWithTooFewBendsAreAddedUp() {
        var course = TrainingCourse(TrainingLog(plan: plan))
        course.add(session(0, 40, deep: 1, of: 4))
        #expect(course.made.last?.verdict == .tooFew)
        #expect(course.duty(on: date(0)) == .nothing && course.duty(on: date(1)) == .session(minutes: 40))
        course.add(session(1, 40, deep: 0, of: 0))
        course.add(session(2, 40, deep: 0, of: 1))
        #expect(course.made.map(\.verdict) == [.tooFew, .tooFew, .held], "one of five is a fifth")
        #expect(course.duty(on: date(3)) == .session(minutes: 30))
    }

    /// The twelve weeks after the last session, which was on day 5, day by day; every retention day is worn.
    @Test func theWeeksAfterAreATable() {
        var course = trained
        var boosters: [Int] = []
        var measured: [Int] = []
        for day in 6..<120 {
            switch course.duty(on: date(day)) {
            case .booster(let minutes):
                #expect(minutes == 10)
                boosters.append(day)
                course.add(session(day, 10, deep: 0, of: 3))
                #expect(course.duty(on: date(day)) == .nothing)
            case .retention: measured.append(day)
            case .session: Issue.record("day \(day)")
            case .nothing: break
            }
            course.add(worn(day))
        }
        #expect(measured == [12, 26, 89])
        #expect(boosters == Array(stride(from: 13, through: 83, by: 7)))
        #expect(course.retention.compactMap { $0.day?.date } == measured.map(date))
        #expect(course.retention.map(\.weeks) == [1, 3, 12])
        #expect(course.next(from: date(90)) == nil)
        #expect(course.made.filter(\.isBooster).count == 11 && course.trained == date(5))
    }

    @Test func aMeasurementWaitsAWeekForADayThatWasWornWithoutAWord() {
        var course = trained
        course.add(worn(12, hours: 3.9))
        #expect(course.duty(on: date(13)) == .retention(weeks: 1))
        course.add(worn(13, wasTold: true))
        course.add(TrainingDay(date: date(14), wornSeconds: 36000, count: BendCount(bends: 4, deep: 0)))
        #expect(course.duty(on: date(15)) == .retention(weeks: 1))
        course.add(worn(15, deep: 15))
        #expect(course.duty(on: date(15)) == .retention(weeks: 1), "to the end of the day")
        #expect(course.duty(on: date(16)) == .booster(minutes: 10))
        #expect(course.retention[0].day == worn(15, deep: 15))
        #expect(course.retention[1].day == nil)
        // Nothing was worn in the third week after.
        #expect(course.duty(on: date(26)) == .retention(weeks: 3))
        #expect(course.duty(on: date(32)) == .retention(weeks: 3))
        #expect(course.duty(on: date(33)) == .nothing)
        #expect(course.duty(on: date(34)) == .booster(minutes: 10))
    }

    @Test func whatIsLeftIsAShareOfTheGain() throws {
        let course = trained
        #expect(course.endShare == 0.1)
        let half = try #require(course.kept(0.25))
        #expect((half - 0.5).magnitude < 1e-12)
        #expect(course.kept(0.1) == 1 && course.kept(0.4) == 0)
        #expect(try #require(course.kept(0.5)) < 0)
        var unknown = course.log
        unknown.plan.baseline = nil
        #expect(TrainingCourse(unknown).kept(0.2) == nil)
        unknown.plan.baseline = 0.1
        #expect(TrainingCourse(unknown).kept(0.2) == nil, "no gain")
    }

    /// Any wearer, on any of their days: the rules that always hold.
    @Test func whateverIsMadeTheRulesHold() {
        for seed in 0..<UInt64(Trials.count(200)) {
            var random = SplitMix64(seed: seed)
            let skill = Double.random(in: 0...1, using: &random)
            let wears = Double.random(in: 0.1...1, using: &random)
            run(&random, skill, wears, "seed \(seed)")
        }
    }

    private func run(
        _ random: inout SplitMix64, _ skill: Double, _ wears: Double, _ name: Comment
    ) {
        var course = TrainingCourse(TrainingLog(plan: plan))
        var last = 40
        for day in 0..<220 {
            let before = course
            let duty = course.duty(on: date(day))
            let isWorn = Double.random(in: 0...1, using: &random) < wears
            let bends = Int.random(in: 0...12, using: &random)
            let deep = (0..<bends).count { _ in Double.random(in: 0...1, using: &random) > skill }
            switch duty {
            case .session(let minutes):
                #expect(TrainingCourse.minutes.contains(minutes) && course.trained == nil, name)
                if minutes < last { #expect(course.made.last?.verdict == .held, name) }
                if minutes > last { #expect(course.made.last?.verdict == .above, name) }
                last = minutes
                if isWorn { course.add(session(day, minutes, deep: deep, of: bends)) }
            case .booster:
                for next in [day, day + 1] {
                    if case .retention = course.duty(on: date(next)) { Issue.record(name) }
                }
                if isWorn { course.add(session(day, 10, deep: deep, of: bends)) }
            case .retention, .nothing: break
            }
            // Waiting costs nothing.
            if !isWorn { #expect(course == before, name) }
            if isWorn { course.add(worn(day, deep: deep)) }
            #expect(course == TrainingCourse(course.log), name)
            if let trained = course.trained {
                let after = date(day).daysSinceEpoch - trained.daysSinceEpoch
                if after > 90 { #expect(course.next(from: date(day)) == nil, name) }
                if after == 0 { #expect(course.made.last { !$0.isBooster }?.verdict == .held, name) }
            } else {
                #expect(course.next(from: date(day + 1))?.date == date(day + 1), name)
            }
        }
    }

    @Test func theBaselineIsOfTheLastDaysThatWereWorn() {
        let days = (0..<12).map { worn($0, hours: $0 % 2 == 0 ? 5 : 1, deep: $0 < 4 ? 50 : 20) }
        let baseline = TrainingBaseline(days)
        #expect(baseline.days.map(\.date) == [0, 2, 4, 6, 8, 10].map(date))
        #expect(baseline.share == 0.6 && baseline.target == 0.3)
        #expect(TrainingBaseline((0..<10).map { worn($0, deep: $0 < 3 ? 50 : 5) }).share == 0.1)
        #expect(TrainingBaseline((0..<10).map { worn($0, deep: 3) }).target == 0.1)
        let short = TrainingBaseline(Array(days.prefix(3)))
        #expect(short.share == nil && short.target == 0.2, "two days")
        let few = (0..<7).map {
            TrainingDay(date: date($0), wornSeconds: 36_000, count: BendCount(bends: 7, deep: 7))
        }
        #expect(TrainingBaseline(few).share == nil, "49 bends")
    }

    @Test func aPlanIsReadAsItWasWritten() {
        for plan in [
            TrainingPlan(since: WallTime(unixSeconds: 1_790_000_000), target: 0.17, baseline: 0.34),
            TrainingPlan(since: WallTime(unixSeconds: -5), target: 0.2, baseline: nil),
        ] {
            #expect(TrainingPlan(plan.text) == plan)
        }
        #expect(
            TrainingPlan(since: WallTime(unixSeconds: 7), target: 0.2, baseline: nil).text
                == "bending 0.200 - 7")
        for text in [
            "", "bending", "lifting 0.2 - 7", "bending 0.2 - x", "bending 2 - 7", "bending nan - 7",
            "bending 0.2 1.5 7", "bending 0.2 - 7 8", "bending 0.2 nan 7",
        ] {
            #expect(TrainingPlan(text) == nil, "\(text)")
        }
    }
}
