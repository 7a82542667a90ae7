import LumbarCore

/// What was said, and what came after it in ten minutes.
struct AlertFigure {
    let model: ReportModel

    /// More than this would be pages of a list that nobody reads.
    private static let longestList = 40

    static func title(_ kind: AfterAlert.Kind) -> String {
        switch kind {
        case .walked: "walked"
        case .stood: "stood"
        case .wentOnSitting: "went on sitting"
        case .lay: "lay"
        case .notKnown: "not known"
        }
    }

    func write(to page: inout Markup) {
        let alerts = model.alerts
        guard !alerts.isEmpty else {
            page.element("p", text: "Nothing was said.")
            return
        }
        let kinds = AfterAlert.Kind.allCases.filter { kind in alerts.contains { $0.alert.after.kind == kind }
        }
        Table.write(
            caption: "Alerts by what they were about, and what came first in the ten minutes after.",
            head: ["About", "Alerts"] + kinds.map { Self.title($0).capitalizedFirst }, to: &page
        ) { page in
            for rule in AlertRule.allCases {
                let those = alerts.filter { $0.alert.alert.rule == rule }
                guard !those.isEmpty else { continue }
                Table.row(AlertTable.words(rule).capitalizedFirst, to: &page) { page in
                    Table.cell(
                        String(those.count), "alerts-\(rule.rawValue)", Double(those.count), 0, to: &page)
                    for kind in kinds {
                        let count = those.count { $0.alert.after.kind == kind }
                        Table.cell(
                            count > 0 ? String(count) : "·", "after-\(rule.rawValue)-\(kind.rawValue)",
                            Double(count), 0,
                            to: &page)
                    }
                }
            }
        }
        guard alerts.count <= Self.longestList else {
            page.element("p", ("class", "note"), text: "lumbarctl alerts lists each of the \(alerts.count).")
            return
        }
        list(alerts, &page)
    }

    private func list(_ alerts: [(day: ReportDay, alert: ReportAlert)], _ page: inout Markup) {
        page.element("table", ("class", "stack")) { page in
            page.element("caption", text: "Each of them.")
            page.element("thead") { page in
                page.element("tr") { page in
                    for title in ["When", "What was said", "What came after"] {
                        page.element("th", ("scope", "col"), text: title)
                    }
                }
            }
            page.element("tbody") { page in
                for (day, alert) in alerts {
                    page.element("tr") { page in
                        let clock = DateText.clock(alert.at, of: day.start, zone: day.zone)
                        page.element("th", ("scope", "row"), text: DateText.short(day.date) + ", " + clock)
                        page.element("td") { $0.words(alert.alert.message) }
                        page.element("td", ("class", "after"), text: Self.after(alert.after))
                    }
                }
            }
        }
        page.line()
    }

    /// `walked for 3 min`.
    static func after(_ after: AfterAlert) -> String {
        let seconds = after.postureSeconds
        switch after.kind {
        case .walked: return "walked for " + HumanDuration.text(seconds: seconds[Posture.walking.index])
        case .stood: return "stood for " + HumanDuration.text(seconds: seconds[Posture.standing.index])
        case .wentOnSitting, .lay, .notKnown: return title(after.kind)
        }
    }
}

extension String {
    /// With its first letter a capital one.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
