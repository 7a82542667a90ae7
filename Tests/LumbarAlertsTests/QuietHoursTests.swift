import LumbarAlerts
import LumbarCore
import LumbarSettings
import Testing

@Suite struct QuietHoursTests {
    private func settings(_ text: String) -> (AlertSettings, [String]) {
        let settings = AlertSettings()
        var loader = ConfigLoader(sections: [settings])
        loader.load([(path: "f", text: "[alerts]\nquiet_hours=\(text)\n")])
        return (settings, loader.errors.map(\.description))
    }

    @Test func spansAreReadAndWritten() throws {
        let (settings, errors) = settings(
            "mon-fri 22:00-07:00, Sat 23:30-9:00, fri-sun 12:00-13:00, 00:00-24:00")
        #expect(errors.isEmpty)
        #expect(
            settings.quietHours == [
                QuietSpan(days: [true, true, true, true, true, false, false], from: 1320, to: 420),
                QuietSpan(days: [false, false, false, false, false, true, false], from: 1410, to: 540),
                QuietSpan(days: [false, false, false, false, true, true, true], from: 720, to: 780),
                QuietSpan(from: 0, to: 1440),
            ])
        #expect(
            settings.quietHours.map { QuietSpan.text($0, unit: .none) } == [
                "mon-fri 22:00-07:00", "sat 23:30-09:00", "fri-sun 12:00-13:00", "00:00-24:00",
            ])
    }

    @Test func whatCannotBeReadIsSaidWithWhatToDo() {
        func error(_ text: String) -> String { settings(text).1.first ?? "" }
        #expect(
            error("mon-fri")
                == #"f:2: alerts.quiet_hours: "mon" is not a time of day; write it as 07:00 or 22:30"#)
        #expect(
            error("mom 22:00-07:00").contains(
                #""mom" is none of mon, tue, wed, thu, fri, sat, sun; did you mean mon?"#))
        #expect(error("mon 22:00").contains(#""22:00" is not a time to a time; write it as 22:00-07:00"#))
        #expect(
            error("mon 25:00-07:00").contains(#""25:00" is not a time of day; write it as 07:00 or 22:30"#))
        #expect(error("mon 22:60-07:00").contains("is not a time of day"))
        #expect(error("mon 24:01-07:00").contains("is not a time of day"))
        #expect(error("mon +1:00-07:00").contains("is not a time of day"))
        #expect(error("22:00-22:00").contains("begins when it ends; for a whole day write 00:00-24:00"))
        #expect(
            error("mon tue 22:00-07:00").contains("is not quiet hours; write them as mon-fri 22:00-07:00"))
        #expect(error("mon-tue-wed 22:00-07:00").contains("is no weekday"))
        // Errors go to a terminal and to the journal.
        for text in ["m\u{1B}[31m 22:00-07:00", "mon \u{202E}-07:00", "\u{1B}", "a-b-\u{1B} 22:00-07:00"] {
            #expect(error(text).unicodeScalars.allSatisfy { Printable.isSafe($0) })
            #expect(!error(text).isEmpty)
        }
    }

    /// A bout that reaches its steps all day long.
    private func quiet(_ spans: [QuietSpan]) -> Diary {
        var settings = AlertSettings()
        settings.quietHours = spans
        return Diary(settings)
    }

    @Test func nothingIsSaidAcrossMidnightAndWhatHoldsIsToldAfterwards() {
        // Tuesday evening at ten; it is 21:40 at the start.
        var day = quiet([
            QuietSpan(days: [false, true, false, false, false, false, false], from: 1320, to: 420)
        ])
        day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 21, minute: 40), at: at(0))
        day.sit(from: at(0), at: at(1))
        day.lift(at: at(30))
        day.fall(at: at(100), told: at(100, 5))
        #expect(day.policy.nextDeadline == at(20 + 9 * 60))
        day.advance(to: at(600))
        #expect(day.lines == ["100:05 fall urgent #1 x1", "560:00 sitting nudge #1 x1"])
        // On other days it is not quiet.
        var friday = quiet([
            QuietSpan(days: [false, true, false, false, false, false, false], from: 1320, to: 420)
        ])
        friday.policy.setAnchor(Amsterdam.anchor(day: 23, hour: 21, minute: 40), at: at(0))
        friday.sit(from: at(0), at: at(1))
        friday.advance(to: at(26))
        #expect(friday.lines == ["25:00 sitting notice #1 x1"])
    }

    @Test func withoutAClockThereAreNoQuietHours() {
        var day = quiet([QuietSpan(from: 0, to: 1440)])
        day.sit(from: at(0), at: at(1))
        day.advance(to: at(26))
        #expect(day.lines == ["25:00 sitting notice #1 x1"])
        day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 12), at: at(26))
        day.advance(to: at(3000))
        #expect(day.lines.count == 1, "a whole day follows on another")
    }

    @Test func quietHoursEndAnHourLaterWhenTheClockIsSetBack() {
        // Saturday 24 October at 23:00, quiet from 23:30 to 07:00: eight and a half hours that night.
        var day = quiet([QuietSpan(from: 1410, to: 420)])
        day.policy.setAnchor(Amsterdam.anchor(day: 24, hour: 23), at: at(0))
        day.sit(from: at(0), at: at(10))
        day.advance(to: at(26))
        day.advance(to: at(700))
        #expect(day.lines == ["25:00 sitting notice #1 x1", "540:00 sitting nudge #2 x1"])
        // Ends within the hour that comes twice: at its second time.
        var twice = quiet([QuietSpan(from: 1410, to: 150)])
        twice.policy.setAnchor(Amsterdam.anchor(day: 24, hour: 23), at: at(0))
        twice.sit(from: at(0), at: at(10))
        twice.advance(to: at(700))
        #expect(twice.lines.last == "270:00 sitting nudge #2 x1")
    }

    @Test func aClockThatIsSetMovesTheQuietHours() {
        var day = quiet([QuietSpan(from: 1320, to: 420)])
        day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 22), at: at(0))
        day.sit(from: at(0), at: at(20))
        day.advance(to: at(40))
        #expect(day.lines.isEmpty)
        // It was noon in truth.
        day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 12, minute: 40, at: at(40)), at: at(40))
        day.advance(to: at(41))
        #expect(day.lines == ["40:00 sitting nudge #1 x1"])
    }

    @Test func quietGoesOnUntilTheWearerIsUp() {
        var settings = AlertSettings.allOn
        settings.quietHours = [QuietSpan(from: 1320, to: 420)]
        settings.quietUntilUpright = true
        func morning(_ script: (inout Diary) -> Void) -> [String] {
            var day = Diary(settings)
            day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 6), at: at(0))
            script(&day)
            day.advance(to: at(400))
            return day.lines
        }
        // Quiet by the clock until 07:00, minute 60.
        let up = morning { day in
            day.posture(.standing, from: at(65), at: at(65))
            day.bent(from: at(66), to: at(68), budget: 1.2)
            day.advance(to: at(76))
        }
        #expect(up.first == "75:00 sustained_flexion nudge #1 x1")
        let seated = morning { day in
            day.posture(.sitting, from: at(55), at: at(55))
            day.sit(from: at(55), at: at(57))
        }
        #expect(seated.first == "300:00 sitting urgent #1 x1" || seated.first == "300:00 sitting nudge #1 x1")
        // Ten minutes on the feet before the end of the quiet hours do not count.
        let early = morning { day in
            day.posture(.standing, from: at(30), at: at(30))
            day.posture(.sitting, from: at(62), at: at(62))
            day.sit(from: at(62), at: at(64))
            day.advance(to: at(120))
            #expect(day.lines.isEmpty)
        }
        #expect(!early.isEmpty)
        // And once up, the day is as always.
        let later = morning { day in
            day.posture(.walking, from: at(61), at: at(61))
            day.posture(.sitting, from: at(72), at: at(72))
            day.sit(from: at(72), at: at(74))
        }
        #expect(later.first == "97:00 sitting notice #1 x1")
    }

    /// Quiet until minute 60; seated from 105 on, and told after 25 minutes if they were up before that.
    private func seatedLater(_ script: (inout Diary) -> Void) -> String? {
        var settings = AlertSettings.allOn
        settings.quietHours = [QuietSpan(from: 1320, to: 420)]
        settings.quietUntilUpright = true
        settings.standing = .off
        var day = Diary(settings)
        day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 6), at: at(0))
        script(&day)
        day.posture(.sitting, from: at(105), at: at(105))
        day.sit(from: at(105), at: at(125))
        day.advance(to: at(250))
        return day.lines.first
    }

    @Test func whoWasUpIsUpAfterASilenceOfTheSensor() {
        let up = "130:00 sitting notice #1 x1"
        let stalled = seatedLater { day in
            day.posture(.standing, from: at(60), at: at(60, 5))
            day.posture(.standing, from: at(60), at: at(100), ongoing: false)
            day.policy.lost(at: at(100, 5))
            day.policy.connected(at: at(100, 10))
        }
        #expect(stalled == up)
        let unplugged = seatedLater { day in
            day.posture(.walking, from: at(60), at: at(60, 5))
            day.policy.lost(at: at(100))
            day.policy.connected(at: at(104))
        }
        #expect(unplugged == up)
        // What nobody saw is no time on the feet.
        let shortly = seatedLater { day in
            day.posture(.standing, from: at(60), at: at(60, 5))
            day.posture(.standing, from: at(60), at: at(66), ongoing: false)
            day.policy.lost(at: at(75))
            day.policy.connected(at: at(76))
            day.posture(.standing, from: at(76), at: at(76, 5))
            day.posture(.standing, from: at(76), at: at(80), ongoing: false)
            day.posture(.sitting, from: at(80), at: at(80, 5))
        }
        #expect(shortly == nil)
    }

    @Test func whoWasUpIsUpAfterARestart() {
        func restarted(_ spans: [(Posture, Int64, Int64)]) -> Bool {
            let episodes = spans.map { posture, start, end in
                Episode(
                    .posture(posture), start: at(start), end: at(end), decided: at(start, 5), confidence: 1)
            }
            let lines = [episodes, episodes.reversed()].map { episodes in
                seatedLater { $0.policy.restore([], episodes: episodes, at: at(104)) }
            }
            #expect(lines[0] == lines[1], "in whatever order they are stored")
            return lines[0] == "130:00 sitting notice #1 x1"
        }
        #expect(restarted([(.sitting, 50, 60), (.standing, 60, 80), (.walking, 80, 100)]))
        #expect(restarted([(.standing, 60, 66), (.unknown, 66, 67), (.walking, 67, 71), (.sitting, 71, 90)]))
        #expect(!restarted([(.standing, 60, 66), (.sitting, 66, 70), (.standing, 70, 76)]))
        #expect(!restarted([(.standing, 60, 66), (.standing, 67, 73)]), "a silence between")
        #expect(!restarted([(.walking, 40, 69)]), "in quiet hours")
        #expect(!restarted([]))
    }
}
