import LumbarCore
import LumbarMeasures
import LumbarStore
import LumbarTestKit
import Testing

@testable import LumbarReport

@Suite("Periods in words")
struct PeriodTextTests {
    private static let zone = ZoneRule.utc

    /// A day of this week or, negative, of the one before.
    private static func summary(_ number: Int, breaks: Int, longest: Double = 40) -> DailySummary {
        let date = CivilDate(daysSinceEpoch: 20_700 + Int64(number))
        let start = Instant.zero + .hours(24 * Double(number + 50))
        var day = DailySummary(
            wearer: .sole, date: date, start: start, end: start + .hours(24), isComplete: true)
        day.postureSeconds[Posture.sitting.index] = 5 * 3600 + 60 * Double(number)
        day.postureSeconds[Posture.standing.index] = 2 * 3600
        day.postureSeconds[Posture.walking.index] = 3600 + 30 * Double(number & 3)
        day.noDataSeconds = 86_400 - day.postureSeconds.reduce(0, +)
        day.sittingBouts = breaks
        day.sittingBreaks = breaks
        day.posturalShifts = 40 + number & 3
        day.steps = 6000 + 100 * (number & 3)
        day.longestSittingSeconds = longest * 60
        day.boutSeconds = [longest * 60] + (0..<breaks).map { Double($0 + 8) * 60 }
        return day
    }

    private static func model(
        _ kind: ReportModel.Kind = .week, now: [DailySummary], before: [DailySummary] = []
    ) -> ReportModel {
        let days = now.compactMap { summary -> ReportDay? in
            guard let date = summary.date else { return nil }
            return ReportDay(
                date, zone: .utc, stored: StoredDay(), anchor: nil, summary: summary,
                now: WallTime(unixSeconds: 2_000_000_000))
        }
        return ReportModel(
            kind, wearer: .sole, days: days, before: before, made: WallTime(unixSeconds: 2_000_000_000))
    }

    @Test("movement comes first, wear last, in intervals")
    func story() {
        let story = PeriodText(Self.model(now: (0..<7).map { Self.summary($0, breaks: 8) })).story
        #expect(story.first?.hasPrefix("You walked about 1 h a day, typically 1 h") == true, "\(story)")
        #expect(story.contains { $0.contains("You sat about 5 h a day and broke it") }, "\(story)")
        #expect(story.last?.hasPrefix("The sensor was worn on 7 of 7 days, about 8 h a day.") == true)
    }

