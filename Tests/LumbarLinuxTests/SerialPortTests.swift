import CLinux
import Glibc
import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// umockdev and an emulated processor's system emulate the calls on terminals, and not all of them: these want the real ones.
@Suite(
    .enabled(if: !UdevTestbed.isAvailable, "run without umockdev-wrapper"),
    .enabled(if: !Trials.areEmulated, "the emulator does not know TCGETS2")
) struct SerialPortTests {
    @Test func everyByteArrivesAsItWasSent() throws {
        let sensor = try PseudoTerminal.open()
        let port = try SerialPort.open(sensor.path, baud: 115_200)
        // All values, among them ^C ^D ^Q ^S ^Z, CR and LF, which a terminal would act on.
        let bytes =
            (0...255).map { UInt8($0) } + [0x03, 0x03, 0x04, 0x04, 0x0D, 0x0A, 0x11, 0x13, 0x1A, 0xFF]
        try sensor.send(bytes)
        #expect(try receive(bytes.count, from: port) == bytes)
    }

    @Test func nothingIsWrittenBack() throws {
        let sensor = try PseudoTerminal.open()
        let port = try SerialPort.open(sensor.path, baud: 9600)
        try sensor.send([0x55, 0x61, 0x0D, 0x0A, 0x00])
        _ = try receive(5, from: port)
        var byte: UInt8 = 0
        #expect(read(sensor.master.number, &byte, 1) == -1)
        #expect(errno == EAGAIN)
    }

    @Test func aLineWithoutBytesSaysSo() throws {
        let sensor = try PseudoTerminal.open()
        let port = try SerialPort.open(sensor.path, baud: 115_200)
        var buffer = [UInt8](repeating: 0, count: 16)
        // An idle line must not look like a hang-up.
        let arrival = buffer.withUnsafeMutableBytes { port.read(into: $0) }
        #expect(arrival == .nothing)
        #expect(sensor.path.hasPrefix("/dev/pts/"))
        let isPseudoTerminal = port.isPseudoTerminal
        #expect(isPseudoTerminal)
    }

    @Test func theFarEndGoingAwayIsAHangUp() throws {
        let sensor = try PseudoTerminal.open()
        let port = try SerialPort.open(sensor.path, baud: 115_200)
        try sensor.send([1, 2, 3])
        var poller = try Poller<String>.open()
        _ = try poller.add(port.descriptor, token: "line")
        unplug(sensor)
        var buffer = [UInt8](repeating: 0, count: 16)
        var arrivals: [SerialPort.Arrival] = []
        for _ in 0..<3 where arrivals.last != .hangUp {
            #expect(try poller.wait(timeout: .seconds(2)))
            arrivals.append(buffer.withUnsafeMutableBytes { port.read(into: $0) })
        }
        #expect(arrivals.last == .hangUp)
    }

    @Test func itIsOursAlone() throws {
        let sensor = try PseudoTerminal.open()
        let port = try SerialPort.open(sensor.path, baud: 115_200)
        let error = systemError { () throws(SystemError) in
            _ = try SerialPort.open(sensor.path, baud: 115_200).path
        }
        #expect(error?.number == EBUSY)
        _ = port.descriptor
    }

    @Test func aBusyLineNamesItsHolder() throws {
        let sensor = try PseudoTerminal.open()
        // Another process holds the lock, as pyserial and friends do: our own would not be named.
        let child = try HolderProcess(holding: sensor.path)
        let error = systemError { () throws(SystemError) in
            _ = try SerialPort.open(sensor.path, baud: 115_200).path
        }
        #expect(error?.number == EBUSY)
        let holder = PortHolder.find(sensor.path)
        #expect(holder?.process == child.process)
        #expect(error?.description.contains("(process \(child.process)) has it open") == true)
    }

    @Test func whatIsNoLineIsRefused() throws {
        for path in ["/dev/null", "/etc/passwd", "/proc/self/status"] {
            let error = systemError { () throws(SystemError) in _ = try SerialPort.open(path, baud: 9600).path
            }
            #expect(error?.number == ENOTTY || error?.number == EACCES, "\(path)")
        }
        let error = systemError { () throws(SystemError) in
            _ = try SerialPort.open("/dev/ttyNONE", baud: 9600).path
        }
        #expect(error?.number == ENOENT)
        #expect(
            error?.description
                == "cannot open /dev/ttyNONE: no such file or directory (open); no such device is plugged in")
    }

    @Test func anyRateCanBeAskedFor() throws {
        let sensor = try PseudoTerminal.open()
        let port = try SerialPort.open(sensor.path, baud: 921_600)
        for baud in [9600, 57_600, 123_456, 230_400, 3_000_000] {
            try port.setBaud(baud)
            let actual = port.actualBaud
            #expect(actual == baud)
        }
    }

    @Test func aHundredReplugsLeakNothing() throws {
        let before = openTerminals()
        var poller = try Poller<Int>.open()
        var buffer = [UInt8](repeating: 0, count: 4096)
        var during = 0
        for round in 0..<100 {
            let sensor = try PseudoTerminal.open()
            let port = try SerialPort.open(sensor.path, baud: 115_200)
            let registration = try poller.add(port.descriptor, token: round)
            try sensor.send([UInt8(round), 0xFE])
            #expect(try poller.wait(timeout: .seconds(2)))
            #expect(poller.next()?.token == round)
            #expect(buffer.withUnsafeMutableBytes { port.read(into: $0) } == .bytes(2))
            #expect(buffer[0] == UInt8(round))
            unplug(sensor)
            #expect(try poller.wait(timeout: .seconds(2)))
            #expect(poller.next()?.isHungUp == true)
            #expect(buffer.withUnsafeMutableBytes { port.read(into: $0) } == .hangUp)
            poller.remove(registration)
            during = max(during, openTerminals())
        }
        // Other tests run at the same time: a leak would be a hundred, their business is a handful.
        #expect(during < before + 20)
    }

    @Test func backoffGrowsToHalfAMinute() {
        var backoff = Backoff()
        #expect((0..<7).map { _ in backoff.next().seconds } == [1, 2, 4, 8, 16, 30, 30])
        backoff.succeed()
        #expect(backoff.next() == .seconds(1))
    }
}

private func unplug(_ sensor: consuming PseudoTerminal) {}

/// A process that has a line open and locked until this value is gone.
private struct HolderProcess: ~Copyable {
    let process: pid_t
    private let input: Int32

    init(holding path: String) throws {
        // The lock is taken here and handed down with the descriptor, so nothing has to be waited for.
        let line = OwnedDescriptor(owning: open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC))
        #expect(flock(line.number, LOCK_EX | LOCK_NB) == 0)
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        for end in ends { #expect(fcntl(end, F_SETFD, FD_CLOEXEC) == 0) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        posix_spawn_file_actions_adddup2(&actions, line.number, 3)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("cat"), nil]
        defer { arguments.forEach { free($0) } }
        var child: pid_t = 0
        #expect(posix_spawn(&child, "/bin/cat", &actions, nil, &arguments, nil) == 0)
        close(ends[0])
        process = child
        input = ends[1]
    }

    deinit {
        close(input)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }
}
