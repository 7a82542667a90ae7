import LumbarMeasures
import Testing

@Suite struct LiftingTests {
    @Test func theTableIsThatOfTheManual() {
        typealias Row = (Double, Double, Double, Double)
        let rows: [Row] = [
            (0.2, 1, 0.95, 0.85), (0.5, 0.97, 0.92, 0.81), (1, 0.94, 0.88, 0.75), (2, 0.91, 0.84, 0.65),
            (3, 0.88, 0.79, 0.55), (4, 0.84, 0.72, 0.45), (5, 0.80, 0.60, 0.35), (6, 0.75, 0.50, 0.27),
            (7, 0.70, 0.42, 0.22), (8, 0.60, 0.35, 0.18), (9, 0.52, 0.30, 0), (10, 0.45, 0.26, 0),
            (11, 0.41, 0, 0), (12, 0.37, 0, 0), (13, 0, 0, 0), (15, 0, 0, 0), (16, 0, 0, 0),
        ]
        for (frequency, short, moderate, long) in rows {
            let found = LiftingFrequency.Duration.allCases.map {
                LiftingFrequency.multiplier(perMinute: frequency, duration: $0)
            }
            #expect(found == [short, moderate, long], "\(frequency)")
        }
        let high: [Row] = [
            (8, 0.60, 0.35, 0.18), (9, 0.52, 0.30, 0.15), (10, 0.45, 0.26, 0.13), (11, 0.41, 0.23, 0),
            (12, 0.37, 0.21, 0), (13, 0.34, 0, 0), (14, 0.31, 0, 0), (15, 0.28, 0, 0), (15.1, 0, 0, 0),
        ]
        for (frequency, short, moderate, long) in high {
            let found = LiftingFrequency.Duration.allCases.map {
                LiftingFrequency.multiplier(perMinute: frequency, duration: $0, fromKnuckleHeight: true)
            }
            #expect(found == [short, moderate, long], "\(frequency)")
        }
        #expect(LiftingFrequency.multiplier(perMinute: 0, duration: .short) == 1)
        #expect((LiftingFrequency.multiplier(perMinute: 1.5, duration: .long) - 0.70).magnitude < 1e-12)
    }

    @Test func aDaysFrequencyIsThatOfItsBusiestQuarter() throws {
        #expect(LiftingFrequency.day([]) == nil)
        let lone = try #require(LiftingFrequency.day([100]))
        #expect(lone.multiplier == 1)
        #expect(lone.workSeconds == 0)
        // A lift a minute for half an hour, then 15 within a minute an hour later.
        let times = (0..<30).map { Double($0) * 60 } + (0..<15).map { 5400 + Double($0) * 4 }
        let day = try #require(LiftingFrequency.day(times))
        #expect(day.perMinute == 1)
        #expect(day.workSeconds == 1740)
        #expect(day.duration == .short)
        #expect(day.multiplier == 0.94)
    }

    @Test func tooShortRecoveryJoinsStretchesOfWork() throws {
        func stretch(_ from: Double, _ seconds: Double) -> [Double] {
            stride(from: from, through: from + seconds, by: 100).map { $0 }
        }
        // 50 min of work need 60 min of recovery.
        let rested = try #require(LiftingFrequency.day(stretch(0, 3000) + stretch(6700, 3000)))
        #expect(rested.duration == .short)
        let short = try #require(LiftingFrequency.day(stretch(0, 3000) + stretch(5000, 3000)))
        #expect(short.workSeconds == 6000)
        #expect(short.duration == .moderate)
        // 100 min need 30 min: the third stretch begins afresh after 40, and joins after 20.
        let afresh = stretch(0, 3000) + stretch(5000, 3000) + stretch(10_400, 3000)
        #expect(LiftingFrequency.day(afresh)?.duration == .moderate)
        let joined = stretch(0, 3000) + stretch(5000, 3000) + stretch(9200, 3000)
        #expect(LiftingFrequency.day(joined)?.duration == .long)
    }

    @Test func fatigueFailureIsGolden() {
        let damage = 760 * FatigueFailure.damagePerLift(moment: 100)
        #expect((damage - 0.0518441873).magnitude < 1e-9)
        #expect((FatigueFailure.probability(dailyDamage: damage) - 0.5977601594).magnitude < 1e-9)
        #expect((FatigueFailure.moment(load: 12, reach: 0.45) - 52.974).magnitude < 1e-9)
        #expect(FatigueFailure.probability(dailyDamage: 0) == 0)
    }
}
