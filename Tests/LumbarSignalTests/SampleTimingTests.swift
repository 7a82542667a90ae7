import LumbarCore
import LumbarSignal
import Testing

@Suite struct SampleTimingTests {
    private let none = Reading.noDeviceTime

    private func ns(_ seconds: Double) -> Int64 { Int64((seconds * 1e9).rounded()) }

    /// Errors in seconds of stamps against the true sample times, after `settled` seconds; also checks that time only grows.
    private func errors(
        period: Double, count: Int, settled: Double, arrival: (Int) -> Double
    ) -> (worstLate: Double, worstEarly: Double, timing: SampleTiming) {
        var timing = SampleTiming()
        var late = -1.0
        var early = -1.0
        var last = Int64.min
        for i in 0..<count {
            let stamp = timing.stamp(
                arrival: Instant(nanoseconds: ns(arrival(i))), deviceNanoseconds: none)
            #expect(stamp.time.nanoseconds > last)
            last = stamp.time.nanoseconds
            let truth = Double(i) * period
            guard truth > settled else { continue }
            late = max(late, Double(stamp.time.nanoseconds) * 1e-9 - truth)
            early = max(early, truth - Double(stamp.time.nanoseconds) * 1e-9)
        }
        return (late, early, timing)
    }

    @Test(arguments: [10.0, 20, 50, 100, 200, 400]) func learnsTheRate(_ rate: Double) {
        let result = errors(period: 1 / rate, count: Int(rate * 10), settled: 2) { Double($0) / rate + 0.001 }
        #expect((result.timing.sampleRateHz - rate).magnitude < rate * 1e-4)
        #expect(result.worstLate < 0.0012 && result.worstEarly < 0.001)
        #expect(result.timing.gaps == 0)
    }

    /// A serial adapter hands its bytes over every 16 ms: several samples, one arrival.
    @Test func burstsOfASerialAdapter() {
        let result = errors(period: 0.005, count: 4000, settled: 3) { i in
            (Double(i) * 0.005 / 0.016).rounded(.up) * 0.016 + 0.001
        }
        #expect(result.worstLate < 0.006, "late by \(result.worstLate)")
        #expect(result.worstEarly < 0.002)
        #expect((result.timing.sampleRateHz - 200).magnitude < 0.5)
    }

    /// Bluetooth: ten samples at once, with jitter.
    @Test func burstsOverTheAir() {
        var random = SplitMix(7)
        var latencies: [Double] = []
        for _ in 0..<1000 { latencies.append(0.01 + 0.02 * random.unit()) }
        let result = errors(period: 0.01, count: 8000, settled: 8) { i in
            Double(i / 10 * 10 + 9) * 0.01 + latencies[i / 10]
        }
        #expect(result.worstLate < 0.03, "late by \(result.worstLate)")
        #expect((result.timing.sampleRateHz - 100).magnitude < 0.5)
    }

    @Test func followsACrystalThatDrifts() {
        // 100 ppm fast against the boot clock, for an hour.
        let period = 0.01 * (1 - 100e-6)
        let result = errors(period: period, count: 360_000, settled: 10) { Double($0) * period + 0.002 }
        #expect(result.worstLate < 0.0025 && result.worstEarly < 0.001)
        #expect((result.timing.periodSeconds / period - 1).magnitude < 5e-6)
    }

    /// What the sensor's own counter shows as lost takes its place at once, not when the line has been fitted anew.
    @Test func countedLossesTakeTheirPlace() {
        var timing = SampleTiming()
        var worst = 0.0
        var lost: UInt16 = 0
        for i in 0..<4000 {
            // One, two or three in a row.
            if i > 1000, i % 50 < 1 + i / 50 % 3 {
                lost += 1
                continue
            }
            let truth = Double(i) * 0.01
            let stamp = timing.stamp(
                arrival: Instant(nanoseconds: ns(truth + 0.001)), deviceNanoseconds: none, lost: lost)
            lost = 0
            if i > 300 { worst = max(worst, (Double(stamp.time.nanoseconds) * 1e-9 - truth).magnitude) }
        }
        #expect(worst < 0.0015, "off by \(worst)")
        #expect((timing.sampleRateHz - 100).magnitude < 0.1)
        #expect(timing.gaps == 0)
    }

    @Test func lostSamplesAreAbsorbed() {
        var timing = SampleTiming()
        var errorAfter = 0.0
        for i in 0..<6000 {
            // From sample 2000 on, three samples are missing.
            let truth = Double(i < 2000 ? i : i + 3) * 0.01
            let stamp = timing.stamp(
                arrival: Instant(nanoseconds: ns(truth + 0.001)), deviceNanoseconds: none)
            if i > 3000 {
                errorAfter = max(errorAfter, (Double(stamp.time.nanoseconds) * 1e-9 - truth).magnitude)
            }
        }
        #expect(errorAfter < 0.005, "\(errorAfter)")
        #expect(timing.gaps == 0)
    }

