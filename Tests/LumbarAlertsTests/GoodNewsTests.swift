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
            day.sit(from: at(start), at: at(start + length), ongoing: false)
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
                day.sit(from: at(start), at: at(start + 30 + delay), ongoing: false)
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

    @Test func aMovingStart() {
        func start(_ bouts: [(Int64, Int64)], until end: Int64 = 125) -> Diary {
            var day = Diary(.allOn)
            for (start, length) in bouts {
                day.sit(from: at(start), at: at(start + length), ongoing: false)
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
