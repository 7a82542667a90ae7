import LumbarCore
import LumbarLive
import LumbarMeasures
import LumbarRehearsal
import LumbarStore
import LumbarTestKit
import Testing

@testable import LumbarReport

@Suite("Report")
struct ReportPageTests {
    /// Friday to Monday, with the Sunday of 25 hours, after two days to hold them against.
    private static let played = PlayedHistory(first: CivilDate(year: 2026, month: 10, day: 21), days: 6)
    private static let model = played.model(from: 2)

    private static func page(_ model: ReportModel = model) throws -> StrictXML.Element {
        try StrictXML.read(ReportPage(model).text)
    }

    @Test("it is strict XML, names its language, and its headings are in order")
    func form() throws {
        let page = try Self.page()
        #expect(page.name == "html")
        #expect(page["lang"] == "en")
        let levels = page.all.compactMap {
            $0.name.count == 2 && $0.name.first == "h" ? Int($0.name.dropFirst()) : nil
        }
        #expect(levels.first == 1)
        #expect(levels.count { $0 == 1 } == 1)
        for (before, after) in zip(levels, levels.dropFirst()) { #expect(after <= before + 1) }
    }

    @Test("it loads nothing and runs nothing")
    func closed() throws {
        let text = ReportPage(Self.model).text
        #expect(!text.contains("<script") && !text.contains("@import"))
        for element in try Self.page().all {
            #expect(!["script", "img", "link", "iframe", "object", "embed", "a"].contains(element.name))
            for attribute in element.attributes {
                #expect(
                    !attribute.name.hasPrefix("on") && attribute.name != "src" && attribute.name != "href")
                if attribute.name != "xmlns" { #expect(!attribute.value.contains("//"), "\(attribute)") }
            }
        }
    }

    @Test("every picture says what it shows, or is none to those who do not see")
    func accessible() throws {
        func check(_ element: StrictXML.Element, isInside: Bool) {
            if element.name == "svg", !isInside {
                let isHidden = element["aria-hidden"] == "true"
                let title = element.all.first {
                    $0["id"].map { element["aria-labelledby"]?.contains($0) == true } ?? false
                }
                #expect(
                    isHidden || (element["role"] == "img" && title?.text.isEmpty == false),
                    "\(element.attributes)")
            }
            for child in element.children { check(child, isInside: isInside || element.name == "svg") }
        }
        check(try Self.page(), isInside: false)
    }

    @Test("ids are given once")
    func ids() throws {
        let ids = try Self.page().all.compactMap { $0["id"] }
        #expect(Set(ids).count == ids.count)
    }

    /// What the report has beside the keys of a day's JSON.
    private static let own: Set<String> = ["to_come_s", "length_s"]

    @Test("every number of a day is that of its summary")
    func numbers() throws {
        var checked = 0
        for row in try Self.page().all where row["data-day"] != nil {
            let summary = Self.model.summaries.first { $0.date?.description == row["data-day"] }
            let day = try #require(summary)
            let json = try JSONReader.read(StoredJSON.line(day), limits: .reply)
            for cell in row.children where cell.name == "td" {
                let key = try #require(cell["data-key"])
                guard !Self.own.contains(key) else { continue }
                let value = try #require(json[key], "\(key)")
                let shown = cell["data-value"].flatMap(Double.init)
                #expect(shown == value.double, "\(key) on \(day.date?.description ?? "")")
                checked += 1
            }
        }
        #expect(checked > 4 * 20)
    }

    @Test("the matrix of exposure variation is that of the days together")
    func variation() throws {
        let cells = try Self.page().all.filter { $0["data-key"]?.hasPrefix("eva_s-") == true }
        #expect(cells.count == 35)
        var sums = [Double](repeating: 0, count: 35)
        for day in Self.model.summaries {
            for (index, seconds) in (DayMeasures(day).variation?.seconds.joined() ?? [].joined()).enumerated()
            {
                sums[index] += seconds
            }
        }
        for (cell, sum) in zip(cells, sums) {
            let shown = cell["data-value"].flatMap(Double.init) ?? -1
            #expect(abs(shown - sum) <= 0.05001)
        }
    }

    @Test("states add up to the length of each local day, in the table and in the ribbon")
    func lengths() throws {
        let page = try Self.page()
        #expect(Self.model.days.map(\.length) == [86_400, 86_400, 90_000, 86_400])
        for day in Self.model.days {
            let sum = ReportDay.State.all.reduce(0) { $0 + day.seconds($1) }
            #expect(abs(sum - day.length) < 1e-6)
            #expect(day.spans.first?.start == 0 && day.spans.last?.end == day.length)
            for (a, b) in zip(day.spans, day.spans.dropFirst()) {
                #expect(a.end == b.start && a.state != b.state)
            }
            let ribbon = try #require(page.all.first { $0["data-ribbon"] == day.date.description })
            var drawn = 0.0
            for shape in ribbon.all where shape["data-state"] != nil {
                if let path = shape["d"] {
                    for part in path.split(separator: "h").dropFirst() {
                        drawn += Double(part.prefix { $0 != "v" }) ?? 0
                    }
                } else {
                    drawn += (Double(shape["width"]?.dropLast() ?? "") ?? 0) / 100 * 90_000
                }
            }
            #expect(abs(drawn - day.length) < 30, "\(day.date)")
        }
    }

