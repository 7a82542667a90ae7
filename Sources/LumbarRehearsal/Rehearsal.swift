import LumbarCore
import LumbarMonitor
import LumbarRecording
import LumbarSimulation

/// A simulated wearer played through a monitor, as a recording would be.
public struct Rehearsal: Sendable {
    /// What the wearer really did, by time.
    public let truth: [TruthSpan]
    /// How long it went on, hours.
    public let hours: Double

    /// Plays `scenario`, worn with `sensor` that the monitor knows as `device`, and lets `hear` take every output in
    /// order. The monitor knows a wall clock if there is an `anchor`.
    public init(
        of scenario: Scenario, seed: UInt64, sensor: SensorModel, as device: Device,
        settings: MonitorSettings = MonitorSettings(), anchor: WallAnchor? = nil, hear: (Output) -> Void
    ) {
        var stream = SimulatedStream(scenario: scenario, seed: seed, sensor: sensor)
        hours = Self.play([settings], anchor, { hear($1) }) { bytes in
            stream.next(into: &bytes).map { (device, $0) }
        }
        truth = stream.truth
    }

    /// Plays `scenario` worn with several sensors, each on the part of the body that its model names, and known to the
    /// monitor by that name.
    public init(
        of scenario: Scenario, seed: UInt64, sensors: [SensorModel], declaresMount: Bool = true,
        settings: MonitorSettings = MonitorSettings(), hear: (Output) -> Void
    ) {
        self.init(of: scenario, seed: seed, sensors: sensors, declaresMount: declaresMount, each: [settings])
        {
            hear($1)
        }
    }

    /// Plays the same through a monitor with each of several settings; `hear` is told the place of these with each
    /// output.
    init(
        of scenario: Scenario, seed: UInt64, sensors: [SensorModel], declaresMount: Bool,
        each settings: [MonitorSettings], hear: (Int, Output) -> Void
    ) {
        var ensemble = SimulatedEnsemble(scenario: scenario, seed: seed, sensors: sensors)
        let devices = sensors.map { model in
            var device = Self.device(model, mount: declaresMount ? model.mount : .undeclared)
            device.id = DeviceID(model.role.rawValue)
            device.role = model.role
            return device
        }
        hours = Self.play(settings, nil, hear) { bytes in
            ensemble.next(into: &bytes).map { (devices[$0.sensor], $0.event) }
        }
        truth = ensemble.truth
    }

    /// Plays `scenario` on a sensor that says how it is mounted.
    public init(
        of scenario: Scenario, seed: UInt64, sensor: SensorModel,
        settings: MonitorSettings = MonitorSettings(), anchor: WallAnchor? = nil,
        hear: (Output) -> Void
    ) {
        self.init(
            of: scenario, seed: seed, sensor: sensor, as: Self.device(sensor, mount: sensor.mount),
            settings: settings, anchor: anchor, hear: hear)
    }

    /// Plays what `next` gives, through to the end; returns how long it went on, in hours.
    private static func play(
        _ settings: [MonitorSettings], _ anchor: WallAnchor?, _ hear: (Int, Output) -> Void,
        _ next: (inout [UInt8]) -> (Device, SimulatedStream.Event)?
    ) -> Double {
        var replayers = settings.map { Replayer(monitor: Monitor(settings: $0)) }
        if let anchor {
            for place in replayers.indices { replayers[place].setAnchor(anchor, at: anchor.instant) }
        }
        var bytes: [UInt8] = []
        while let (device, event) = next(&bytes) {
            for place in replayers.indices {
                switch event {
                case .attached(let time): replayers[place].attach(device, at: time)
                case .bytes(let time):
                    bytes.withUnsafeBytes { replayers[place].receive($0, from: device.id, at: time) }
                case .detached(let time): replayers[place].detach(device.id, at: time)
                }
                replayers[place].drain { hear(place, $0) }
            }
        }
        for place in replayers.indices {
            replayers[place].finish()
            replayers[place].drain { hear(place, $0) }
        }
        return ((replayers.first?.now ?? .zero) - .zero).seconds / 3600
    }

    /// A simulated sensor as the monitor is told of it.
    public static func device(_ sensor: SensorModel, mount: Mount) -> Device {
        Device(
            id: DeviceID("simulated"), protocolName: sensor.wire.rawValue, mount: mount,
            descriptor: sensor.wire.descriptor)
    }
}
