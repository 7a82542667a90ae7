import LumbarCore
import LumbarMonitor
import LumbarRecording
import Testing

@Suite("The replayer keeps the order of things")
struct ReplayerTests {
    private let device = Device(id: DeviceID("a"))

    private func at(_ seconds: Double) -> Instant { Instant.zero + .seconds(seconds) }

    private func outputs(_ events: [RecordingEvent]) -> [Output] {
        var replayer = Replayer(monitor: Monitor())
        var outputs: [Output] = []
        for event in events { replayer.play(event) }
        replayer.finish()
        replayer.drain { outputs.append($0) }
        return outputs
    }

    @Test("a deadline before an event fires first, at its own time")
    func deadlines() {
        let outputs = outputs([
            RecordingEvent(.attach(device), at: at(10)), RecordingEvent(.detach(device.id), at: at(20)),
        ])
        let events = outputs.compactMap { output -> DeviceEvent? in
            if case .device(let event) = output { return event }
            return nil
        }
        #expect(events.map(\.time) == [at(10), at(15), at(20)])
        #expect(events.dropFirst().first?.kind == .stalled)
    }

    @Test("the stream ends once, where its last event was")
    func end() {
        let summaries = outputs([
            RecordingEvent(.attach(device), at: at(10)), RecordingEvent(.end, at: at(12)),
        ])
        .filter { if case .summary = $0 { true } else { false } }
        #expect(summaries.count == 1)
        if case .summary(let day)? = summaries.first { #expect(day.end == at(12)) }
    }

    @Test("a copy carries the whole state")
    func copy() {
        var first = Replayer(monitor: Monitor())
        first.play(RecordingEvent(.attach(device), at: at(0)))
        var second = first
        var outputs: [[Output]] = [[], []]
        first.finish(at: at(30))
        second.finish(at: at(30))
        first.drain { outputs[0].append($0) }
        second.drain { outputs[1].append($0) }
        #expect(outputs[0] == outputs[1])
        #expect(first.start == at(0))
        #expect(first.now == at(30))
    }

    @Test("what was asked for takes effect at its time, for the wearer who is named")
    func controls() {
        var replayer = Replayer(monitor: Monitor())
        replayer.play(RecordingEvent(.attach(device), at: at(1)))
        let snooze = WearerControl.snooze(until: at(100), endsUpright: false)
        replayer.play(RecordingEvent(.control(snooze, .sole), at: at(2)))
        #expect(replayer.monitor.snoozedUntil(of: .sole) == at(100) && replayer.now == at(2))
        #expect(replayer.monitor.snoozedUntil(of: WearerID("ben")) < at(0))
        replayer.play(RecordingEvent(.control(.wake, WearerID("ben")), at: at(3)))
        #expect(replayer.monitor.snoozedUntil(of: .sole) == at(100))
        replayer.play(RecordingEvent(.control(.wake, .sole), at: at(4)))
        #expect(replayer.monitor.snoozedUntil(of: .sole) < at(0))
    }
}
