import LumbarCore

/// Draws days as ribbons on local time: what each minute was, bouts of sitting, what happened, what was said, what was noted.
///
/// Places are percentages of the width and sizes are pixels, so that a ribbon fits any width and its marks and texts stay
/// legible on a phone.
struct DayRibbon {
    let model: ReportModel

    /// The longest of the days: all are drawn to its scale.
    private var longest: Double { model.days.map(\.length).max() ?? 86_400 }
    /// Titles on every mark would double the size of a month.
    private var isDetailed: Bool { model.days.count <= 8 }

    /// How high the ribbon is drawn, pixels: a day alone has more room.
    private var tall: Double { model.days.count == 1 ? 2 * StateLook.height : StateLook.height }
    private var laneTop: Double { tall + 8 }
    private var markTop: Double { tall + 18 }
    private var height: Double { tall + 40 }

    func write(to page: inout Markup) {
        page.element("figure", ("class", model.days.count == 1 ? "ribbons single" : "ribbons")) { page in
            hatch(&page)
            legend(&page)
            page.element("div", ("class", "day axis"), ("aria-hidden", "true")) { page in
                page.element("span", ("class", "name"), text: "")
                axis(&page)
            }
            for day in model.days { write(day, to: &page) }
            page.element(
                "figcaption",
                text:
                    "Each minute is drawn as what most of it was. The line below a ribbon is bouts of sitting, thick "
                    + "from half an hour on. The table below has the numbers.")
        }
    }

    /// What time without data is filled with: a pattern does not stretch with the ribbon, and needs no colour.
    private func hatch(_ page: inout Markup) {
        page.element("svg", ("width", "0"), ("height", "0"), ("aria-hidden", "true")) { page in
            page.element(
                "pattern", ("id", "no-data"), ("width", "6"), ("height", "6"),
                ("patternUnits", "userSpaceOnUse")
            ) { $0.empty("path", ("class", "hatch"), ("d", "M-1 7L7 -1M-1 1L1 -1M5 7L7 5")) }
        }
    }

    private func axis(_ page: inout Markup) {
        page.element("svg", ("class", "ticks"), ("width", "100%"), ("height", "16"), ("aria-hidden", "true"))
        { page in
            for hour in stride(from: 0, through: 24, by: 3) {
                let anchor = hour == 0 ? "start" : hour == 24 ? "end" : "middle"
                page.element(
                    "text", ("x", Coordinate.percent(Double(hour) * 3600 / longest)), ("y", "12"),
                    ("text-anchor", anchor), ("class", hour % 6 == 0 ? "tick" : "tick odd"),
                    text: DecimalText.padded(Int64(hour), width: 2))
            }
        }
    }

    private func write(_ day: ReportDay, to page: inout Markup) {
        let date = day.date.description
        page.element("div", ("class", "day")) { page in
            page.element("div", ("class", "name")) { page in
                page.element("b", text: DateText.short(day.date))
                if day.length != 86_400 {
                    page.element("span", ("class", "note"), text: "\(Int(day.length / 3600)) hours long")
                }
            }
            page.element(
                "svg", ("class", "ribbon"), ("role", "img"), ("width", "100%"),
                ("height", Coordinate.text(height)), ("aria-labelledby", "r-\(date)"),
                ("data-ribbon", date),
                ("data-length", Coordinate.text(day.length))
            ) { page in
                page.element("title", ("id", "r-\(date)"), text: describe(day))
                grid(day, &page)
                postures(day, &page)
                bouts(day, &page)
                marks(day, &page)
            }
        }
        page.line()
    }

    /// The day for those who do not see it.
    private func describe(_ day: ReportDay) -> String {
        let states = ReportDay.State.all.filter { day.seconds($0) >= 60 }.map {
            "\(StateLook.title($0).lowercased()) \(HumanDuration.text(seconds: day.seconds($0)))"
        }
        return DateText.full(day.date) + ": " + states.joined(separator: ", ")
            + "; \(day.events.count { $0.kind == .lift || $0.kind == .strainedLift }) probable lifts, "
            + "\(day.alerts.count) alerts."
    }

    private func place(_ second: Double) -> String { Coordinate.percent(second / longest) }

    private func grid(_ day: ReportDay, _ page: inout Markup) {
        page.empty(
            "rect", ("class", "ground"), ("x", "0"), ("y", "0"), ("width", place(day.length)),
            ("height", Coordinate.text(tall)))
        for span in day.spans where span.state == .noData {
            page.empty(
                "rect", ("class", "s-none"), ("x", place(span.start)),
                ("width", place(span.end - span.start)),
                ("height", Coordinate.text(tall)), ("data-state", "no_data_s"))
        }
        // Where the clock shows 6, 12 and 18: not at even distances on a day of 23 or 25 hours.
        for hour in [6, 12, 18] {
            let plain = Double(hour) * 3600
            let shift = day.zone.offset(at: day.start) - day.zone.offset(at: day.start + .seconds(plain))
            let x = place(plain + Double(shift))
            page.empty(
                "line", ("class", "hour"), ("x1", x), ("x2", x), ("y1", "0"),
                ("y2", Coordinate.text(height - 2)))
        }
    }

