import CLinux
import Glibc
import LumbarCore
import Testing

@testable import LumbarLinux

@Suite struct MailboxTests {
    @Test func whatMustArriveArrivesInOrderUnderLoad() async throws {
        let mailbox = try Mailbox<Int>(capacity: 64)
        let total = 200_000
        let reader = Task.detached { () -> (kept: [Int], offered: Int) in
            var kept: [Int] = []
            var offered = 0
            while kept.last != total {
                mailbox.wait(timeout: .seconds(10))
                let batch = mailbox.take()
                if batch.isEmpty { break }
                kept += batch.filter { $0 > 0 }
                offered += batch.count { $0 < 0 }
            }
            return (kept, offered)
        }
        var accepted = 0
        for number in 1...total {
            // A droppable message beside each that is not: the negative ones.
            if mailbox.offer(-number) { accepted += 1 }
            mailbox.send(number)
        }
        let (kept, offered) = await reader.value
        #expect(kept.count == total)
        #expect(zip(kept, 1...total).allSatisfy { $0 == $1 })
        #expect(offered == accepted)
        #expect(mailbox.takeDropped() == total - accepted)
    }

    @Test func onlyWhatMayBeDroppedIsBounded() throws {
        let mailbox = try Mailbox<String>(capacity: 2)
        #expect(mailbox.offer("a"))
        mailbox.send("episode")
        #expect(mailbox.offer("b"))
        #expect(mailbox.offer("c") == false)
        mailbox.send("alert")
        #expect(mailbox.takeDropped() == 1)
        #expect(mailbox.takeDropped() == 0)
        #expect(mailbox.take() == ["a", "episode", "b", "alert"])
        #expect(mailbox.offer("d"))
    }

    @Test func theBellRingsWhileMessagesWait() throws {
        var poller = try Poller<Int>.open()
        let mailbox = try Mailbox<Int>(capacity: 1)
        _ = try poller.add(mailbox.descriptor, token: 0)
        #expect(try poller.wait(timeout: .zero) == false)
        mailbox.send(1)
        mailbox.send(2)
        #expect(try poller.wait(timeout: .zero))
        #expect(mailbox.take() == [1, 2])
        #expect(try poller.wait(timeout: .zero) == false)
    }
}
