import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarMeasures

@Suite struct ExposureTests {
    private func bins(_ weights: [Double]) -> [ExposureDistribution.Bin] {
        weights.enumerated().map { index, weight in
            ExposureDistribution.Bin(low: Double(index), high: Double(index + 1), weight: weight)
        }
    }

    @Test func anEvenDistributionHasEvenPercentiles() throws {
        let even = try #require(ExposureDistribution(bins(Array(repeating: 1, count: 100))))
        for (percent, level) in zip(ExposureDistribution.percents, even.levels) {
            #expect((level - Double(percent)).magnitude < 1e-9)
        }
        #expect(even.level(50) == even.levels[2])
        let lone = try #require(ExposureDistribution(bins([0, 0, 0, 10, 0])))
        #expect(lone.levels == [3.05, 3.1, 3.5, 3.9, 3.95, 3.99])
        #expect(ExposureDistribution(bins([0, 0])) == nil)
        #expect(ExposureDistribution([]) == nil)
    }

    /// Percentiles from the histogram agree with those of the sorted values to a bin.
    @Test func percentilesAgreeWithSortedValues() throws {
        var random = SplitMix64(seed: 9)
        var day = DailySummary(wearer: .sole, date: nil, start: .zero, end: .zero, isComplete: true)
        var angles: [Double] = []
        var speeds: [Double] = []
        for _ in 0..<20_000 {
            let angle =
                Double.random(in: -20...60, using: &random) + Double.random(in: 0...40, using: &random)
            let speed = Double.random(in: 0...20, using: &random) * Double.random(in: 0...10, using: &random)
            angles.append(angle)
            speeds.append(speed)
            day.exposure.add(100, to: ExposureTable.flexionOnFeet, ExposureTable.flexionBin(angle))
            day.exposure.add(100, to: ExposureTable.speed, ExposureTable.speedBin(-speed))
        }
        angles.sort()
        speeds.sort()
        let measures = DayMeasures(day)
        #expect(measures.exposureSeconds == 2000)
        #expect(measures.flexionSeated == nil)
        for percent in ExposureDistribution.percents {
            let index = percent * 200
            #expect(((measures.flexion?.level(percent) ?? .nan) - angles[index]).magnitude < 0.6)
            let speed = measures.speed?.level(percent) ?? .nan
            #expect((speed - speeds[index]).magnitude < 0.6 + 0.125 * speeds[index])
        }
    }

    @Test func binsCoverTheirRangesWithoutGaps() {
        for bin in 0..<ExposureTable.speed.count {
            let range = ExposureTable.speedRange(bin)
            #expect(ExposureTable.speedBin(range.low) == bin)
            #expect(ExposureTable.speedBin((range.low + range.high) / 2) == bin)
            if bin > 0 { #expect(ExposureTable.speedRange(bin - 1).high == range.low) }
        }
        #expect(ExposureTable.speedRange(ExposureTable.speed.count - 1).high == 512)
        #expect(ExposureTable.speedBin(1e9) == ExposureTable.speed.count - 1)
        #expect(ExposureTable.speedBin(.nan) == 0)
        #expect(ExposureTable.flexionBin(-400) == 0)
        #expect(ExposureTable.flexionBin(0) == 30)
        #expect(ExposureTable.flexionBin(179) == 150)
        #expect(ExposureTable.flexionBin(.nan) == 0)
        #expect(ExposureTable.cadenceBin(110.5) == 35)
        #expect([-6, -5, 19.9, 20, 45, 60, 90].map(ExposureTable.inclinationClass) == [0, 1, 1, 2, 3, 4, 4])
        #expect(
            [0, 3999, 4000, 59_999, 1_800_000].map { ExposureTable.durationClass(milliseconds: $0) } == [
                0, 0, 1, 2, 6,
            ])
    }

