import CLinux
import Glibc
import LumbarCore
import Testing

@testable import LumbarLinux

@Suite struct TimeTests {
    @Test func theTimerFiresAtItsMomentAndNotBefore() throws {
        var poller = try Poller<Int>.open()
        var timer = try WakeTimer.open()
        _ = try poller.add(timer.descriptor, token: 1)
        timer.set(BootClock.now() + .hours(1))
        #expect(try poller.wait(timeout: .zero) == false)
        let due = BootClock.now() + .milliseconds(20)
        timer.set(due)
        #expect(timer.due == due)
        #expect(try poller.wait(timeout: .seconds(5)))
        #expect(BootClock.now() >= due)
        timer.acknowledge()
        #expect(timer.due == nil)
        #expect(try poller.wait(timeout: .zero) == false)
    }

    @Test func aMomentInThePastFiresAtOnce() throws {
        var poller = try Poller<Int>.open()
        var timer = try WakeTimer.open()
        _ = try poller.add(timer.descriptor, token: 1)
        for moment in [Instant.zero, Instant(nanoseconds: -5), BootClock.now()] {
            timer.set(moment)
            #expect(try poller.wait(timeout: .seconds(5)))
            timer.acknowledge()
        }
        timer.set(BootClock.now())
        timer.set(nil)
        #expect(try poller.wait(timeout: .zero) == false)
    }

    @Test func theClockIsNotSetDuringATest() throws {
        let watch = try ClockSetWatch.open()
        #expect(watch.acknowledge() == false)
        var poller = try Poller<Int>.open()
        _ = try poller.add(watch.descriptor, token: 1)
        #expect(try poller.wait(timeout: .zero) == false)
    }

    @Test func theBootHasAName() {
        let name = BootClock.bootID()
        #expect(name.utf8.count == 36)
        #expect(name == BootClock.bootID())
    }

    @Test func anAnchorTiesTheClocks() {
        let anchor = WallClockReader.anchor()
        let wall = WallTime(BootClock.read(CLOCK_REALTIME))
        let predicted = anchor.wall(at: BootClock.now())
        #expect(abs(wall.nanoseconds - predicted.nanoseconds) < 1_000_000_000)
    }

    @Test(arguments: [
        ("/usr/share/zoneinfo/Europe/Amsterdam", "Europe/Amsterdam"), ("../usr/share/zoneinfo/UTC", "UTC"),
        ("/usr/share/zoneinfo/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"), ("/etc/zone", nil),
        ("/usr/share/zoneinfo", nil),
    ])
    func theZoneIsNamedByItsPath(path: String, name: String?) {
        #expect(WallClockReader.zoneName(fromPath: path) == name)
    }
}

/// These set TZ, which belongs to the process: one after the other.
@Suite(.serialized) struct ZoneRuleTests {
    @Test(arguments: [
        // zone rules as POSIX text need no zone database: 2026-03-29 01:00 UTC and 2026-10-25 01:00 UTC
        ("CET-1CEST,M3.5.0,M10.5.0/3", 1_767_225_600, 3600, 1_774_746_000, 7200),
        ("CET-1CEST,M3.5.0,M10.5.0/3", 1_780_000_000, 7200, 1_792_890_000, 3600),
        // Lord Howe: half an hour; the southern summer ends on 2026-04-05 at 02:00 (+11:00)
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 1_767_225_600, 39_600, 1_775_314_800, 37_800),
        // a change exactly at local midnight, as in Sao Paulo in 2018
        ("<-03>3<-02>,M11.1.0/0,M2.3.0/0", 1_535_760_000, -10_800, 1_541_300_400, -7200),
    ])
    func theNextChangeIsFoundToTheSecond(tz: String, now: Int, offset: Int, change: Int, after: Int) {
        let rule = withZone(tz) { WallClockReader.rule(at: WallTime(unixSeconds: Int64(now))) }
        #expect(rule.offsetSeconds == offset)
        #expect(rule.change == WallTime(unixSeconds: Int64(change)))
        #expect(rule.offsetAfterSeconds == after)
        #expect(rule.name == tz)
    }

    @Test func aZoneWithoutSummerTimeHasNoChange() {
        let rule = withZone("<+0545>-5:45") { WallClockReader.rule(at: WallTime(unixSeconds: 1_767_225_600)) }
        #expect(rule == ZoneRule(name: "<+0545>-5:45", offsetSeconds: 20_700))
    }

    private func withZone<Result>(_ tz: String, _ body: () -> Result) -> Result {
        let old = getenv("TZ").map { String(cString: $0) }
        setenv("TZ", tz, 1)
        defer {
            if let old { setenv("TZ", old, 1) } else { unsetenv("TZ") }
            tzset()
        }
        return body()
    }
}
