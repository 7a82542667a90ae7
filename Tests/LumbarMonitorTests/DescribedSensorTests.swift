import LumbarCore
import LumbarDecoders
import LumbarSimulation
import Testing

@testable import LumbarMonitor

/// Sensors that say of themselves what they send.
@Suite struct DescribedSensorTests {
    private func events(_ model: SensorModel, descriptor: [UInt8]) throws -> [DeviceEvent.Kind] {
        var monitor = Monitor()
        let device = Device(id: DeviceID("belt"), descriptor: descriptor)
        var stream = SimulatedStream(scenario: try Scenario(parsing: "stand 20 s"), seed: 4, sensor: model)
        var bytes: [UInt8] = []
        var kinds: [DeviceEvent.Kind] = []
        monitor.attach(device, at: .zero)
        while let time = stream.nextChunk(into: &bytes) {
            bytes.withUnsafeBytes { monitor.receive($0, from: device.id, at: time) }
            monitor.drain { if case .device(let event) = $0 { kinds.append(event.kind) } }
        }
        return kinds
    }

    @Test(arguments: [SensorModel.Wire.hid, .iio])
    func theirProtocolIsKnownWithoutBeingTold(_ wire: SensorModel.Wire) throws {
        var model = SensorModel.typical(seed: 4)
        model.wire = wire
        let kinds = try events(model, descriptor: wire.descriptor)
        #expect(kinds.contains(.locked(protocolName: wire.rawValue)))
        #expect(!kinds.contains(.scaleFault))
    }

    /// As a driver of some laptops has it: acceleration a tenth of what it should be.
    @Test(arguments: [SensorModel.Wire.hid, .iio])
    func aScaleThatIsTenTimesLowIsAFault(_ wire: SensorModel.Wire) throws {
        var model = SensorModel()
        model.wire = wire
        model.accelerationScaleError = -0.9
        #expect(try events(model, descriptor: wire.descriptor).contains(.scaleFault))
    }

    @Test func whatIsNoMotionSensorSaysWhy() throws {
        // One angle about a hinge.
        let lid: [UInt8] = [
            0x05, 0x20, 0x09, 0x8A, 0xA1, 0x01, 0x85, 0x01, 0x0A, 0x7F, 0x04, 0x15, 0x00, 0x26, 0x68, 0x01,
            0x75,
            0x09, 0x95, 0x01, 0x81, 0x02, 0xC0,
        ]
        var model = SensorModel()
        model.wire = .hid
        let kinds = try events(model, descriptor: lid)
        #expect(kinds.contains(.notUnderstood(reason: HIDSensorRefusal.oneAngle.description)))
        #expect(!kinds.contains(.locked(protocolName: "hid")))
    }
}