    /// One path for each state, in seconds by units of height, stretched to the width.
    private func postures(_ day: ReportDay, _ page: inout Markup) {
        page.element(
            "svg", ("width", place(day.length)), ("height", Coordinate.text(tall)),
            ("viewBox", "0 0 \(Coordinate.text(day.length)) \(Coordinate.text(StateLook.height))"),
            ("preserveAspectRatio", "none")
        ) { page in
            for state in ReportDay.State.all {
                guard let bar = StateLook.bar(state) else { continue }
                var path = ""
                for span in day.spans where span.state == state {
                    let start = Coordinate.text(span.start, 0)
                    let length = Coordinate.text(span.end - span.start, 0)
                    path += "M\(start) \(Coordinate.text(bar.top))h\(length)"
                    path += "v\(Coordinate.text(bar.height))H\(start)z"
                }
                guard !path.isEmpty else { continue }
                page.empty(
                    "path", ("class", "s-\(StateLook.name(state))"), ("d", path),
                    ("data-state", StateLook.key(state)))
            }
        }
    }

    private func bouts(_ day: ReportDay, _ page: inout Markup) {
        for bout in day.bouts {
            let isLong = bout.upperBound - bout.lowerBound >= 1800
            let thickness = isLong ? 5.0 : 1.5
            page.empty(
                "rect", ("class", "bout"), ("x", place(bout.lowerBound)),
                ("y", Coordinate.text(laneTop - thickness / 2)),
                ("width", place(bout.upperBound - bout.lowerBound)), ("height", Coordinate.text(thickness)))
        }
    }

    private func marks(_ day: ReportDay, _ page: inout Markup) {
        // The strained lift is drawn last: it must not be hidden by the bend it came from.
        for kind in MarkLook.order {
            for event in day.events where event.kind == kind {
                let title = isDetailed ? clock(event.at, day) + " " + MarkLook.title(kind) : ""
                mark(MarkLook.name(kind), MarkLook.path(kind), at: event.at, y: markTop, title, &page)
            }
        }
        for alert in day.alerts {
            let title = isDetailed ? clock(alert.at, day) + " " + alert.alert.message : ""
            mark("m-alert", MarkLook.alert, at: alert.at, y: markTop + 15, title, &page)
        }
        for (number, note) in model.marks.enumerated() {
            let at = (note.time - day.start).seconds
            guard (0..<day.length).contains(at) else { continue }
            mark("m-note", MarkLook.note, at: at, y: 6, "\(number + 1): " + note.label, &page)
        }
    }

    private func clock(_ second: Double, _ day: ReportDay) -> String {
        DateText.clock(second, of: day.start, zone: day.zone)
    }

    private func mark(
        _ name: String, _ path: String, at second: Double, y: Double, _ title: String, _ page: inout Markup
    ) {
        page.element("svg", ("class", "mark"), ("x", place(second)), ("y", Coordinate.text(y))) { page in
            if title.isEmpty {
                page.empty("path", ("class", name), ("d", path))
            } else {
                page.element("path", ("class", name), ("d", path)) { $0.element("title", text: title) }
            }
        }
    }

    // MARK: The legend

    private func legend(_ page: inout Markup) {
        page.element("ul", ("class", "legend")) { page in
            for state in ReportDay.State.all where model.seconds(state) >= 30 {
                entry(StateLook.title(state), &page) { page in
                    page.empty(
                        "rect", ("class", "ground"), ("width", "18"),
                        ("height", Coordinate.text(StateLook.height)))
                    if state == .noData {
                        page.empty(
                            "rect", ("class", "s-none"), ("width", "18"),
                            ("height", Coordinate.text(StateLook.height)))
                    }
                    guard let bar = StateLook.bar(state) else { return }
                    page.empty(
                        "rect", ("class", "s-\(StateLook.name(state))"), ("y", Coordinate.text(bar.top)),
                        ("width", "18"), ("height", Coordinate.text(bar.height)))
                }
            }
            for kind in MarkLook.order.reversed() where model.count(kind) > 0 {
                entry(MarkLook.title(kind), &page) { page in
                    page.element("svg", ("class", "mark"), ("x", "9"), ("y", "12")) {
                        $0.empty("path", ("class", MarkLook.name(kind)), ("d", MarkLook.path(kind)))
                    }
                }
            }
            if model.days.contains(where: { !$0.alerts.isEmpty }) {
                symbol("alert", "m-alert", MarkLook.alert, &page)
            }
            if !model.marks.isEmpty { symbol("note of yours", "m-note", MarkLook.note, &page) }
        }
        page.line()
    }

    private func symbol(_ title: String, _ name: String, _ path: String, _ page: inout Markup) {
        entry(title, &page) { page in
            page.element("svg", ("class", "mark"), ("x", "9"), ("y", "12")) {
                $0.empty("path", ("class", name), ("d", path))
            }
        }
    }

    private func entry(_ title: String, _ page: inout Markup, draw: (inout Markup) -> Void) {
        page.element("li") { page in
            page.element("svg", ("width", "18"), ("height", "24"), ("aria-hidden", "true"), body: draw)
            page.text(title)
        }
    }
}
