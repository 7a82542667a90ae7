import LumbarCore
import LumbarMonitor
import LumbarRecording
import LumbarSimulation

/// What tests do with streams of events.
enum Playing {
    /// The transcript of `events`, from a monitor that has seen nothing.
    static func transcript(_ events: [RecordingEvent], settings: MonitorSettings = MonitorSettings())
        -> [String]
    {
        var replayer = Replayer(monitor: Monitor(settings: settings))
        var lines: [String] = []
        for event in events {
            replayer.play(event)
            lines += Self.lines(&replayer)
        }
        replayer.finish()
        return lines + Self.lines(&replayer)
    }

    /// The lines of what was concluded since the last call, minute epochs included: nothing may differ.
    static func lines(_ replayer: inout Replayer) -> [String] {
        let transcript = Transcript(origin: replayer.start ?? .zero, includesEpochs: true)
        var lines: [String] = []
        replayer.drain { output in
            if let line = transcript.line(output) { lines.append(line) }
        }
        return lines
    }

    /// The events of a simulated sensor.
    static func simulated(
        _ scenario: String, seed: UInt64 = 1, model: SensorModel, protocolName: String?
    ) throws -> [RecordingEvent] {
        var stream = SimulatedStream(scenario: try Scenario(parsing: scenario), seed: seed, sensor: model)
        let device = Device(
            id: DeviceID("simulated"), protocolName: protocolName, mount: model.mount,
            descriptor: model.wire.descriptor)
        var events: [RecordingEvent] = []
        var bytes: [UInt8] = []
        while let event = stream.next(into: &bytes) {
            switch event {
            case .attached(let time): events.append(RecordingEvent(.attach(device), at: time))
            case .bytes(let time): events.append(RecordingEvent(.data(device.id, bytes), at: time))
            case .detached(let time): events.append(RecordingEvent(.detach(device.id), at: time))
            }
        }
        return events + [RecordingEvent(.end, at: events.last?.time ?? .zero)]
    }
}
