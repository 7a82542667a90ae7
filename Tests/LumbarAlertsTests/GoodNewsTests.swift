import LumbarAlerts
import LumbarCore
import Testing

@Suite struct GoodNewsTests {
    private func past(_ minutes: [Double], worn: Double = 8) -> [DailySummary] {
        minutes.map { longest in
            var day = DailySummary(wearer: .sole, date: nil, start: at(0), end: at(1440), isComplete: true)
            day.postureSeconds[Posture.sitting.index] = worn * 3600
            day.longestSittingSeconds = longest * 60
            return day
        }
    }

    /// A day from nine to six with bouts of so many minutes, told at its evening.
    private func evening(_ bouts: [Int64], after days: [DailySummary], hours: Int64 = 9) -> Diary {
        var day = Diary(.allOn)
        day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 9), at: at(0))
        day.policy.recentDays(days)
        var start: Int64 = 5
        for length in bouts {
            day.sit(from: at(start), at: at(start + length))
            day.rise(from: at(start), at: at(start + length))
            start += length + 10
        }
        for minute in 1...(hours * 60 + 1) { day.minute(to: at(minute), sitting: 60) }
        return day
    }

    @Test func shorterSitsThanOnOtherDays() {
        let usual = past([80, 60, 70])
        let day = evening([40, 31, 20], after: usual)
        let news = day.alerts.filter { $0.rule == .goodNews }
        #expect(
            news.map(\.message) == ["Your longest sit today took 40 minutes, usually 70 minutes. Carry on."])
        #expect(news.first?.time == at(541))
        func saysSo(_ bouts: [Int64], _ days: [DailySummary], hours: Int64 = 9) -> Bool {
            evening(bouts, after: days, hours: hours).alerts.contains { $0.reason?.clause == "longest_sit" }
        }
        #expect(saysSo([40, 31, 20], usual))
        #expect(!saysSo([66, 31, 20], usual), "not by five minutes")
        #expect(!saysSo([40, 31, 20], past([80, 60])), "two days are no habit")
        #expect(!saysSo([40, 31, 20], past([80, 60, 70], worn: 2)), "hardly worn")
        #expect(!saysSo([40, 31, 20], usual, hours: 8), "the day is not over")
    }

    @Test func breaksSoonAfterReminders() {
        func day(_ delays: [Int64]) -> Diary {
            var settings = AlertSettings.allOn
            settings.nudgesPerHour = 10
            var day = Diary(settings)
            var start: Int64 = 0
            for delay in delays {
                day.sit(from: at(start), at: at(start + 10))
                day.rise(from: at(start), at: at(start + 30 + delay))
                start += 30 + delay + 10
            }
            return day
        }
        #expect(
            day([2, 1, 3]).alerts.last?.message
                == "3 of 3 reminders led to a break within 5 minutes. Carry on like that.")
        #expect(!day([2, 1, 6]).rules.contains(.goodNews))
        #expect(!day([2, 1]).rules.contains(.goodNews))
    }

    /// How a bout ended.
    private enum End: CaseIterable { case rise, cut, takenOff }

    private func ended(_ end: End, _ day: inout Diary, from start: Int64, at minute: Int64) {
        day.posture(.sitting, from: at(start), at: at(start))
        day.sit(from: at(start), at: at(start + 20))
        switch end {
        case .rise: day.rise(from: at(start), at: at(minute))
        case .cut:
            day.sit(from: at(start), at: at(minute), ongoing: false)
            day.policy.lost(at: at(minute))
            day.policy.connected(at: at(minute, 5))
        case .takenOff:
            day.posture(.notWorn, from: at(minute), at: at(minute + 1))
            day.rise(from: at(start), at: at(minute))
            day.posture(.notWorn, from: at(minute), at: at(minute + 2), ongoing: false)
        }
    }

    /// What ends with the data, because the sensor was unplugged, stalled or taken off, is no break that anybody saw.
    @Test func onlyABreakThatWasSeenIsOne() {
        for end in End.allCases {
            var settings = AlertSettings.allOn
            settings.nudgesPerHour = 10
            var day = Diary(settings)
            for start in [Int64(0), 50, 100] { ended(end, &day, from: start, at: start + 32) }
            day.advance(to: at(150))
            #expect(day.alerts.count { $0.rule == .sitting && $0.tier != .notice } == 3)
            #expect(day.rules.contains(.goodNews) == (end == .rise), "\(end)")
        }
        // A link that stalls while somebody gets up a minute later.
        var settings = AlertSettings.allOn
        settings.nudgesPerHour = 10
        var day = Diary(settings)
        for start in [Int64(0), 50, 100] {
            ended(.cut, &day, from: start, at: start + 31)
            day.rise(from: at(start + 31), at: at(start + 33))
        }
        #expect(day.rules.contains(.goodNews))
    }

    /// Two hours seated, on a link that drops now and then, are no six short bouts.
    @Test func whatAStallCutsToPiecesIsOneSit() {
        func said(_ end: End, risesBetween: Bool) -> [String] {
            var day = Diary(.allOn)
            day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 9), at: at(0))
            day.policy.recentDays(past([80, 70, 75]))
            for start in stride(from: Int64(2), to: 118, by: 24) {
                ended(end, &day, from: start, at: start + 20)
                guard risesBetween else { continue }
                day.posture(.standing, from: at(start + 21), at: at(start + 21, 5))
                day.posture(.standing, from: at(start + 21), at: at(start + 22, 10), ongoing: false)
            }
            day.posture(.standing, from: at(121), at: at(121))
            for minute in Int64(1)...541 { day.minute(to: at(minute), sitting: 60) }
            return day.alerts.filter { $0.rule == .goodNews }.compactMap { $0.reason?.clause }
        }
        #expect(said(.rise, risesBetween: false) == ["moving_start", "longest_sit"])
        #expect(said(.cut, risesBetween: false) == [])
        #expect(said(.takenOff, risesBetween: false) == [])
        #expect(said(.cut, risesBetween: true) == ["moving_start", "longest_sit"])
    }

    /// The bout before the last break is no part of the present one.
    @Test func aNewBoutBeginsAtNothing() {
        var day = Diary(.allOn)
        day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 9), at: at(0))
        day.policy.recentDays(past([80, 60, 70]))
        for start in [Int64(100), 200, 490] {
            day.posture(.sitting, from: at(start), at: at(start))
            day.sit(from: at(start), at: at(start + 40))
            day.posture(.walking, from: at(start + 40), at: at(start + 40, 5))
            day.rise(from: at(start), at: at(start + 40))
        }
        day.posture(.sitting, from: at(532), at: at(532))
        for minute in Int64(1)...541 { day.minute(to: at(minute), sitting: 60) }
        let news = day.alerts.first { $0.reason?.clause == "longest_sit" }
        #expect(news?.message == "Your longest sit today took 40 minutes, usually 70 minutes. Carry on.")
    }

    @Test func breaksOfBeforeARestartCount() {
        var settings = AlertSettings.allOn
        settings.nudgesPerHour = 10
        var before = Diary(settings)
        var bouts: [Episode] = []
        for start in [Int64(0), 40, 80] {
            before.sit(from: at(start), at: at(start + 20))
            before.advance(to: at(start + 32))
            bouts.append(
                Episode(
                    .sitting(SittingBout(seatedSeconds: 1920, posturalShifts: 0)), start: at(start),
                    end: at(start + 32), decided: at(start + 33), confidence: 1))
            before.tell(bouts[bouts.count - 1], at: at(start + 33))
        }
        #expect(before.rules.last == .goodNews)
        var after = Diary(settings)
        after.policy.restore(before.alerts.filter { $0.rule != .goodNews }, episodes: bouts, at: at(130))
        after.rise(from: at(140), at: at(150))
        #expect(
            after.alerts.map(\.message) == [
                "3 of 3 reminders led to a break within 5 minutes. Carry on like that."
            ])
        // Taken off at the end of each, which only the posture says.
        let off = bouts.map { bout in
            Episode(
                .posture(.notWorn), start: bout.end, end: bout.end + .minutes(3), decided: bout.decided,
                confidence: 1)
        }
        var unseen = Diary(settings)
        unseen.policy.restore(
            before.alerts.filter { $0.rule != .goodNews }, episodes: bouts + off, at: at(130))
        unseen.rise(from: at(140), at: at(150))
        #expect(unseen.alerts.isEmpty)
    }

    @Test func aMovingStart() {
        func start(_ bouts: [(Int64, Int64)], until end: Int64 = 125) -> Diary {
            var day = Diary(.allOn)
            for (start, length) in bouts {
                day.rise(from: at(start), at: at(start + length))
            }
            for minute in Int64(1)...end { day.minute(to: at(minute), sitting: 40, standing: 20) }
            return day
        }
        let good = start([(0, 25), (30, 29), (70, 20)])
        #expect(good.lines == ["121:00 good_news notice #1 x1"])
        #expect(start([(0, 25), (30, 31)]).lines.isEmpty)
        #expect(start([(0, 25)]).lines.isEmpty, "one bout is no habit")
        #expect(start([(0, 25), (30, 29)], until: 119).lines.isEmpty)
    }

    @Test func twiceADayAtMostAndEachOnce() {
        var day = evening([20, 25, 29], after: past([80, 60, 70]), hours: 12)
        for minute in Int64(740)...900 { day.minute(to: at(minute), sitting: 60) }
        #expect(
            day.alerts.filter { $0.rule == .goodNews }.map { $0.reason?.clause } == [
                "moving_start", "longest_sit",
            ])
    }
}
