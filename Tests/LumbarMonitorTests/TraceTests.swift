import LumbarCore
import Testing

@testable import LumbarMonitor

@Suite struct TraceTests {
    private static func at(_ seconds: Double) -> Instant { .zero + .seconds(seconds) }

    /// Frames of a tenth of a second over [start, end): flexion from `angle`, posture from `posture`.
    private func feed(
        _ recorder: inout TraceRecorder, from start: Int, to end: Int,
        angle: (Double) -> Double, posture: (Double) -> Posture = { _ in .standing },
        quality: Double = 1
    ) {
        for tenth in start * 10..<end * 10 {
            var frame = Features()
            frame.start = Self.at(Double(tenth) / 10)
            frame.end = Self.at(Double(tenth + 1) / 10)
            frame.flexionDegrees = angle(Double(tenth) / 10)
            frame.poseQuality = quality
            recorder.take(frame, posture(Double(tenth + 1) / 10))
        }
    }

    private func alert(at seconds: Double, since start: Double, _ wearer: WearerID = .sole) -> Alert {
        Alert(
            rule: .sustainedFlexion, tier: .nudge, time: Self.at(seconds), episodeStart: Self.at(start),
            duration: .seconds(seconds - start), message: "m", wearer: wearer)
    }

    @Test func aShortEpisodeIsTracedBySecondsWithHalfAMinuteOnBothSides() throws {
        var recorder = TraceRecorder()
        feed(&recorder, from: 1000, to: 1200, angle: { $0 >= 1100 ? 60 : 5 })
        let alert = alert(at: 1140, since: 1100)
        recorder.note(alert)
        #expect(recorder.nextDeadline == Self.at(1170))
        var outputs: [Output] = []
        recorder.deliver(at: Self.at(1169.9), into: &outputs)
        #expect(outputs.isEmpty)
        recorder.deliver(at: Self.at(1170), into: &outputs)
        #expect(recorder.nextDeadline == nil)
        guard case .trace(let trace, alert)? = outputs.first else {
            Issue.record("no trace")
            return
        }
        #expect(trace.start == Self.at(1070) && trace.interval == .seconds(1))
        #expect(trace.flexionDegrees.count == 101)
        #expect(trace.flexionDegrees[..<30].allSatisfy { $0 == 5 })
        #expect(trace.flexionDegrees[30...].allSatisfy { $0 == 60 })
        #expect(trace.postures.allSatisfy { $0 == .standing })
    }

    @Test(arguments: [(40, 1.0), (300, 5), (1800, 30), (7200, 120)])
    func longerEpisodesAreTracedMoreCoarsely(length: Int, interval: Double) throws {
        var recorder = TraceRecorder()
        let end = 4000 + length
        feed(
            &recorder, from: 0, to: end + 30, angle: { $0 < 4000 ? 10 : 30 },
            posture: { $0 <= 4000 ? .walking : .sitting })
        let trace = try #require(
            recorder.trace(of: alert(at: Double(end), since: 4000), at: Self.at(Double(end) + 30)))
        #expect(trace.interval == .seconds(interval))
        #expect((30...150).contains(trace.flexionDegrees.count))
        for (index, angle) in trace.flexionDegrees.enumerated() {
            let from = trace.start + Elapsed(nanoseconds: trace.interval.nanoseconds * Int64(index))
            let until = from + trace.interval
            if until <= Self.at(4000) { #expect(angle == 10 && trace.postures[index] == .walking) }
            if from >= Self.at(4000) { #expect(angle == 30 && trace.postures[index] == .sitting) }
        }
        #expect(trace.start <= Self.at(4000 - 30))
    }

    @Test func whatWasNotMeasuredIsUnknown() throws {
        var recorder = TraceRecorder()
        feed(&recorder, from: 0, to: 60, angle: { _ in 20 })
        feed(&recorder, from: 60, to: 70, angle: { _ in 20 }, quality: 0)
        feed(&recorder, from: 90, to: 120, angle: { _ in -20 })
        let trace = try #require(recorder.trace(of: alert(at: 100, since: 50), at: Self.at(120)))
        #expect(trace.start == Self.at(20))
        #expect(trace.flexionDegrees[..<40].allSatisfy { $0 == 20 })
        #expect(trace.flexionDegrees[40..<70].allSatisfy { $0 == nil })
        #expect(trace.postures[50..<70].allSatisfy { $0 == .unknown })
        #expect(trace.flexionDegrees[70...].allSatisfy { $0 == -20 })
        // Hours later, nothing of before stands where new seconds go.
        feed(&recorder, from: 9000, to: 9010, angle: { _ in 1 })
        let late = try #require(recorder.trace(of: alert(at: 9005, since: 9000), at: Self.at(9010)))
        #expect(late.flexionDegrees.compactMap { $0 } == Array(repeating: 1, count: 10))
    }

    @Test func theEndOfTheStreamHandsOutWhatWaitsAndNothingIsKeptForever() {
        var recorder = TraceRecorder()
        feed(&recorder, from: 0, to: 60, angle: { _ in 200 })
        for second in 0..<40 { recorder.note(alert(at: 50 + Double(second) / 10, since: 45)) }
        var outputs: [Output] = []
        recorder.deliver(at: Self.at(60), isEnd: true, into: &outputs)
        #expect(outputs.count == TraceRecorder.mostWaiting && recorder.nextDeadline == nil)
        guard case .trace(let trace, _)? = outputs.first else { return }
        #expect(trace.flexionDegrees.compactMap { $0 }.allSatisfy { $0 == 127 })
        // Nothing known, nothing to show.
        #expect(TraceRecorder().trace(of: alert(at: 5, since: 0), at: Self.at(9)) == nil)
    }
}
