import CLinux
import Glibc
import LumbarCore
import Testing

@testable import LumbarLinux

@Suite struct PollerTests {
    @Test func aStaleEventNeverReachesTheNewcomer() throws {
        var poller = try Poller<String>.open()
        let first = try Bell()
        let second = try Bell()
        let firstRegistration = try poller.add(first.descriptor, token: "first")
        let secondRegistration = try poller.add(second.descriptor, token: "second")
        first.ring()
        second.ring()
        #expect(try poller.wait(timeout: .zero))
        let served = try #require(poller.next()?.token)
        // While one is served, the other goes away and a newcomer takes its place in the table.
        poller.remove(served == "first" ? secondRegistration : firstRegistration)
        let newcomer = try Bell()
        _ = try poller.add(newcomer.descriptor, token: "newcomer")
        #expect(poller.next() == nil)
        newcomer.ring()
        #expect(try poller.wait(timeout: .zero))
        var tokens: [String] = []
        while let event = poller.next() { tokens.append(event.token) }
        #expect(tokens.sorted() == ["newcomer", served].sorted())
    }

    @Test func removingTwiceHurtsNobody() throws {
        var poller = try Poller<Int>.open()
        let bell = try Bell()
        let registration = try poller.add(bell.descriptor, token: 1)
        poller.remove(registration)
        let again = try poller.add(bell.descriptor, token: 2)
        poller.remove(registration)
        bell.ring()
        #expect(try poller.wait(timeout: .zero))
        #expect(poller.next()?.token == 2)
        poller.remove(again)
        #expect(try poller.wait(timeout: .zero) == false)
    }

    @Test func moreEventsThanOneWaitHoldsAllArrive() throws {
        var poller = try Poller<Int>.open()
        var bells: [Int32] = []
        defer { bells.forEach { close($0) } }
        for token in 0..<100 {
            bells.append(eventfd(1, Int32(EFD_NONBLOCK | EFD_CLOEXEC)))
            _ = try poller.add(bells[token], token: token)
        }
        var seen: [Bool] = Array(repeating: false, count: 100)
        for _ in 0..<100 where seen.contains(false) {
            #expect(try poller.wait(timeout: .seconds(2)))
            while let event = poller.next() {
                var count: UInt64 = 0
                read(bells[event.token], &count, 8)
                seen[event.token] = true
            }
        }
        #expect(!seen.contains(false))
    }

    @Test func aClosedDescriptorIsRefused() throws {
        var poller = try Poller<Int>.open()
        let error = systemError { () throws(SystemError) in _ = try poller.add(-1, token: 1) }
        #expect(error?.number == EBADF)
    }
}

private struct Bell: ~Copyable {
    private let owned: OwnedDescriptor
    init() throws { owned = OwnedDescriptor(owning: eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))) }
    var descriptor: Int32 { owned.number }
    func ring() {
        var one: UInt64 = 1
        write(owned.number, &one, 8)
    }
}
