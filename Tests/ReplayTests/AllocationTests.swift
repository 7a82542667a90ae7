import CAllocationCount
import LumbarCore
import LumbarMonitor
import LumbarRecording
import LumbarSimulation
import LumbarTestKit
import Testing

/// `make alloc` holds the release build to none per sample over an hour.
///
/// A debug build allocates what the optimiser would remove; here it is held to that, so that a stage that
/// begins to allocate is seen early.
@Suite("A sample costs no allocation")
struct AllocationTests {
    #if DEBUG
        private static let allowedPerChunk = 24
    #else
        private static let allowedPerChunk = 0
    #endif
    /// An output may allocate: its text, and its place in the outbox.
    private static let allowedPerOutput = 60

    private func check(_ events: [RecordingEvent], settings: MonitorSettings, warmUp: Elapsed) {
        guard let begin = events.first?.time else { return }
        var replayer = Replayer(monitor: Monitor(settings: settings))
        for event in events where event.time < begin + warmUp { replayer.play(event) }
        replayer.drain { _ in }
        var chunks = 0
        var outputs = 0
        var allocations: UInt64 = 0
        for event in events where event.time >= begin + warmUp {
            guard case .data = event.kind else { continue }
            let before = lumbar_thread_allocation_count()
            replayer.play(event)
            replayer.drain { _ in outputs += 1 }
            allocations += lumbar_thread_allocation_count() - before
            chunks += 1
        }
        #expect(chunks > 100)
        let allowed = chunks * Self.allowedPerChunk + outputs * Self.allowedPerOutput
        #expect(allocations <= UInt64(allowed), "\(chunks) chunks and \(outputs) outputs explain \(allowed)")
    }

    @Test("on a busy simulated wearer")
    func simulated() throws {
        var model = SensorModel.typical(seed: 2)
        model.rateHz = 50
        let scenario = "stand 10 s, walk 20 s, sit 60 s, stand 5 s, walk 20 s, stand 30 s, sit 60 s"
        let events = try Playing.simulated(scenario, model: model, protocolName: "witmotion")
        check(events, settings: MonitorSettings(), warmUp: .seconds(60))
    }

    @Test("on every recording", arguments: Trials.some(of: StoredRecording.all))
    func recordings(recording: StoredRecording) throws {
        check(try recording.events(), settings: try recording.settings(), warmUp: .seconds(8))
    }
}
