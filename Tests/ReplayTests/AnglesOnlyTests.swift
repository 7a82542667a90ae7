import LumbarAlerts
import LumbarCore
import LumbarDecoders
import LumbarMonitor
import LumbarRecording
import LumbarSimulation
import Testing

@Suite("A sensor that measures angles only")
struct AnglesOnlyTests {
    private static let scenario =
        "stand 5 s, walk 20 s, stand 5 s, bend 60 deg for 4 s, stand 5 s, lift 65 deg hard, stand 6 s, "
        + "jog 8 s, stand 4 s, fall backward for 20 s"

    private func outputs(_ wire: SensorModel.Wire, _ scenario: String = Self.scenario) throws -> [Output] {
        var model = SensorModel.typical(seed: 3)
        model.wire = wire
        model.rateHz = 50
        let events = try Playing.simulated(scenario, seed: 3, model: model, protocolName: wire.rawValue)
        var replayer = Replayer(monitor: Monitor(settings: MonitorSettings()))
        for event in events { replayer.play(event) }
        replayer.finish()
        var outputs: [Output] = []
        replayer.drain { outputs.append($0) }
        return outputs
    }

    private func episodes(_ outputs: [Output]) -> [Episode] {
        outputs.compactMap {
            if case .episode(let episode, _) = $0, !episode.isOngoing { episode } else { nil }
        }
    }

    private func summary(_ outputs: [Output]) throws -> DailySummary {
        try #require(outputs.compactMap { if case .summary(let day) = $0 { day } else { nil } }.last)
    }

    @Test(arguments: [SensorModel.Wire.ypr, .nmea])
    func tellsBendsAndLyingAndNothingThatTakesAcceleration(wire: SensorModel.Wire) throws {
        let outputs = try outputs(wire)
        var bends = 0
        var postures: [Posture] = []
        for episode in episodes(outputs) {
            switch episode.kind {
            case .bend: bends += 1
            case .posture(let posture): postures.append(posture)
            case .lift, .fall, .twist, .transition, .sitting, .ride:
                Issue.record("\(episode.kind) without acceleration")
            case .sustainedFlexion, .rising: break
            }
        }
        #expect(bends == 2)
        #expect(postures.contains(.lying))
        #expect(postures.allSatisfy { $0 == .lying || $0 == .unknown })
        let day = try summary(outputs)
        #expect(day.steps == 0)
        #expect(day.lifts == 0)
        #expect(day.sensors.anglesOnly > 70)
        #expect(day.over45Seconds > 3)
        #expect(SummaryText.line(day).contains("angles only for"))
        #expect(SummaryText.text(day).contains("no sitting, standing, steps, lifts or falls"))
    }

    @Test func isSaidOnceWhenItIsRecognised() throws {
        let kinds = try outputs(.ypr).compactMap { output -> DeviceEvent.Kind? in
            if case .device(let event) = output { event.kind } else { nil }
        }
        #expect(kinds.count { $0 == .anglesOnly } == 1)
        #expect(
            kinds.firstIndex(of: .anglesOnly)
                == kinds.firstIndex(of: .locked(protocolName: "ypr")).map { $0 + 1 })
        #expect(!kinds.contains(.scaleFault))
    }

    /// The same wearer with a whole sensor: so what is missing above is missing for want of acceleration.
    @Test func aWholeSensorTellsThem() throws {
        let outputs = try outputs(.vectorNav)
        let kinds = episodes(outputs).map(\.kind)
        #expect(kinds.contains { if case .lift = $0 { true } else { false } })
        #expect(kinds.contains { if case .fall = $0 { true } else { false } })
        let day = try summary(outputs)
        #expect(day.steps > 20)
        #expect(day.sensors.anglesOnly == 0)
        #expect(!SummaryText.line(day).contains("angles only"))
    }

    /// Held flexion needs no acceleration.
    @Test func tellsHeldFlexion() throws {
        let kinds = episodes(try outputs(.nmea, "stand 5 s, bend 70 deg for 150 s, stand 10 s")).map(\.kind)
        #expect(kinds.contains { if case .sustainedFlexion = $0 { true } else { false } })
    }

    /// A message such as `FIFO overflow!` is no movement: what comes after it does not lead on from what came before.
    @Test func aJumpAfterAMessageIsNoMovement() throws {
        func peak(_ message: String) throws -> Double {
            var settings = MonitorSettings()
            settings.decoders = .builtIn
            var monitor = Monitor(settings: settings)
            monitor.reportsFrames = true
            let device = Device(
                id: DeviceID("a"), protocolName: "ypr", mount: Mount("up=+z,forward=+x") ?? .undeclared)
            monitor.attach(device, at: .zero)
            for index in 0..<600 {
                var line = index < 300 ? "ypr\t0\t0.5\t0.0\n" : "ypr\t0\t-60.5\t0.0\n"
                if index == 300 { line = message + line }
                line.withUTF8 {
                    monitor.receive(
                        UnsafeRawBufferPointer($0), from: DeviceID("a"),
                        at: .zero + .seconds(Double(index) / 25))
                }
            }
            for index in 600..<900 {
                // Back up, slowly.
                let left = max(0, 60 - (index - 600) / 2)
                var line = "ypr\t0\t-\(left).5\t0.0\n"
                line.withUTF8 {
                    monitor.receive(
                        UnsafeRawBufferPointer($0), from: DeviceID("a"),
                        at: .zero + .seconds(Double(index) / 25))
                }
            }
            var largest = 0.0
            monitor.finish(at: .zero + .seconds(36))
            monitor.drainFrames { largest = max(largest, $0.frame.flexionRateDps.magnitude) }
            return largest
        }
        let continued = try peak("")
        let broken = try peak("FIFO overflow!\n")
        #expect(continued > 300)
        #expect(broken < continued)
    }

    /// A recording of a sensor with a profile of its own needs no other file.
    @Test func aRecordingCarriesItsProfile() throws {
        let text = "[profile]\nname=mine\n[columns]\nax=3 mg\nay=2 mg\naz=1 mg\n"
        let profile = try TextProfile(file: "mine.profile", bytes: Array(text.utf8))
        var device = Device(
            id: DeviceID("a"), protocolName: "mine", mount: Mount("up=+z,forward=+x") ?? .undeclared)
        device.profiles = [profile.source]
        var writer = RecordingWriter(header: RecordingHeader(isSimulated: true))
        var bytes: [UInt8] = []
        writer.write(RecordingEvent(.attach(device), at: .zero), to: &bytes)
        for index in 0..<100 {
            let line = Array("1000,20,-10\n".utf8)
            writer.write(
                RecordingEvent(.data(device.id, line), at: .zero + .milliseconds(Int64(index) * 40)),
                to: &bytes)
        }
        writer.write(RecordingEvent(.end, at: .zero + .seconds(4)), to: &bytes)
        let lines = Playing.transcript(try StoredRecording.events(of: bytes))
        #expect(lines.contains { $0.hasSuffix("locked protocol=mine") })
        #expect(!lines.contains { $0.contains("not_understood") })
        // A profile that cannot be read is said, and not guessed.
        let damaged = String(decoding: bytes, as: UTF8.self).replacingFirst("ax=3 mg", with: "ax=3 km")
        let refused = Playing.transcript(try StoredRecording.events(of: Array(damaged.utf8)))
        #expect(refused.contains { $0.contains("not_understood") && $0.contains("km is no unit") })
    }
}

extension String {
    fileprivate func replacingFirst(_ old: String, with new: String) -> String {
        guard let place = firstRange(of: old) else { return self }
        return String(self[..<place.lowerBound]) + new + String(self[place.upperBound...])
    }
}