    @Test("the ribbon tells the truth to a minute or so")
    func ribbon() {
        for (day, truth) in zip(Self.model.days, Self.played.truth.dropFirst(2)) {
            for posture in [Posture.sitting, .walking, .standing, .lying] {
                let drawn = day.spans.filter { $0.state == .posture(posture) }.reduce(0) {
                    $0 + $1.end - $1.start
                }
                // A minute is drawn as what most of it was: half a minute at either end of each stretch.
                let stretches = Double(day.spans.count { $0.state == .posture(posture) } + 3)
                #expect(abs(drawn - truth.postureSeconds[posture.index]) < 60 * stretches, "\(posture)")
            }
        }
    }

    @Test("a day without anything, and one that has only begun, are told as such")
    func emptyAndUnfinished() throws {
        let date = CivilDate(year: 2026, month: 10, day: 26)
        let zone = PlayedHistory.zone
        let noon = zone.start(of: date) + .hours(12)
        let empty = ReportDay(date, zone: zone, stored: StoredDay(), anchor: nil, summary: nil, now: noon)
        #expect(empty.seconds(.noData) == 12 * 3600)
        #expect(empty.seconds(.toCome) == 12 * 3600)
        #expect(empty.spans.map(\.state) == [.noData, .toCome])
        let model = ReportModel(.day, wearer: .sole, days: [empty], before: [], made: noon)
        let text = try Self.page(model).text
        #expect(text.contains("The sensor was not worn."))
    }

    @Test("a day that began late and is not over: what was before is no data, what comes is to come")
    func unfinished() {
        let date = CivilDate(year: 2026, month: 10, day: 26)
        let zone = PlayedHistory.zone
        let start = zone.start(of: date)
        let anchor = WallAnchor(instant: .zero, wall: start + .hours(7), zone: zone)
        var stored = StoredDay()
        for number in 0..<120 {
            var epoch = MinuteEpoch(
                wearer: .sole, start: .zero + .minutes(Double(number)), length: .seconds(60))
            epoch.postureSeconds[Posture.sitting.index] = 60
            stored.epochs.append(epoch)
        }
        var summary = DailySummary(
            wearer: .sole, date: date, start: .zero, end: .zero + .hours(2), isComplete: false)
        summary.postureSeconds[Posture.sitting.index] = 7200
        func day(at hours: Double) -> ReportDay {
            ReportDay(
                date, zone: zone, stored: stored, anchor: anchor, summary: summary, now: start + .hours(hours)
            )
        }
        let now = day(at: 9 + 2.0 / 60)
        #expect(now.seconds(.noData) == 25_200)
        #expect(now.seconds(.posture(.sitting)) == 7200)
        #expect(now.seconds(.toCome) == 54_000)
        let ends: [Double] = [25_200, 32_400, 86_400]
        #expect(now.spans.map(\.end) == ends)
        // An hour later nothing more has come: that is no data.
        #expect(day(at: 10).seconds(.noData) == 28_800)
        #expect(day(at: 10).seconds(.toCome) == 50_400)
    }

    @Test("what people wrote stays text")
    func words() throws {
        var random = SplitMix64(seed: 3)
        var model = Self.model
        for _ in 0..<30 {
            model.marks.append(
                .init(time: model.days[1].start + .hours(9), label: MarkupTests.nasty(&random)))
        }
        let page = try Self.page(model)
        #expect(page.all.count { $0.name == "bdi" } >= 30)
        #expect(!page.all.contains { ["script", "img"].contains($0.name) })
        let markdown = MarkdownReport(model).lines
        for line in markdown {
            for scalar in line.unicodeScalars { #expect(Printable.isSafe(scalar)) }
            // Every angle bracket is escaped.
            for (before, one) in zip(" " + line, line) where one == "<" { #expect(before == "\\") }
        }
    }

    @Test("a note of pain goes with when to see a doctor, in both forms")
    func safety() throws {
        var random = SplitMix64(seed: 1)
        let entry = DiaryEntry(
            uniqueID: UniqueID(using: &random), wearer: .sole, time: Self.model.days[1].start + .hours(9),
            offsetSeconds: 7200, pain: 6, kind: .spasm, note: "tying a <shoe>",
            written: Self.model.days[1].start)
        var model = Self.model
        model.marks = [.init(entry)]
        #expect(model.marks[0].isPain)
        model.safety = "Get care now."
        let text = try Self.page(model).text
        #expect(text.contains("spasm, pain 6 of 10: tying a <shoe>"))
        #expect(text.contains("Get care now."))
        let lines = MarkdownReport(model).lines
        #expect(lines.contains("Get care now."))
        #expect(lines.contains("- 2026-10-24 09:00: spasm, pain 6 of 10: tying a \\<shoe\\>"))
    }

    @Test("the text form has the same numbers")
    func markdown() {
        let lines = MarkdownReport(Self.model).lines
        for day in Self.model.summaries {
            let name = DateText.short(day.date ?? CivilDate(daysSinceEpoch: 0))
            let rows = lines.filter { $0.hasPrefix("| \(name) ") }
            #expect(rows.count == 3)
            #expect(rows.contains { $0.contains(" \(HumanDuration.clock(seconds: day.seconds(.sitting))) ") })
            #expect(rows.contains { $0.contains(" \(RoundSpan.grouped(day.steps)) ") })
        }
    }
}
