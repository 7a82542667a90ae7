import CLinux
import Glibc
import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// A port that another program has when the daemon wants it.
@Suite(
    .serialized,
    .enabled(if: BuiltProgram.canRun && !UdevTestbed.isAvailable, "the programs cannot be started here"))
struct DaemonPortTests {
    /// A program that has a port to itself, as terminal programs do.
    private final class Holder {
        private let line: OwnedDescriptor

        init(_ path: String, isExclusive: Bool = false) throws {
            let number = try system("open", "open \(path)") { open(path, O_RDWR | O_NOCTTY | O_CLOEXEC) }
            line = OwnedDescriptor(owning: number)
            try system("flock", "lock \(path)") { flock(number, LOCK_EX | LOCK_NB) }
            if isExclusive { try system("TIOCEXCL", "claim \(path)") { clinux_set_exclusive(number, 1) } }
        }

        // A pseudo-terminal would stay exclusive for as long as its other end lives; a real line does not.
        deinit { _ = clinux_set_exclusive(line.number, 0) }
    }

    @Test(arguments: [false, true]) func aPortThatIsLetGoIsReadWithoutAReplug(isExclusive: Bool) throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            var holder: Holder? = try Holder(sensor.path, isExclusive: isExclusive)
            let attempts = try PortWatch.open()
            _ = attempts.watch(sensor.path)
            let daemon = try DaemonProcess(folder: folder, ["--device", sensor.path])
            #expect(daemon.waits(for: "(process \(getpid())) has it open. Trying again", in: "stderr"))
            if !isExclusive {
                // Attempts get rarer: after the third, the next is four seconds away, and must not be waited for.
                var count = 0
                #expect(
                    daemon.waits {
                        count += attempts.take().count
                        _ = attempts.watch(sensor.path)
                        return count >= 3
                    })
            }
            let freed = BootClock.now()
            withExtendedLifetime(holder) {}
            holder = nil
            #expect(daemon.waits(for: "attached", in: "transcript"))
            // By the clock alone the next attempt would come four seconds later.
            #expect(BootClock.now() - freed < .seconds(3.5))
            #expect(
                daemon.waits {
                    try? sensor.send(WitFrames.group(count: 5))
                    return daemon.text(of: "transcript").contains(" locked protocol=witmotion")
                })
            #expect(daemon.stop() == 0)
            #expect(daemon.count(of: "has it open", in: "stderr") == 1)
        }
    }

    /// Programs that open and close it again and again do not make the daemon do the same at their pace.
    @Test func aPortThatChangesHandsIsTriedOnceASecondAtMost() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let holder = try Holder(sensor.path)
            let daemon = try DaemonProcess(folder: folder, ["--device", sensor.path])
            #expect(daemon.waits(for: "has it open. Trying again", in: "stderr"))
            let (began, before) = (BootClock.now(), daemon.processorSeconds)
            while BootClock.now() - began < .seconds(2) {
                let other = open(sensor.path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
                close(other)
                poll(nil, 0, 1)
            }
            #expect(daemon.processorSeconds - before < 1)
            withExtendedLifetime(holder) {}
            #expect(daemon.count(of: "has it open", in: "stderr") == 1)
            #expect(daemon.stop() == 0)
        }
    }
}
