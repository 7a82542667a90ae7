import LumbarCore
import LumbarMeasures
import LumbarTestKit
import Testing

@testable import LumbarAlerts

/// A wearer in known postures and angles, told to a ledger frame by frame.
private struct Sitter {
    var ledger = DayLedger(wearer: .sole, start: at(0), date: nil)
    var epochs: [MinuteEpoch] = []
    var now = at(0)
    var wear = WearState.worn
    var isSigned = true
    var side = 0.0

    mutating func believe(_ posture: Posture) {
        ledger.receive(
            Episode(.posture(posture), start: now, end: now, decided: now, confidence: 1, isOngoing: true))
    }

    mutating func hold(_ degrees: Double, _ seconds: Double, cadence: Double = 0, rate: Double = 0) {
        for _ in 0..<Int((seconds * 10).rounded()) {
            var frame = Features()
            frame.start = now
            frame.end = now + .milliseconds(100)
            frame.flexionDegrees = degrees
            frame.flexionRateDps = rate
            frame.flexionIsSigned = isSigned
            frame.upInPose = Vector3(0, side, 1)
            frame.cadenceHz = cadence
            frame.wear = wear
            while let due = ledger.nextDeadline, due <= frame.start { ledger.advance(to: due, into: &epochs) }
            ledger.receive(frame)
            now = frame.end
        }
    }

    var table: ExposureTable { ledger.summary(at: now).exposure }

    func variation(_ inclination: Int) -> [Int64] {
        (0..<ExposureTable.durationClasses).map {
            table[ExposureTable.variation, inclination * ExposureTable.durationClasses + $0]
        }
    }
}

@Suite struct ExposureRecordingTests {
    @Test func postureDecidesWhereTimeIsCounted() {
        var sitter = Sitter()
        sitter.hold(10, 2)
        sitter.believe(.sitting)
        sitter.hold(-12, 3)
        sitter.believe(.standing)
        sitter.hold(25, 4)
        sitter.believe(.walking)
        sitter.hold(5, 6, cadence: 1.75, rate: -40)
        sitter.believe(.lying)
        sitter.hold(85, 7)
        sitter.wear = .notWorn
        sitter.believe(.notWorn)
        sitter.hold(30, 8)
        let table = sitter.table
        #expect(table[ExposureTable.unplaced, 0] == 2000)
        #expect(table[ExposureTable.flexionSeated, ExposureTable.flexionBin(-12)] == 3000)
        #expect(table.total(ExposureTable.flexionSeated) == 3000)
        #expect(table[ExposureTable.flexionOnFeet, ExposureTable.flexionBin(25)] == 4000)
        #expect(table.total(ExposureTable.flexionOnFeet) == 10_000)
        #expect(table[ExposureTable.cadence, ExposureTable.cadenceBin(105)] == 6000)
        #expect(table[ExposureTable.speed, ExposureTable.speedBin(40)] == 6000)
        #expect(table.total(ExposureTable.speed) == 13_000)
        // -12 is score 2, 25 is 3 and 5 is 1.
        #expect(table.values(ExposureTable.trunkScore) == [6000, 3000, 4000, 0, 0])
        #expect(table.total(ExposureTable.variation) == 13_000)
        #expect(DayMeasures(sitter.ledger.summary(at: sitter.now)).cadence == 105)
    }

    @Test func aSensorWithoutForwardIsSaidSo() {
        var sitter = Sitter()
        sitter.believe(.standing)
        sitter.side = 0.3
        sitter.hold(0, 2)
        sitter.isSigned = false
        sitter.hold(0, 3)
        #expect(sitter.table[ExposureTable.forwardUnknown, 0] == 3000)
        // Bent to the side by 17 degrees while that is known.
        #expect(sitter.table.values(ExposureTable.trunkScore) == [3000, 2000, 0, 0, 0])
    }

