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
                let rounds = max(3, CycleLog.wanted(default: 300) / Self.lines)
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
                        // Those before it speak meanwhile, as sensors do.
                        try #require(
                            daemon.waits(milliseconds: 1) {
                                for sensor in sensors where log.isWaiting(sensor.converter.serial) {
                                    sensor.speak(3)
                                }
                                log.read(tail.newLines(), at: BootClock.now())
                                return daemon.holds(sensor.path) || !log.isWaiting(sensor.converter.serial)
                            })
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
