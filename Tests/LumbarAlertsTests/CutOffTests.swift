import LumbarAlerts
import LumbarCore
import Testing

/// Something goes on, and no last record says that it is over: nothing of it is told later.
@Suite struct CutOffTests {
    /// What goes on at minute 5, told by nobody because of a snooze, and the rule it is about.
    struct Ongoing: CustomTestStringConvertible, Sendable {
        var rule: AlertRule
        var begin: @Sendable (inout Diary) -> Void

        init(_ rule: AlertRule, _ begin: @escaping @Sendable (inout Diary) -> Void) {
            self.rule = rule
            self.begin = begin
        }

        var testDescription: String { rule.rawValue }

        static let all = [
            Ongoing(.sustainedFlexion) { $0.bent(from: at(3), to: at(5), budget: 1.2) },
            Ongoing(.endRange) { $0.bend(to: at(5), lasting: 20, share: 0.8, endRange: 10, ongoing: true) },
            Ongoing(.repeatedBends) { $0.bend(to: at(5), perMinute: 4) },
            Ongoing(.sitting) { $0.sit(from: at(-40), at: at(5)) },
            Ongoing(.standing) { $0.posture(.standing, from: at(-60), at: at(5)) },
            Ongoing(.riding) { $0.ride(from: at(-70), at: at(5)) },
            Ongoing(.offBody) { $0.posture(.notWorn, from: at(-130), at: at(5)) },
            Ongoing(.untrusted) { $0.policy.setTrust(.moved, at: at(-20)) },
            Ongoing(.staleUpright) { $0.policy.setTrust(.stale, at: at(-40)) },
        ]

        /// Beside the macro a closure stops the compiler of Swift 6.0.
        static let restOnAngles = all.filter { ongoing in
            [.sustainedFlexion, .endRange, .repeatedBends].contains(ongoing.rule)
        }
    }

    /// By day and at noon, snoozed until minute 6.
    private func day(_ ongoing: Ongoing) -> Diary {
        var day = Diary(.allOn)
        day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 12), at: at(-130))
        day.policy.apply(.snooze(until: at(6), endsUpright: false), at: at(-130))
        ongoing.begin(&day)
        return day
    }

    /// The scripts would be told, if they were not cut off.
    @Test(arguments: Ongoing.all)
    func whatGoesOnIsToldAfterTheSnooze(ongoing: Ongoing) {
        var day = day(ongoing)
        day.advance(to: at(7))
        #expect(day.rules == [ongoing.rule])
    }

    @Test(arguments: Ongoing.all)
    func aSensorThatIsLostEndsIt(ongoing: Ongoing) {
        var day = day(ongoing)
        day.policy.lost(at: at(5, 30))
        day.policy.connected(at: at(7))
        day.posture(.standing, from: at(7), at: at(7, 10))
        day.advance(to: at(17))
        #expect(day.lines.isEmpty)
    }

    /// What rests on angles is forgotten with them, also when they count again before its last record comes.
    @Test(arguments: Ongoing.restOnAngles)
    func anglesThatDoNotCountEndIt(ongoing: Ongoing) {
        var day = day(ongoing)
        day.policy.setTrust(.moved, at: at(5, 30))
        day.policy.setTrust(.trusted, at: at(5, 50))
        day.advance(to: at(16))
        #expect(day.lines.isEmpty)
    }

    /// A bend that ends short of the limit that a profile has moved meanwhile is over.
    @Test func aProfileThatMovesTheLimitLeavesNothingBehind() {
        var day = Diary(.allOn)
        day.policy.apply(.snooze(until: at(6), endsUpright: false), at: at(0))
        day.bend(to: at(5), lasting: 20, share: 0.72, endRange: 10, ongoing: true)
        day.policy.apply(.profile(.flare), at: at(5, 1))
        day.bend(to: at(5, 2), lasting: 22, share: 0.4, endRange: 10)
        day.policy.apply(.profile(nil), at: at(5, 3))
        day.advance(to: at(20))
        #expect(day.lines.isEmpty)
    }

    /// A bend whose sensor was lost at its end still is news for a minute, as after any other end.
    @Test func theLastRecordThatComesWithTheLossIsToldAsEver() {
        var day = Diary(.allOn)
        day.posture(.walking, from: at(0), at: at(4))
        day.bent(from: at(3), to: at(5), budget: 1.2)
        day.bent(from: at(3), to: at(5, 10), budget: 1.2, ongoing: false)
        day.policy.lost(at: at(5, 10))
        day.advance(to: at(8))
        #expect(day.lines == ["5:10 sustained_flexion nudge #1 x1"])
    }

    @Test func aSensorPutOnAgainIsNoLongerOff() {
        var day = Diary(.allOn)
        day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 9), at: at(0))
        day.posture(.notWorn, from: at(10), at: at(15))
        day.posture(.notWorn, from: at(10), at: at(129), ongoing: false)
        day.advance(to: at(200))
        #expect(day.lines.isEmpty)
    }

    /// What a day's sums said is not told of the next day.
    @Test func newsOfYesterdayIsNotToldAfterMidnight() {
        func day(endingAt midnight: Instant?) -> Diary {
            var settings = AlertSettings.allOn
            settings.nudgesPerHour = 10
            var day = Diary(settings)
            for start in [Int64(0), 40, 80] {
                day.sit(from: at(start), at: at(start + 10))
                if start == 80 { day.posture(.walking, from: at(100), at: at(111)) }
                day.rise(from: at(start), at: at(start + 31))
            }
            if let midnight { day.policy.beginDay(at: midnight) }
            day.posture(.walking, from: at(100), at: at(112, 30), ongoing: false)
            day.posture(.standing, from: at(112, 30), at: at(112, 34))
            day.advance(to: at(130))
            return day
        }
        #expect(day(endingAt: nil).rules.contains(.goodNews), "it waits for its wearer to stand still")
        #expect(!day(endingAt: at(112, 20)).rules.contains(.goodNews))
    }
}
