import LumbarCore
import LumbarMonitor
import LumbarSimulation

/// A monitor with sensors that send text lines, driven by seconds.
struct Script {
    var monitor = Monitor()
    var outputs: [Output] = []
    private var random = SeededRandom(seed: 11, purpose: 1)

    static func at(_ seconds: Double) -> Instant { .zero + .seconds(seconds) }

    static func device(_ name: String, wearer: WearerID = .sole) -> Device {
        Device(
            id: DeviceID(name), protocolName: "text", mount: Mount("up=+z,forward=+x") ?? .undeclared,
            wearer: wearer)
    }

    mutating func attach(_ name: String, wearer: WearerID = .sole, at seconds: Double) {
        monitor.attach(Script.device(name, wearer: wearer), at: Script.at(seconds))
        send("t_s,ax_g,ay_g,az_g\n", from: name, at: seconds)
    }

    mutating func send(_ text: String, from name: String, at seconds: Double) {
        var copy = text
        copy.withUTF8 {
            monitor.receive(UnsafeRawBufferPointer($0), from: DeviceID(name), at: Script.at(seconds))
        }
        collect()
    }

    /// A body standing still at 25 Hz, a line at a time, with the tremor of a body.
    mutating func stand(_ name: String, from start: Double, to end: Double) {
        var index = Int((start * 25).rounded())
        while Double(index) / 25 < end {
            let t = Double(index) / 25
            let x = 0.02 + 0.01 * (random.uniform(0, 1) - 0.5)
            let z = 1 + 0.01 * (random.uniform(0, 1) - 0.5)
            send("\(t),\(x),0,\(z)\n", from: name, at: t)
            index += 1
        }
    }

    mutating func advance(to seconds: Double) {
        monitor.advance(to: Script.at(seconds))
        collect()
    }

    mutating func collect() { monitor.drain { outputs.append($0) } }

    /// What happened to a sensor, as `kind@second`.
    func events(of name: String) -> [String] {
        outputs.compactMap { output in
            guard case .device(let event) = output, event.device.text == name else { return nil }
            let kind: String
            switch event.kind {
            case .attached: kind = "attached"
            case .locked: kind = "locked"
            case .anglesOnly: kind = "angles only"
            case .degraded: kind = "degraded"
            case .stalled: kind = "stalled"
            case .recovered: kind = "recovered"
            case .detached: kind = "detached"
            case .scaleFault: kind = "scale fault"
            case .trouble(let trouble, let begins):
                kind = "\(begins ? "doubtful" : "cleared") \(trouble.rawValue)"
            case .deadAccelerometer: kind = "dead accelerometer"
            case .mount(let news): kind = "mount \(news)"
            case .calibration: return nil
            case .notUnderstood(let reason): kind = reason + " "
            }
            return kind + "@"
                + DecimalText.fixed(event.time.nanoseconds == 0 ? 0 : (event.time - .zero).seconds, 2)
        }
    }

    var summaries: [DailySummary] {
        outputs.compactMap { if case .summary(let summary) = $0 { summary } else { nil } }
    }

    var epochs: [MinuteEpoch] {
        outputs.compactMap { if case .epoch(let epoch) = $0 { epoch } else { nil } }
    }
}
