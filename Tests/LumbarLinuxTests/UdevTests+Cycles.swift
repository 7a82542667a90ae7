import Glibc
import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarLinux

extension UdevTests {
    /// Many plugs and unplugs. `LUMBAR_CYCLES=1000` asks for more of them than there is time for in every run, and
    /// `LUMBAR_REPORT=1` has the figures said.
    @Suite(.serialized, .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
    struct CycleTests {
        private static let lines = 20

        @Test func descriptorsAndMemoryStayThroughManyCycles() throws {
            let testbed = try #require(UdevTestbed())
            testbed.leaveTerminalsAlone()
            try withFolder { folder in
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true, trustsAll: true)
                #expect(daemon.waits(for: "Watching. Waiting for a sensor.", in: "stderr"))
                var log = CycleLog()
                var tail = FileTail(folder + "/transcript")
                let rounds = max(3, CycleLog.wanted(default: 1000) / Self.lines)
                for round in 0..<rounds {
                    // Another port and another node for each of them, every time.
                    let sensors = (0..<Self.lines).map { index in
                        let place = (index + round) % Self.lines
                        return BenchSensor(.numbered("SN\(100 + index)", port: "1.\(place)", number: place))
                    }
                    for sensor in sensors {
                        // The emulated udev has room for ten reports: each is let in before the next is made.
                        log.plugged(sensor.converter.serial, at: BootClock.now())
                        try sensor.plug(into: testbed)
                        try #require(daemon.waits(milliseconds: 1) { daemon.holds(sensor.path) })
                    }
                    try #require(
                        daemon.waits {
                            for sensor in sensors where log.isWaiting(sensor.converter.serial) {
                                sensor.speak(3)
                            }
                            log.read(tail.newLines(), at: BootClock.now())
                            return log.waiting.isEmpty
                        }, "\(round): \(log.waiting) \(daemon.text(of: "stderr").suffix(2000))")
                    log.measure(daemon)
                    for (index, sensor) in sensors.enumerated() {
                        let path = sensor.path
                        sensor.unplug(from: testbed, hangsUpFirst: (index + round) % 2 == 0)
                        try #require(daemon.waits(milliseconds: 1) { !daemon.holds(path) })
                    }
                    try #require(
                        daemon.waits {
                            log.read(tail.newLines(), at: BootClock.now())
                            return log.detached == (round + 1) * Self.lines
                        })
                }
                #expect(daemon.stop() == 0)
                log.expectSteady(cycles: rounds * Self.lines)
                #expect(log.names.count == Self.lines)
            }
        }
    }
}

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
    /// Memory is compared with that of the second quarter: buffers are as large as they get by then.
    func expectSteady(cycles: Int) {
        let sorted = waits.sorted()
        let early = kilobytes[..<max(1, kilobytes.count / 2)].max() ?? 0
        let (median, longest) = (sorted[sorted.count / 2], sorted.last ?? 0)
        if getenv("LUMBAR_REPORT") != nil {
            print(
                "\(cycles) cycles: \(kilobytes) descriptors \(descriptors.min() ?? 0) to \(descriptors.max() ?? 0), "
                    + "kB \(kilobytes.first ?? 0) first, \(early) by the middle, \(kilobytes.last ?? 0) last, "
                    + "reacquired after \(median) s (median), \(longest) s (longest)")
        }
        #expect(waits.count == cycles)
        #expect(Set(descriptors).count == 1, "\(descriptors)")
        #expect((kilobytes.last ?? 0) <= early + 512, "\(kilobytes)")
        #expect(longest < 2)
    }
}
