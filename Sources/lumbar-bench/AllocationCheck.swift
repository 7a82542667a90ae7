import CAllocationCount
import LumbarCore
import LumbarDecoders
import LumbarMonitor
import LumbarSimulation

/// Replays two hours and counts what the second one allocates.
///
/// Episodes and alerts may allocate: they are rare and carry text. Samples may not. So the second hour is a sitting one,
/// in which the outputs are counted too, and every allocation beyond a small number per output is a failure.
enum AllocationCheck {
    struct Count {
        var allocations = 0
        var samples = 0
        var outputs = 0
        var perSample: Double { Double(allocations) / Double(max(1, samples)) }
    }

    /// Allocations an output may cost: its text, its place in the outbox and in what is kept of it.
    static let allowedPerOutput = 40

    static func count() -> Count {
        let work = Workload(hours: 2, wire: .witMotion, seed: 3)
        var monitor = Monitor()
        let device = Device(id: DeviceID("bench"), protocolName: WitMotionDecoder.protocolName)
        monitor.attach(device, at: .zero)
        let middle = work.index(at: Instant(nanoseconds: 0) + .hours(1))
        work.forEachChunk(to: middle) { bytes, time in
            monitor.receive(bytes, from: device.id, at: time)
            monitor.drain { _ in }
        }
        var count = Count()
        let samplesBefore = monitor.status(of: device.id)?.signal.samples ?? 0
        let before = lumbar_allocation_count()
        work.forEachChunk(from: middle) { bytes, time in
            monitor.receive(bytes, from: device.id, at: time)
            monitor.drain { _ in count.outputs += 1 }
        }
        count.allocations = Int(lumbar_allocation_count() - before)
        count.samples = (monitor.status(of: device.id)?.signal.samples ?? 0) - samplesBefore
        return count
    }

    /// What the decoder of `wire` allocates in the second half of six minutes, once its room has grown.
    private static func decoderAllocations(_ wire: SensorModel.Wire) -> (allocations: Int, readings: Int) {
        let work = Workload(hours: 0.1, wire: wire)
        let device = Device(
            id: DeviceID("bench"), protocolName: wire.rawValue, descriptor: wire.descriptor)
        guard var decoder = DecoderCatalog.builtIn.make(for: device) else { return (.max, 0) }
        var buffer = ReadingBuffer()
        let middle = work.index(at: Instant(nanoseconds: 0) + .minutes(3))
        work.forEachChunk(to: middle) { bytes, time in
            decoder.push(bytes, at: time, into: &buffer)
            buffer.removeAll()
        }
        var readings = 0
        let before = lumbar_allocation_count()
        work.forEachChunk(from: middle) { bytes, time in
            decoder.push(bytes, at: time, into: &buffer)
            readings += buffer.count
            buffer.removeAll()
        }
        return (Int(lumbar_allocation_count() - before), readings)
    }

    private static func decodersAllocateNothing() -> Bool {
        var all = true
        for wire in SensorModel.Wire.allCases {
            let (allocations, readings) = decoderAllocations(wire)
            print("\(wire.rawValue): \(readings) samples decoded, \(allocations) allocations")
            if allocations > 0 || readings < 15_000 { all = false }
        }
        if !all { print("lumbar-bench: a decoder allocates, or reads too little") }
        return all
    }

    static func run() -> Bool {
        guard decodersAllocateNothing() else { return false }
        let count = count()
        print(
            "\(count.samples) samples, \(count.outputs) outputs, \(count.allocations) allocations in the second hour"
        )
        guard count.samples > 300_000 else {
            print("lumbar-bench: too few samples came through to say anything")
            return false
        }
        guard count.allocations <= count.outputs * allowedPerOutput else {
            print("lumbar-bench: more than outputs can explain: something allocates per sample or per frame")
            return false
        }
        return true
    }
}
