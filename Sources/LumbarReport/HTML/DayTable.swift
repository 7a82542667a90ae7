import LumbarCore
import LumbarMeasures

/// The numbers of each day, as its summary has them; what each cell holds exactly is in `data-value`.
struct DayTable {
    let model: ReportModel

    func writeStates(to page: inout Markup) {
        let states = ReportDay.State.all.filter { model.seconds($0) > 0 }
        Table.write(
            caption: "Hours and minutes in each state; together they are the length of the day.",
            head: ["Day"] + states.map(StateLook.title) + ["Worn", "Day"], to: &page
        ) { page in
            for day in model.days {
                Table.row(DateText.short(day.date), day: day.date.description, to: &page) { page in
                    for state in states {
                        let seconds = day.seconds(state)
                        Table.cell(
                            HumanDuration.clock(seconds: seconds), StateLook.key(state), seconds, 1, to: &page
                        )
                    }
                    let worn = day.summary?.wornSeconds ?? 0
                    Table.cell(HumanDuration.clock(seconds: worn), "worn_s", worn, 1, to: &page)
                    Table.cell(HumanDuration.clock(seconds: day.length), "length_s", day.length, 1, to: &page)
                }
            }
        }
    }

    func writeSitting(to page: inout Markup) {
        let head = [
            "Day", "Bouts", "30 min and more", "Longest", "Half of it in bouts from", "Breaks",
            "Breaks an hour", "Shifts", "Shifts an hour",
        ]
        Table.write(
            caption: "Sitting, day by day. A bout ends with a minute on the feet or twenty steps.",
            head: head, to: &page
        ) { page in
            each(&page) { day, page in
                let measures = DayMeasures(day)
                count(day.sittingBouts, "sitting_bouts", &page)
                count(day.sittingBoutsOver30Minutes, "sitting_bouts_over_30_min", &page)
                Table.cell(
                    HumanDuration.clock(seconds: day.longestSittingSeconds), "longest_sitting_s",
                    day.longestSittingSeconds, 1, to: &page)
                let usual = measures.fragmentation?.usualBout
                Table.cell(
                    usual.map { HumanDuration.clock(seconds: $0 * 60) } ?? "-", "sitting_bout_usual_min",
                    usual, 0, to: &page)
                count(day.sittingBreaks, "sitting_breaks", &page)
                rate(measures.breaksPerSittingHour, "breaks_per_sitting_hour", &page)
                count(day.posturalShifts, "postural_shifts", &page)
                rate(measures.shiftsPerSittingHour, "shifts_per_sitting_hour", &page)
            }
        }
    }

    func writeHandling(to page: inout Markup) {
        let head = [
            "Day", "Steps", "Bends", "Past 60°", "Over 30°", "Over 45°", "Over 60°", "Probable lifts",
            "Under strain", "Alerts",
        ]
        Table.write(
            caption: "Steps, bends and lifts, day by day; the times are those with the trunk past the angle.",
            head: head, to: &page
        ) { page in
            each(&page) { day, page in
                count(day.steps, "steps", &page)
                count(day.bends, "bends", &page)
                count(day.deepBends, "deep_bends", &page)
                for (key, seconds) in [
                    ("over_30_deg_s", day.over30Seconds), ("over_45_deg_s", day.over45Seconds),
                    ("over_60_deg_s", day.over60Seconds),
                ] {
                    Table.cell(
                        seconds > 0 ? HumanDuration.text(seconds: seconds) : "-", key, seconds, 1, to: &page)
                }
                count(day.lifts, "lifts", &page)
                count(day.strainedLifts, "strained_lifts", &page)
                count(day.alerts, "alerts", &page)
            }
        }
    }

    private func each(_ page: inout Markup, _ cells: (DailySummary, inout Markup) -> Void) {
        for day in model.days {
            guard let summary = day.summary, summary.wornSeconds > 0 else { continue }
            Table.row(DateText.short(day.date), day: day.date.description, to: &page) { cells(summary, &$0) }
        }
    }

    private func count(_ value: Int, _ key: String, _ page: inout Markup) {
        Table.cell(RoundSpan.grouped(value), key, Double(value), 0, to: &page)
    }

    private func rate(_ value: Double?, _ key: String, _ page: inout Markup) {
        Table.cell(value.map(RoundSpan.rate) ?? "-", key, value, 2, to: &page)
    }
}

/// Tables of numbers that scroll by themselves where the page is narrow.
enum Table {
    static func write(
        caption: String, head: [String], to page: inout Markup, rows: (inout Markup) -> Void
    ) {
        page.element("p", ("class", "caption"), text: caption)
        page.element(
            "div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", caption)
        ) { page in
            page.element("table") { page in
                page.element("thead") { page in
                    page.element("tr") { page in
                        for title in head { page.element("th", ("scope", "col"), text: title) }
                    }
                }
                page.element("tbody", body: rows)
            }
        }
        page.line()
    }

    static func row(
        _ title: String, day: String = "", to page: inout Markup, cells: (inout Markup) -> Void
    ) {
        if day.isEmpty {
            page.element("tr") { page in
                page.element("th", ("scope", "row"), text: title)
                cells(&page)
            }
        } else {
            page.element("tr", ("data-day", day)) { page in
                page.element("th", ("scope", "row"), text: title)
                cells(&page)
            }
        }
    }

    /// A number as people read it, with the one it stands for.
    static func cell(
        _ text: String, _ key: String, _ value: Double?, _ decimals: Int, to page: inout Markup
    ) {
        let exact = value.map { DecimalText.fixed($0, decimals) } ?? ""
        page.element("td", ("data-key", key), ("data-value", exact), text: text)
    }
}
