import Glibc
import LumbarCore
import Testing

@testable import LumbarLinux

/// What is seen of sensors that come and go many times.
struct CycleLog {
    private(set) var waiting: [(sensor: String, since: Instant)] = []
    private(set) var detached = 0
    private(set) var names: Set<String> = []
    private var waits: [Double] = []
    private var descriptors: [Int] = []
    private var kilobytes: [Int] = []

    static func wanted(default count: Int) -> Int {
        getenv("LUMBAR_CYCLES").flatMap { Int(String(cString: $0)) } ?? count
    }

    mutating func plugged(_ sensor: String, at now: Instant) { waiting.append((sensor, now)) }

    func isWaiting(_ sensor: String) -> Bool { waiting.contains { $0.sensor == sensor } }

    /// Takes note of who was understood, and of who was let go.
    mutating func read(_ lines: [String], at now: Instant) {
        for line in lines {
            if line.contains(" detached ") { detached += 1 }
            guard line.contains(" locked ") else { continue }
            let name = line.split(separator: " ")[2]
            names.insert(String(name))
            guard let index = waiting.firstIndex(where: { name.contains($0.sensor) }) else { continue }
            waits.append((now - waiting[index].since).seconds)
            waiting.remove(at: index)
        }
    }

    mutating func measure(_ daemon: DaemonProcess) {
        descriptors.append(daemon.fileDescriptors)
        kilobytes.append(daemon.residentKilobytes)
    }

    /// Expects that nothing has grown, and that every sensor was back soon enough.
    ///
    /// Memory is compared with that of the first half: buffers are nearly as large as they get by then.
    func expectSteady(cycles: Int) {
        let sorted = waits.sorted()
        let early = kilobytes[..<max(1, kilobytes.count / 2)].max() ?? 0
        let (median, longest) = (sorted[sorted.count / 2], sorted.last ?? 0)
        if getenv("LUMBAR_REPORT") != nil {
            print(
                "\(cycles) cycles: descriptors \(descriptors.min() ?? 0) to \(descriptors.max() ?? 0), "
                    + "kB \(kilobytes.first ?? 0) first, \(early) by the middle, \(kilobytes.last ?? 0) last, "
                    + "reacquired after \(median) s (median), \(longest) s (longest)")
        }
        #expect(waits.count == cycles)
        #expect(Set(descriptors).count == 1, "\(descriptors)")
        #expect((kilobytes.last ?? 0) <= early + 1024, "\(kilobytes)")
        #expect(longest < 2)
    }
}
