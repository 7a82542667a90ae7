import LumbarCore

/// How the time seated is split up: hours of sitting by the length of the bout they belong to.
struct BoutFigure {
    let model: ReportModel

    private static let limits = [10.0, 20, 30, 60, 90]
    private static let names = [
        "under 10 min", "10 to 20", "20 to 30", "30 to 60", "60 to 90", "90 and more",
    ]

    /// Bouts by length: how many, and their time in seconds.
    static func classes(_ bouts: [Double]) -> [(name: String, count: Int, seconds: Double)] {
        var out = names.map { (name: $0, count: 0, seconds: 0.0) }
        for bout in bouts {
            let place = limits.count { bout >= $0 * 60 }
            out[place].count += 1
            out[place].seconds += bout
        }
        return out
    }

    func write(to page: inout Markup) {
        let classes = Self.classes(model.boutSeconds)
        guard let most = classes.map(\.seconds).max(), most > 0 else { return }
        page.element("figure") { page in
            page.element(
                "div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"),
                ("aria-label", "Bouts by length")
            ) { page in
                page.element("table", ("class", "bars")) { page in
                    page.element("thead") { page in
                        page.element("tr") { page in
                            for title in ["Bout of sitting", "Bouts", "Time", ""] {
                                page.element("th", ("scope", "col"), text: title)
                            }
                        }
                    }
                    page.element("tbody") { page in
                        for (index, row) in classes.enumerated() {
                            Table.row(row.name, to: &page) { page in
                                Table.cell(
                                    String(row.count), "bouts-\(index)", Double(row.count), 0, to: &page)
                                Table.cell(
                                    HumanDuration.clock(seconds: row.seconds), "bouts-\(index)-s",
                                    row.seconds, 1, to: &page)
                                page.element("td", ("class", "bar")) { page in
                                    page.element(
                                        "svg", ("width", "100%"), ("height", "14"), ("aria-hidden", "true")
                                    ) {
                                        $0.empty(
                                            "rect", ("class", index < 3 ? "short" : "long"), ("y", "2"),
                                            ("height", "11"),
                                            ("width", Coordinate.percent(row.seconds / most)))
                                    }
                                }
                            }
                        }
                    }
                }
            }
            page.element(
                "figcaption",
                text: "Minutes of a bout, how many there were, and how much of the time seated they hold.")
        }
        page.line()
    }
}
