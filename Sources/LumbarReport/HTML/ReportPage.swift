import LumbarCore
import LumbarMeasures

/// A report as one HTML file: nothing is loaded, nothing runs, and it prints.
public struct ReportPage {
    private let model: ReportModel
    private let words: PeriodText

    /// A page of `model`.
    public init(_ model: ReportModel) {
        self.model = model
        words = PeriodText(model)
    }

    /// The whole file.
    public var text: String {
        var page = Markup()
        page.element("html", ("xmlns", "http://www.w3.org/1999/xhtml"), ("lang", "en")) { page in
            head(&page)
            page.element("body") { page in
                page.element("header") { page in
                    page.element("h1", text: words.title)
                    page.element("p", ("class", "sub")) { page in
                        page.text("Movement and posture")
                        if model.wearer != .sole {
                            page.text(" of ")
                            page.words(model.wearer.text)
                        }
                        page.text(", local time \(zoneName)")
                    }
                }
                page.element("main") { main(&$0) }
                page.element("footer") { footer(&$0) }
            }
        }
        return "<!DOCTYPE html>\n" + page.source + "\n"
    }

    private var zoneName: String { model.days.last?.zone.name ?? "UTC" }

    private func head(_ page: inout Markup) {
        page.element("head") { page in
            page.empty("meta", ("charset", "utf-8"))
            page.empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"))
            // Whatever may have found its way in: nothing is loaded, nothing runs.
            page.empty(
                "meta", ("http-equiv", "Content-Security-Policy"),
                ("content", "default-src 'none'; style-src 'unsafe-inline'"))
            page.empty("meta", ("name", "generator"), ("content", "lumbarctl \(ReleaseName.version)"))
            page.element("title", text: "Movement and posture, \(words.title)")
            page.style(ReportStyle.sheet)
        }
        page.line()
    }

    private func main(_ page: inout Markup) {
        story(&page)
        guard !model.wornDays.isEmpty else { return }
        section(model.days.count == 1 ? "The day" : "The days", &page) { page in
            DayRibbon(model: model).write(to: &page)
            DayTable(model: model).writeStates(to: &page)
        }
        notes(&page)
        section("Sitting and breaks", &page) { page in
            BoutFigure(model: model).write(to: &page)
            DayTable(model: model).writeSitting(to: &page)
        }
        section("How the trunk was held", &page) { page in
            if let curve = DistributionCurve(model.exposure) { curve.write(to: &page) }
            if let map = HeatMap.variation(model.exposure) {
                page.element("h3", text: "Angle and uninterrupted time")
                map.write(to: &page)
            }
        }
        section("Bends, lifts and steps", &page) { page in
            if let map = HeatMap.bends(model.days.flatMap(\.bends)) { map.write(to: &page) }
            DayTable(model: model).writeHandling(to: &page)
        }
        section("Alerts and what came after", &page) { AlertFigure(model: model).write(to: &$0) }
        section("Compared with \(words.beforeName)", &page) { page in
            ComparisonFigure(model: model).write(to: &page)
        }
        section("What is not known", &page) { unknown(&$0) }
    }

    private func section(_ title: String, _ page: inout Markup, _ body: (inout Markup) -> Void) {
        page.element("section") { page in
            page.element("h2", text: title)
            body(&page)
        }
        page.line()
    }

    private func story(_ page: inout Markup) {
        page.element("p", ("class", "story"), text: words.story.joined(separator: " "))
        page.element("div", ("class", "cards")) { page in
            if let well = PeriodText.wentWell(model) { card("well", "Went well", [well], &page) }
            let ideas = PeriodText.suggestions(model)
            if !ideas.isEmpty {
                card("try", ideas.count == 1 ? "To try" : "To try, if you like", ideas, &page)
            }
            let changes = words.changes
            if !changes.isEmpty { card("diff", "Against \(words.beforeName)", changes, &page) }
        }
        page.line()
    }

    private func card(_ name: String, _ title: String, _ sentences: [String], _ page: inout Markup) {
        page.element("section", ("class", "card \(name)")) { page in
            page.element("h2", text: title)
            if sentences.count == 1 {
                page.element("p", text: sentences[0])
            } else {
                page.element("ul") { page in
                    for sentence in sentences { page.element("li", text: sentence) }
                }
            }
        }
    }

    private func notes(_ page: inout Markup) {
        guard !model.marks.isEmpty else { return }
        section("Your notes", &page) { page in
            if let safety = model.safety { page.element("p", ("class", "safety"), text: safety) }
            page.element("ol", ("class", "notes")) { page in
                for mark in model.marks {
                    page.element("li") { page in
                        let zone = model.days.last { $0.start <= mark.time }?.zone ?? .utc
                        page.element("b", text: LocalTimeText.minute(mark.time, zone: zone))
                        page.text(" ")
                        page.words(mark.label)
                    }
                }
            }
        }
    }

    private func unknown(_ page: inout Markup) {
        page.element("p", text: UnknownText.sentences(model).joined(separator: " "))
    }

    private func footer(_ page: inout Markup) {
        page.element("p", text: UnknownText.disclaimer)
        let made = LocalTimeText.minute(model.made, zone: model.days.last?.zone ?? .utc)
        page.element(
            "p",
            text: "Made by lumbarctl \(ReleaseName.version), \(made). Days differ more within a person than "
                + "between persons: weeks tell more than days.")
    }
}
