import CLinux
import Glibc
import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarLinux

@Suite struct JournalTests {
    @Test func anEntryIsItsFieldsAsBytes() {
        let entry = Journal.assemble(
            "Seated for 30 minutes.\nStand up.", priority: 4, identifier: "lumbard",
            messageID: "0123456789abcdef0123456789abcdef", fields: [.init("LUMBARD_EVENT", "sitting")])
        #expect(
            entry.map { String(decoding: $0, as: UTF8.self) } == [
                "MESSAGE=Seated for 30 minutes.\nStand up.", "PRIORITY=4", "SYSLOG_IDENTIFIER=lumbard",
                "MESSAGE_ID=0123456789abcdef0123456789abcdef", "LUMBARD_EVENT=sitting",
            ])
    }

    @Test func aFieldCannotBeForged() {
        let entry = Journal.assemble(
            "m", priority: 99, identifier: "lumbard", messageID: nil,
            fields: [
                .init("_UID", "0"), .init("bad", ""), .init("A=B", ""), .init("", ""),
                .init("OK_1", "a\nPRIORITY=0"),
            ])
        #expect(
            entry.map { String(decoding: $0, as: UTF8.self) }
                == ["MESSAGE=m", "PRIORITY=7", "SYSLOG_IDENTIFIER=lumbard", "OK_1=a\nPRIORITY=0"])
    }

    /// Whatever a device calls itself, journalctl shows text: no escape sequences, no binary data.
    @Test func namesOfDevicesAreHarmlessInEveryField() {
        var random = SplitMix64(seed: 3)
        for _ in 0..<500 {
            let name = HostileText.make(&random)
            let entry = Journal.assemble(
                name + ": unplugged.", priority: 5, identifier: "lumbard", messageID: nil,
                fields: [.init("LUMBARD_DEVICE", name), .init("LUMBARD_WEARER", name)])
            for field in entry {
                let text = String(decoding: field, as: UTF8.self)
                #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || Printable.isSafe($0) }, "\(field)")
            }
        }
    }

    @Test func theVectorsSpanTheFields() throws {
        let fields: [[UInt8]] = [
            Array("MESSAGE=a".utf8), Array("EMPTY=".utf8), Array("B=\u{0}\n\u{FF}".utf8),
        ]
        var ends: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0, &ends) == 0)
        let near = OwnedDescriptor(owning: ends[0])
        let far = OwnedDescriptor(owning: ends[1])
        let sent = Journal.withVectors(fields) { writev(near.number, $0.baseAddress, Int32($0.count)) }
        #expect(sent == fields.reduce(0) { $0 + $1.count })
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = read(far.number, &buffer, buffer.count)
        #expect(Array(buffer[..<max(count, 0)]) == fields.flatMap { $0 })
    }
}
