import LumbarCore
import LumbarMeasures

/// A table whose cells are shaded by what they hold; the number stands in each, so no shade has to be told from another.
struct HeatMap {
    let rowTitle: String
    let rows: [String]
    let columns: [String]
    let values: [[Double]]
    let caption: String
    /// What the numbers are called, with the row and the column after it.
    let key: String
    let text: (Double) -> String

    func write(to page: inout Markup) {
        let most = values.joined().max() ?? 0
        page.element("figure") { page in
            page.element(
                "div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", rowTitle)
            ) { page in
                page.element("table", ("class", "heat")) { page in
                    page.element("thead") { page in
                        page.element("tr") { page in
                            page.element("th", ("scope", "col"), text: rowTitle)
                            for column in columns { page.element("th", ("scope", "col"), text: column) }
                        }
                    }
                    page.element("tbody") { page in
                        for (row, title) in rows.enumerated() {
                            page.element("tr") { page in
                                page.element("th", ("scope", "row"), text: title)
                                for (column, value) in values[row].enumerated() {
                                    page.element(
                                        "td", ("class", "h\(Self.level(value, of: most))"),
                                        ("data-key", "\(key)-\(row)-\(column)"),
                                        ("data-value", DecimalText.fixed(value, 1)),
                                        text: value > 0 ? text(value) : "·")
                                }
                            }
                        }
                    }
                }
            }
            page.element("figcaption", text: caption)
        }
        page.line()
    }

    /// 0 for nothing, 1...5 by the square root: what happens for minutes stays visible beside hours.
    private static func level(_ value: Double, of most: Double) -> Int {
        guard value > 0, most > 0 else { return 0 }
        return min(5, 1 + Int(5 * (value / most).squareRoot()))
    }

    /// Exposure variation: inclination against uninterrupted duration.
    static func variation(_ table: ExposureTable) -> HeatMap? {
        guard let variation = ExposureVariation(table) else { return nil }
        return HeatMap(
            rowTitle: "Until", rows: ["backward", "to 20°", "to 45°", "to 60°", "past 60°"],
            columns: ["4 s", "15 s", "1 min", "4 min", "10 min", "30 min", "longer"],
            values: variation.seconds,
            caption:
                "Hours and minutes by how the trunk was inclined, and for how long without a change, up to the time above (exposure variation "
                + "analysis, Mathiassen and Winkel 1991). Long times at any angle, on the right, are monotony; movement "
                + "is on the left.",
            key: "eva_s", text: { $0 < 30 ? "<1" : HumanDuration.clock(seconds: $0) })
    }

    /// Bends by how deep and how long.
    static func bends(_ bends: [ReportDay.BendSize]) -> HeatMap? {
        guard !bends.isEmpty else { return nil }
        let angles = [45.0, 60, 75]
        let times = [5.0, 15, 60]
        var values = [[Double]](repeating: [0, 0, 0, 0], count: 4)
        for bend in bends {
            let row = angles.count { bend.degrees >= $0 }
            let column = times.count { bend.seconds >= $0 }
            values[row][column] += 1
        }
        return HeatMap(
            rowTitle: "Deepest", rows: ["under 45°", "45° to 60°", "60° to 75°", "75° and more"],
            columns: ["under 5 s", "5 to 15 s", "15 s to 1 min", "1 min and more"], values: values,
            caption: "\(bends.count) bends by the deepest angle and by how long they lasted.", key: "bends",
            text: { DecimalText.fixed($0, 0) })
    }
}
