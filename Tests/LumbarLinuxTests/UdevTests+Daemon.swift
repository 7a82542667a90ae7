import Glibc
import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarLinux

extension UdevTests {
    /// The real program with a udev as `umockdev-wrapper` emulates it: nothing has to be waited for but the program
    /// itself, since news of devices wakes it. Inside the other suite, as there is one emulation at a time.
    @Suite(.serialized, .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
    struct DaemonTests {
        /// As on a desk: out of one socket, into the next, on another line each time.
        @Test func aSensorThatIsPluggedInAnewIsKnownEachTimeWithTheSameDescriptors() throws {
            let testbed = try #require(UdevTestbed())
            testbed.leaveTerminalsAlone()
            try withFolder { folder in
                let file = try PrivateFile.create(folder + "/lumbard.conf")
                try file.write("[sensor usb-Silicon_Labs_CP2102_A10K4F-if00]\n")
                let daemon = try DaemonProcess(
                    folder: folder, ["--config", folder + "/lumbard.conf"], usesUdev: true)
                #expect(daemon.waits(for: "Watching. Waiting for a sensor.", in: "stderr"))
                var descriptors: Set<Int> = []
                for round in 1...20 {
                    let sensor = try PseudoTerminal.open()
                    var converter = FakeSerial.numbered(
                        "A10K4F", port: "1.\(1 + round % 4)", number: round % 3)
                    converter.properties.append(("ID_LUMBARD_CANDIDATE", "1"))
                    testbed.plug(converter, line: sensor.path)
                    try #require(
                        daemon.waits { daemon.holds(sensor.path) }, "\(round): \(daemon.text(of: "stderr"))")
                    // A line is emptied when it is opened: as a sensor, go on until somebody listens.
                    try #require(
                        daemon.waits {
                            try? sensor.send(WitFrames.group(count: 5))
                            return daemon.count(of: " locked protocol=witmotion", in: "transcript") == round
                        })
                    // Not counting sockets: the emulation leaves one behind for each line that is opened.
                    let open = daemon.openFiles.filter { !$0.hasPrefix("socket:") }
                    descriptors.insert(open.count)
                    testbed.announce("remove", port: converter.port, number: converter.number)
                    testbed.remove(port: converter.port, number: converter.number)
                    try #require(daemon.waits(for: "detached readings=", in: "transcript", times: round))
                }
                #expect(descriptors.count == 1, "\(descriptors)")
                #expect(daemon.stop() == 0)
                let name = "device usb-Silicon_Labs_CP2102_A10K4F-if00 attached"
                #expect(daemon.count(of: name, in: "transcript") == 20)
            }
        }

        /// A board whose maker left out the units: said while it is listened to, and once.
        @Test func wordsThatCannotBeReadAreSaidBeforeItIsLetGo() throws {
            let testbed = try #require(UdevTestbed())
            testbed.leaveTerminalsAlone()
            try withFolder { folder in
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true)
                #expect(daemon.waits(for: "Watching. Waiting for a sensor.", in: "stderr"))
                let board = try PseudoTerminal.open()
                testbed.plug(.wit(port: "1.1", number: 0), line: board.path)
                try #require(daemon.waits { daemon.holds(board.path) })
                try #require(
                    daemon.waits {
                        try? board.send(Array("t_s,ax,ay,az\r\n1,0,0,1\r\n".utf8))
                        return daemon.count(of: "cannot be read", in: "stderr") > 0
                    })
                let reason =
                    "what it sends cannot be read: column ax has no unit: write ax_g, ax_mg or ax_mps2"
                #expect(daemon.count(of: "USB Serial on \(board.path): \(reason)", in: "stderr") == 1)
                #expect(daemon.waits(for: "let go. Plug it in again when that is put right.", in: "stderr"))
                #expect(daemon.stop() == 0)
                #expect(daemon.count(of: "cannot be read", in: "stderr") == 1)
                #expect(!daemon.text(of: "transcript").contains("attached"))
            }
        }
    }
}
