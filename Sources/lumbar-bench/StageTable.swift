import LumbarCore
import LumbarDecoders
import LumbarDetectors
import LumbarMonitor
import LumbarSignal
import LumbarSimulation

/// One table: what each stage costs per byte and per sample, and as a multiple of reading the bytes at all.
enum StageTable {
    static func measure(hours: Double, runs: Int) {
        let work = Workload(hours: hours, wire: .witMotion)
        let pass = passOver(work, runs: runs)
        let readings = decodeAll(work)
        let samples = readings.readings.count
        print("\(samples) samples of six axes at 100 Hz, \(work.bytes.count) bytes as WitMotion frames\n")
        print("stage                                   ns/byte  ns/sample  x memory pass")
        row("memory pass (sum of the bytes)", pass, work, samples, pass)
        row("decoding, WitMotion", decode(work, .witMotion, runs: runs), work, samples, pass)
        otherDecoders(hours: min(hours, 0.1), runs: runs)
        row("orientation (VQF 6D)", orientation(readings, runs: runs), work, samples, pass)
        let signal = chain(readings, runs: runs)
        row("timing to features, orientation included", signal.seconds, work, samples, pass)
        row("detectors", detectors(signal.frames, runs: runs), work, samples, pass)
        let cost = PolicyCost(signal.frames)
        let policy = cost.whole(runs: runs)
        row("day ledger", cost.ledger(runs: runs), work, samples, pass)
        row("alert policy, at every frame", cost.atFrames(runs: runs), work, samples, pass)
        row("alert policy, with all it hears", policy.seconds, work, samples, pass)
        let whole = wholeChain(work, runs: runs)
        row("whole chain, bytes to alerts", whole, work, samples, pass)
        let recorded = Double(samples) / Workload.rateHz / 3600
        print("")
        print("hours of 100 Hz recording per CPU second   \(DecimalText.fixed(recorded / whole, 1))")
        print("CPU seconds for 24 hours                   \(DecimalText.fixed(24 / recorded * whole, 2))")
        print(
            "alert policy's share of the whole chain    \(DecimalText.fixed(100 * policy.seconds / whole, 2)) %: "
                + "\(cost.factCount) episodes and minutes, \(policy.alerts) alerts")
        let count = AllocationCheck.count()
        print("allocations per sample after warm-up       \(DecimalText.fixed(count.perSample, 6))")
        print(
            "resident memory of one monitor             \(DecimalText.fixed(MonitorFootprint.kilobytes(), 0)) kB"
        )
    }

    private static func row(
        _ name: String, _ seconds: Double, _ work: Workload, _ samples: Int, _ pass: Double
    ) {
        let perByte = DecimalText.fixed(seconds / Double(work.bytes.count) * 1e9, 3)
        let perSample = DecimalText.fixed(seconds / Double(max(1, samples)) * 1e9, 1)
        let ratio = DecimalText.fixed(seconds / pass, 1)
        print(padded(name, 40) + right(perByte, 7) + right(perSample, 11) + right(ratio, 15))
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    // MARK: Stages

    private static func passOver(_ work: Workload, runs: Int) -> Double {
        var sum = 0
        let seconds = CPUTime.median(runs) {
            work.forEachChunk { bytes, _ in
                for byte in bytes { sum &+= Int(byte) }
            }
        }
        blackHole(sum)
        return seconds
    }

    private static func decodeAll(
        _ work: Workload, name: String = WitMotionDecoder.protocolName
    ) -> ReadingBuffer {
        var all = ReadingBuffer()
        guard var decoder = DecoderCatalog.builtIn.make(name) else { return all }
        work.forEachChunk { bytes, time in decoder.push(bytes, at: time, into: &all) }
        return all
    }

    /// Each against a pass over its own bytes.
    private static func otherDecoders(hours: Double, runs: Int) {
        for wire in SensorModel.Wire.allCases where wire != .witMotion {
            let work = Workload(hours: hours, wire: wire)
            let samples = decodeAll(work, name: wire.rawValue).readings.count
            let seconds = decode(work, wire, runs: runs)
            row("decoding, \(wire.rawValue)", seconds, work, samples, passOver(work, runs: runs))
        }
    }

    private static func decode(_ work: Workload, _ wire: SensorModel.Wire, runs: Int) -> Double {
        let name = wire.rawValue
        var buffer = ReadingBuffer()
        var total = 0
        let seconds = CPUTime.median(runs) {
            guard var decoder = DecoderCatalog.builtIn.make(name) else { return }
            work.forEachChunk { bytes, time in
                decoder.push(bytes, at: time, into: &buffer)
                total &+= buffer.count
                buffer.removeAll()
            }
        }
        blackHole(total)
        return seconds
    }

    private static func orientation(_ buffer: ReadingBuffer, runs: Int) -> Double {
        let readings = buffer.readings
        var sum = 0.0
        let seconds = CPUTime.median(runs) {
            var filter = OrientationFilter(period: 1 / Workload.rateHz)
            for reading in readings {
                var rate = reading.angularRate.reinterpreted(as: BodyFrame.self)
                let acceleration = reading.acceleration.reinterpreted(as: BodyFrame.self)
                sum += filter.update(acceleration: acceleration, rate: &rate, interval: 1 / Workload.rateHz).z
            }
        }
        blackHole(Int(sum))
        return seconds
    }

    private static func chain(_ readings: ReadingBuffer, runs: Int) -> (seconds: Double, frames: [Features]) {
        var frames: [Features] = []
        let seconds = CPUTime.median(runs) {
            var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
            frames.removeAll(keepingCapacity: true)
            chain.process(readings, into: &frames)
        }
        return (seconds, frames)
    }

    private static func detectors(_ frames: [Features], runs: Int) -> Double {
        var queue = EpisodeQueue()
        var found = 0
        let seconds = CPUTime.median(runs) {
            var bank = DetectorBank(settings: DetectorSettings())
            for frame in frames {
                bank.update(frame, into: &queue)
                found &+= queue.episodes.count
                queue.removeAll()
            }
        }
        blackHole(found)
        return seconds
    }

    private static func wholeChain(_ work: Workload, runs: Int) -> Double {
        CPUTime.median(runs) {
            var monitor = Monitor()
            let device = Device(id: DeviceID("bench"), protocolName: WitMotionDecoder.protocolName)
            monitor.attach(device, at: .zero)
            work.forEachChunk { bytes, time in
                monitor.receive(bytes, from: device.id, at: time)
                monitor.drain { _ in }
            }
        }
    }
}

/// Keeps a result alive without letting the optimizer see that nobody looks at it.
@inline(never)
func blackHole(_ value: Int) {
    if value == .min { print(value) }
}
