import LumbarCore
import LumbarDecoders
import LumbarMonitor

/// What one more monitor with one sensor costs in resident memory, measured over sixteen of them.
enum MonitorFootprint {
    static func kilobytes() -> Double {
        let work = Workload(hours: 0.1, wire: .witMotion)
        let count = 16
        var monitors: [Monitor] = []
        monitors.reserveCapacity(count)
        let before = CPUTime.residentMegabytes
        for _ in 0..<count {
            var monitor = Monitor()
            let device = Device(id: DeviceID("bench"), protocolName: WitMotionDecoder.protocolName)
            monitor.attach(device, at: .zero)
            work.forEachChunk { bytes, time in
                monitor.receive(bytes, from: device.id, at: time)
                monitor.drain { _ in }
            }
            monitors.append(monitor)
        }
        let after = CPUTime.residentMegabytes
        blackHole(monitors.count)
        return (after - before) * 1000 / Double(count)
    }
}