    @Test func timeGrowsIntoItsClassOfDuration() {
        var sitter = Sitter()
        sitter.believe(.standing)
        sitter.hold(10, 3)
        #expect(sitter.variation(1) == [3000, 0, 0, 0, 0, 0, 0])
        sitter.hold(10, 2)
        #expect(sitter.variation(1) == [0, 5000, 0, 0, 0, 0, 0])
        sitter.hold(30, 20)
        sitter.hold(10, 2)
        sitter.hold(50, 3)
        #expect(sitter.variation(1) == [2000, 5000, 0, 0, 0, 0, 0])
        #expect(sitter.variation(2) == [0, 0, 20_000, 0, 0, 0, 0])
        #expect(sitter.variation(3) == [3000, 0, 0, 0, 0, 0, 0])
        // Two degrees past a limit are still the class, three are not.
        sitter.hold(62, 1)
        #expect(sitter.variation(3) == [0, 4000, 0, 0, 0, 0, 0])
        sitter.hold(63, 1)
        #expect(sitter.variation(4) == [1000, 0, 0, 0, 0, 0, 0])
        sitter.hold(-9, 1900)
        #expect(sitter.variation(0) == [0, 0, 0, 0, 0, 0, 1_900_000])
        #expect(
            sitter.table.total(ExposureTable.variation) == sitter.table.total(ExposureTable.flexionOnFeet))
    }

    @Test func zonesAreEnteredOnceForEachTime() {
        var sitter = Sitter()
        sitter.believe(.standing)
        for _ in 0..<3 {
            sitter.hold(0, 1)
            sitter.hold(25, 1)
            sitter.hold(18, 1)
            sitter.hold(22, 1)
            sitter.hold(70, 1)
        }
        sitter.hold(0, 1)
        sitter.hold(-8, 1)
        sitter.hold(-3, 1)
        sitter.hold(-8, 1)
        #expect(sitter.table.values(ExposureTable.entries) == [1, 3, 3])
        #expect(sitter.table.values(ExposureTable.frequent) == [0, 0, 0])
    }

    @Test func twoEntriesAMinuteAreFrequent() {
        var sitter = Sitter()
        sitter.believe(.standing)
        // Three entries a minute for six minutes: ten within five minutes from the fourth on; two more when quiet.
        for _ in 0..<18 {
            sitter.hold(30, 5)
            sitter.hold(0, 15)
        }
        sitter.hold(0, 600)
        let frequent = DayMeasures(sitter.ledger.summary(at: sitter.now)).zones?.frequentSeconds
        #expect(frequent == [0, 240, 0])
    }

    @Test func aRestartLosesNothingThatWasStoredAndCutsOnlyWhatGoesOn() {
        var sitter = Sitter()
        sitter.believe(.sitting)
        sitter.hold(12, 130)
        sitter.hold(40, 47)
        let stored = sitter.epochs + sitter.ledger.openEpochs(at: sitter.now)
        var restored = DayLedger(wearer: .sole, start: sitter.now, date: nil)
        restored.restore(epochs: stored, episodes: [])
        #expect(restored.summary(at: sitter.now).exposure == sitter.table)
        var after = Sitter()
        after.now = sitter.now
        after.ledger = restored
        after.believe(.sitting)
        after.hold(40, 20)
        // 47 s before and 20 s after are two times of the third class; without the restart one of the fourth.
        #expect(after.variation(2) == [0, 0, 67_000, 0, 0, 0, 0])
        sitter.hold(40, 20)
        #expect(sitter.variation(2) == [0, 0, 0, 67_000, 0, 0, 0])
    }

    @Test func midnightCutsWhatGoesOn() {
        var sitter = Sitter()
        sitter.believe(.sitting)
        sitter.hold(10, 50)
        let first = sitter.ledger.closeDay(at: sitter.now, next: nil, into: &sitter.epochs)
        sitter.hold(10, 30)
        #expect(first.exposure.total(ExposureTable.variation) == 50_000)
        #expect(sitter.variation(1) == [0, 0, 30_000, 0, 0, 0, 0])
    }

    @Test func randomDaysAddUpAndComeBack() {
        for seed in UInt64(300)..<320 {
            var day = SimulatedDay(seed: seed, start: at(3))
            day.live(spans: 25)
            day.tellOngoing()
            let table = day.ledger.summary(at: day.now).exposure
            let seen = table.total(ExposureTable.flexionSeated) + table.total(ExposureTable.flexionOnFeet)
            #expect(seen > 0)
            #expect(table.total(ExposureTable.variation) == seen)
            #expect(table.total(ExposureTable.speed) == seen)
            #expect(table.total(ExposureTable.trunkScore) == seen)
            #expect(table.values(ExposureTable.variation).allSatisfy { $0 >= 0 })
            let summary = day.ledger.summary(at: day.now)
            #expect(summary.boutSeconds.count == summary.sittingBouts)
            #expect((summary.boutSeconds.max() ?? 0) == summary.longestSittingSeconds)
        }
    }

    @Test func aNightOfOddFramesIsCountedWithoutHarm() {
        var sitter = Sitter()
        sitter.believe(.standing)
        for degrees in [Double.nan, .infinity, -.infinity, 1e300, -1e300] {
            sitter.hold(degrees, 1, rate: degrees)
        }
        #expect(sitter.table.total(ExposureTable.flexionOnFeet) == 2000)
    }
}