    @Test func packedTablesComeBack() {
        var random = SplitMix64(seed: 3)
        for _ in 0..<200 {
            var table = ExposureTable()
            for _ in 0..<Int.random(in: 0...60, using: &random) {
                let amount = Int64.random(in: -70_000...70_000, using: &random)
                table.add(amount, to: ExposureTable.flexionOnFeet, Int.random(in: 0..<151, using: &random))
                table.add(
                    amount &* 1_000_003, to: ExposureTable.variation, Int.random(in: 0..<35, using: &random))
            }
            let packed = PackedExposure(table)
            #expect(packed.table == table)
            // A cut is seen, or leaves what is whole; never a crash.
            for length in stride(from: 0, to: packed.bytes.count, by: 7) {
                _ = PackedExposure(bytes: Array(packed.bytes[..<length])).table
            }
        }
        var extreme = ExposureTable()
        extreme.add(.max, to: ExposureTable.unplaced, 0)
        extreme.add(.min, to: ExposureTable.entries, 0)
        #expect(PackedExposure(extreme).table == extreme)
        #expect(PackedExposure(ExposureTable()).bytes.isEmpty)
        #expect(PackedExposure().table == ExposureTable())
        #expect(PackedExposure(bytes: [2, 0, 1]).table == nil)
        #expect(PackedExposure(bytes: [1, 0]).table == nil)
        #expect(PackedExposure(bytes: [1] + Array(repeating: 0xFF, count: 40)).table == nil)
        // A section that this version does not know is passed over.
        #expect(
            PackedExposure(bytes: [1, 0, 4, 0xE8, 0x07, 2]).table?.total(ExposureTable.flexionSeated) == 2)
    }

    /// What a damaged disk hands out is counted or refused, never a crash.
    @Test func damagedBytesDoNoHarm() {
        var random = SplitMix64(seed: 21)
        for _ in 0..<2000 {
            let count = Int.random(in: 0..<300, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            var day = DailySummary(wearer: .sole, date: nil, start: .zero, end: .zero, isComplete: true)
            day.exposure = PackedExposure(bytes: [1] + bytes).table ?? ExposureTable()
            day.exposure += day.exposure
            _ = DayMeasures(day)
        }
        var full = ExposureTable()
        for index in 0..<ExposureTable.flexionSeated.count {
            full.add(.max, to: ExposureTable.flexionSeated, index)
            full.add(.max, to: ExposureTable.flexionOnFeet, index)
        }
        var day = DailySummary(wearer: .sole, date: nil, start: .zero, end: .zero, isComplete: true)
        day.exposure = full
        #expect(DayMeasures(day).flexion?.level(50).isFinite == true)
    }

    @Test func anEmptyTableEqualsOneOfZeros() {
        var table = ExposureTable()
        table.add(5, to: ExposureTable.cadence, 1)
        #expect(table != ExposureTable())
        table.add(-5, to: ExposureTable.cadence, 1)
        #expect(table == ExposureTable())
        #expect(PackedExposure(table).bytes.isEmpty)
    }

    @Test func variationIsGolden() throws {
        var table = ExposureTable()
        #expect(ExposureVariation(table) == nil)
        // Half of the time upright for long, a quarter each bent briefly and upright briefly.
        table.add(7200_000, to: ExposureTable.variation, 1 * ExposureTable.durationClasses + 6)
        table.add(3600_000, to: ExposureTable.variation, 2 * ExposureTable.durationClasses)
        table.add(3600_000, to: ExposureTable.variation, 1 * ExposureTable.durationClasses)
        let found = try #require(ExposureVariation(table))
        #expect(found.seconds[1][6] == 7200)
        #expect(found.seconds[2] == [3600, 0, 0, 0, 0, 0, 0])
        // Shares 0, 75, 25, 0, 0 around 20; 50, 0, 0, 0, 0, 0, 50 around 14.29.
        #expect((found.inclinationSpread - 29.154759474).magnitude < 1e-6)
        #expect((found.durationSpread - 22.587697572).magnitude < 1e-6)
        var all = ExposureTable()
        all.add(1, to: ExposureTable.variation, 0)
        #expect(((ExposureVariation(all)?.inclinationSpread ?? 0) - 40).magnitude < 1e-9)
        #expect(((ExposureVariation(all)?.durationSpread ?? 0) - 34.992710611).magnitude < 1e-6)
    }

    @Test func zonesAddUp() throws {
        var table = ExposureTable()
        #expect(TrunkZones(table) == nil)
        for (degrees, seconds) in [
            (-12.0, 10), (-5, 20), (0, 40), (19.9, 80), (20, 160), (59, 320), (60, 640), (99, 1),
        ] {
            table.add(
                Int64(seconds) * 1000, to: ExposureTable.flexionOnFeet, ExposureTable.flexionBin(degrees))
        }
        table.add(7000, to: ExposureTable.flexionSeated, ExposureTable.flexionBin(30))
        table.add(12, to: ExposureTable.entries, 1)
        table.add(60_000, to: ExposureTable.frequent, 1)
        let zones = try #require(TrunkZones(table))
        #expect(zones.onFeet == .init(backward: 10, upright: 140, bent: 480, deep: 641))
        #expect(zones.seated == .init(bent: 7))
        #expect(zones.entries == [0, 12, 0])
        #expect((zones.entriesPerMinute[1] - 12 / (1278.0 / 60)).magnitude < 1e-9)
        #expect(zones.frequentSeconds == [0, 60, 0])
    }

    @Test func theMomentIsThatOfTheFormula() {
        var table = ExposureTable()
        table.add(3_600_000, to: ExposureTable.flexionOnFeet, ExposureTable.flexionBin(45))
        table.add(3_600_000, to: ExposureTable.flexionSeated, ExposureTable.flexionBin(-20))
        let moment = CumulativeMoment(table, body: BodySize(mass: 75, height: 1.75))
        // The middle of the bin, 45.5 degrees, for an hour; leaning back adds nothing.
        #expect((moment.newtonMetreHours - 80.787601324).magnitude < 1e-6)
        #expect((moment.squaredHours - 6526.636527627).magnitude < 1e-4)
        #expect(moment.onFeetNewtonMetreHours == moment.newtonMetreHours)
        let light = CumulativeMoment(table, body: BodySize(mass: 37.5, height: 1.75))
        #expect((light.newtonMetreHours * 2 - moment.newtonMetreHours).magnitude < 1e-9)
    }

    @Test func aDaysMeasures() {
        var day = DailySummary(wearer: .sole, date: nil, start: .zero, end: .zero, isComplete: true)
        #expect(DayMeasures(day).fragmentation == nil)
        #expect(DayMeasures(day).breaksPerSittingHour == nil)
        day.postureSeconds[Posture.sitting.index] = 7200
        day.boutSeconds = [1190, 1210, 1800, 3600, 20]
        day.sittingBreaks = 5
        day.posturalShifts = 18
        day.exposure.add(60_000, to: ExposureTable.cadence, ExposureTable.cadenceBin(103))
        day.exposure.add(1500, to: ExposureTable.unplaced, 0)
        day.exposure.add(2500, to: ExposureTable.forwardUnknown, 0)
        let measures = DayMeasures(day)
        #expect(measures.fragmentation?.count == 5)
        #expect(measures.fragmentation?.mean == 26.2)
        #expect(measures.secondsInLongBouts == [6610, 5400, 3600])
        #expect(measures.breaksPerSittingHour == 2.5)
        #expect(measures.shiftsPerSittingHour == 9)
        #expect(measures.cadence == 103)
        #expect(measures.unplacedSeconds == 1.5)
        #expect(measures.forwardUnknownSeconds == 2.5)
    }
}