    @Test("a change is told, praised when it is movement, and named as what it was before")
    func change() {
        let before = (-7..<0).map { Self.summary($0, breaks: 5 + $0 & 1) }
        let now = (0..<7).map { Self.summary($0, breaks: 11 + $0 & 1) }
        let model = Self.model(now: now, before: before)
        let changes = PeriodText(model).changes
        #expect(changes.count == 1)
        #expect(
            changes.first
                == "You broke sitting more often than in the week before: typically 2.2 an hour, before 1.2."
                || changes.first?.hasPrefix(
                    "You broke sitting more often than in the week before: typically 2.") == true
        )
        #expect(PeriodText.wentWell(model) == "You got up more often than before.")
    }

    @Test("nothing is made of days that differ as days do, nor of too few")
    func noChange() {
        let before = (-7..<0).map { Self.summary($0, breaks: 8 + $0 & 3) }
        let now = (0..<7).map { Self.summary($0, breaks: 8 + $0 & 3) }
        #expect(
            PeriodText(Self.model(now: now, before: before)).changes
                == ["Nothing changed against the week before by more than days differ anyhow."])
        #expect(
            PeriodText(Self.model(now: now)).changes.first?.hasPrefix("Not enough days yet to compare")
                == true)
    }

    @Test("at most two suggestions; long sitting comes first")
    func suggestions() {
        let long = Self.model(now: (0..<7).map { Self.summary($0, breaks: 3, longest: 95) })
        let ideas = PeriodText.suggestions(long)
        #expect(ideas.first?.hasPrefix("7 bouts of sitting lasted an hour or more.") == true)
        #expect(ideas.count <= 2)
        #expect(PeriodText.suggestions(Self.model(now: [])).isEmpty)
    }

    @Test("the words inform: no blame, no diagnosis, no risk")
    func tone() {
        let models = [
            Self.model(now: (0..<7).map { Self.summary($0, breaks: 1, longest: 200) }),
            Self.model(.day, now: [Self.summary(0, breaks: 1, longest: 200)]),
            Self.model(
                .month, now: (0..<28).map { Self.summary($0, breaks: 3) },
                before: (-28..<0).map { Self.summary($0, breaks: 9) }),
        ]
        for model in models {
            let text = (PeriodSummaryText(model).lines + MarkdownReport(model).lines).joined(separator: " ")
                .lowercased()
            for word in ["bad", "poor", "must ", "should", "risk", "wrong", "fail", "lazy", "injur", "score"]
            {
                #expect(!text.contains(word), "\(word)")
            }
        }
    }

    @Test(
        "one screen: 80 columns and 24 lines for a plain week, no wider than 100 on any terminal",
        arguments: [40, 80, 200])
    func screen(width: Int) {
        let before = (-7..<0).map { Self.summary($0, breaks: 5 + $0 & 1) }
        let now = (0..<7).map { Self.summary($0, breaks: 11 + $0 & 1) }
        let lines = PeriodSummaryText(Self.model(now: now, before: before), width: width).lines
        if width == 80 { #expect(lines.count <= 32) }
        // The table needs 74 columns whatever the terminal.
        #expect(lines.allSatisfy { $0.count <= max(80, min(100, width)) }, "\(lines)")
    }

    @Test("the object of a stretch of days is what the schema says")
    func schema() throws {
        let schema = try JSONSchema(file: "docs/schema/summary.schema.json")
        let models = [
            Self.model(now: (0..<7).map { Self.summary($0, breaks: 8) }),
            Self.model(.month, now: [], before: []),
            Self.model(
                now: (0..<7).map { Self.summary($0, breaks: 11) },
                before: (-7..<0).map { Self.summary($0, breaks: 5) }),
        ]
        for model in models { #expect(schema.complaint(about: PeriodJSON.line(model)) == nil) }
        let played = PlayedHistory(first: CivilDate(year: 2026, month: 10, day: 21), days: 1)
        for day in played.summaries { #expect(schema.complaint(about: StoredJSON.line(day)) == nil) }
        let empty = DailySummary(wearer: .sole, date: nil, start: .zero, end: .zero, isComplete: false)
        #expect(schema.complaint(about: StoredJSON.line(empty)) == nil)
    }

    @Test("numbers are said no more precisely than days are alike")
    func rounding() {
        #expect(RoundSpan.text(seconds: 42) == "42 s")
        #expect(RoundSpan.text(seconds: 8 * 60) == "8 min")
        #expect(RoundSpan.text(seconds: 52 * 60) == "50 min")
        #expect(RoundSpan.text(seconds: 59 * 60) == "1 h")
        #expect(RoundSpan.text(seconds: 84 * 60) == "1 h 25 min")
        #expect(RoundSpan.text(seconds: 4.4 * 3600) == "4½ h")
        #expect(RoundSpan.text(seconds: 119 * 60) == "2 h")
        #expect(RoundSpan.count(8243) == "8200")
        #expect(RoundSpan.count(12_844) == "13\u{202F}000")
        #expect(RoundSpan.count(0) == "0")
    }

    @Test("days and stretches have the names people give them")
    func dates() {
        let day = CivilDate(year: 2026, month: 10, day: 12)
        #expect(DateText.full(day) == "Monday 12 October 2026")
        #expect(DateText.short(day) == "Mon 12 Oct")
        #expect(
            DateText.range(day, CivilDate(year: 2026, month: 10, day: 18))
                == "Monday 12 to Sunday 18 October 2026")
        #expect(
            DateText.range(CivilDate(year: 2026, month: 12, day: 28), CivilDate(year: 2027, month: 1, day: 3))
                == "Monday 28 December 2026 to Sunday 3 January 2027")
    }

    @Test("what came after an alert is the first that holds")
    func afterAlerts() {
        func after(_ postures: (Posture, Double)...) -> AfterAlert.Kind {
            var at = Instant.zero + .seconds(1000)
            var episodes: [Episode] = []
            for (posture, length) in postures {
                let end = at + .seconds(length)
                episodes.append(Episode(.posture(posture), start: at, end: end, decided: end, confidence: 1))
                at = end
            }
            return AfterAlert(.zero + .seconds(1000), postures: episodes, isKnown: true).kind
        }
        #expect(after((.sitting, 500), (.walking, 61)) == .walked)
        #expect(after((.sitting, 500), (.walking, 59), (.standing, 30)) == .stood)
        #expect(after((.sitting, 541), (.standing, 300)) == .wentOnSitting)
        #expect(after((.lying, 400)) == .lay)
        #expect(after((.sitting, 200), (.notWorn, 400)) == .notKnown)
        #expect(after() == .notKnown)
    }
}