    @Test func oneLateReadingMovesNothing() {
        let plain = errors(period: 0.01, count: 2000, settled: 5) { Double($0) * 0.01 + 0.001 }
        let stalled = errors(period: 0.01, count: 2000, settled: 5) { i in
            Double(i) * 0.01
                + (i == 1200 ? 0.15 : i > 1200 && i < 1215 ? Double(1215 - i) * 0.01 + 0.002 : 0.001)
        }
        #expect(plain.worstLate < 0.0015)
        #expect(stalled.worstLate < 0.004, "\(stalled.worstLate)")
    }

    @Test func aGapRestartsAndIsReported() {
        var timing = SampleTiming()
        var starts: [Int] = []
        for i in 0..<400 {
            let t = Double(i) * 0.01 + (i >= 200 ? 3 : 0)
            let stamp = timing.stamp(arrival: Instant(nanoseconds: ns(t)), deviceNanoseconds: none)
            if stamp.startsSegment { starts.append(i) }
            if i == 200 { #expect(stamp.time.nanoseconds == ns(5)) }
        }
        #expect(starts == [0, 200])
        #expect(timing.gaps == 1)
        #expect((timing.lastGapSeconds - 3.01).magnitude < 1e-6)
    }

    @Test func slowSensorsHaveNoGapAtTheirOwnPeriod() {
        let result = errors(period: 0.2, count: 100, settled: 10) { Double($0) * 0.2 }
        #expect(result.timing.gaps == 0)
    }

    @Test func deviceTimeIsExactWhenArrivalAgrees() {
        var timing = SampleTiming()
        var random = SplitMix(3)
        var device: Int64 = 123_456_789
        for _ in 0..<5000 {
            let stamp = timing.stamp(
                arrival: Instant(nanoseconds: device + 987_654_321), deviceNanoseconds: device)
            #expect(stamp.time.nanoseconds == device + 987_654_321)
            device += 1_000_000 + Int64(random.next() % 90_000_000)
        }
    }

    @Test func deviceTimeSpacesSamplesAndItsDriftIsFollowed() {
        var timing = SampleTiming()
        var last: Int64 = 0
        var worstSpacing: Int64 = 0
        var worst = 0.0
        for i in 0..<60_000 {
            let device = Int64(i) * 10_000_000
            // The device clock runs 100 ppm slow; bytes come in bursts of four.
            let truth = Double(i) * 0.010001
            let arrival = Double(i / 4 * 4 + 3) * 0.010001 + 0.002
            let stamp = timing.stamp(arrival: Instant(nanoseconds: ns(arrival)), deviceNanoseconds: device)
            if i > 1000 {
                worstSpacing = max(
                    worstSpacing, (stamp.time.nanoseconds - last - 10_000_000).magnitude.asInt64)
                worst = max(worst, (Double(stamp.time.nanoseconds) * 1e-9 - truth).magnitude)
            }
            last = stamp.time.nanoseconds
        }
        #expect(worstSpacing <= 500_000, "\(worstSpacing) ns")
        #expect(worst < 0.01, "\(worst)")
        #expect((timing.sampleRateHz - 100).magnitude < 0.1)
    }

    @Test(arguments: [-5_000_000, 2_000_000_000] as [Int64]) func aDeviceClockThatJumpsIsAGap(_ jump: Int64) {
        var timing = SampleTiming()
        var starts = 0
        var last = Instant(nanoseconds: .min)
        for i in 0..<200 {
            let device = Int64(i) * 10_000_000 + (i >= 100 ? jump : 0)
            let stamp = timing.stamp(
                arrival: Instant(nanoseconds: Int64(i) * 10_000_000), deviceNanoseconds: device)
            #expect(stamp.time > last)
            last = stamp.time
            if stamp.startsSegment { starts += 1 }
        }
        #expect(starts == (jump < -10_000_000 || jump > 1_000_000_000 ? 2 : 1))
        #expect(last.nanoseconds < 2_100_000_000)
    }

    @Test func extremeClocksDoNotTrap() {
        var timing = SampleTiming()
        for (arrival, device) in [
            (Int64.max, Int64.max), (0, .min + 1), (.min, .max), (5, 5), (.max, none), (.min, none),
            (0, none), (7, none),
        ] {
            _ = timing.stamp(arrival: Instant(nanoseconds: arrival), deviceNanoseconds: device)
        }
        #expect(timing.gaps > 0)
    }
}

extension UInt64 {
    var asInt64: Int64 { Int64(clamping: self) }
}
