import LumbarCore
import LumbarMeasures

/// The amplitude probability distribution of flexion: for how much of the time the trunk was bent less than so far.
///
/// Two curves, seated and on the feet, told apart by a dash and a name beside each; after Jonsson 1982.
struct DistributionCurve {
    private let table: ExposureTable
    private static let low = -30.0
    private static let high = 90.0
    private static let height = 220.0
    private static let left = 0.11

    init?(_ table: ExposureTable) {
        guard table.total(ExposureTable.flexionSeated) + table.total(ExposureTable.flexionOnFeet) > 0 else {
            return nil
        }
        self.table = table
    }

    private var groups: [(name: StaticString, title: String, key: String, section: ExposureTable.Section)] {
        let all: [(name: StaticString, title: String, key: String, section: ExposureTable.Section)] = [
            ("c-sit", "Seated", "flexion_seated_deg", ExposureTable.flexionSeated),
            ("c-feet", "On the feet", "flexion_on_feet_deg", ExposureTable.flexionOnFeet),
        ]
        return all.filter { table.total($0.section) > 0 }
    }

    func write(to page: inout Markup) {
        page.element("figure") { page in
            page.element(
                "svg", ("class", "plot"), ("role", "img"), ("width", "100%"),
                ("height", Coordinate.text(Self.height + 40)), ("aria-labelledby", "apdf-t apdf-d")
            ) { page in
                page.element("title", ("id", "apdf-t"), text: "Distribution of trunk flexion")
                page.element("desc", ("id", "apdf-d"), text: groups.map(describe).joined(separator: " "))
                axes(&page)
                // The curves are stretched into the plot; the width of their lines is not.
                page.element(
                    "svg", ("x", Coordinate.percent(Self.left)), ("y", "10"),
                    ("width", Coordinate.percent(1 - Self.left)), ("height", Coordinate.text(Self.height)),
                    ("viewBox", "-30 0 120 100"), ("preserveAspectRatio", "none")
                ) { page in
                    for group in groups {
                        page.empty("path", ("class", "curve \(group.name)"), ("d", curve(group.section)))
                    }
                }
            }
            page.element("ul", ("class", "legend")) { page in
                for group in groups {
                    page.element("li") { page in
                        page.element("svg", ("width", "34"), ("height", "12"), ("aria-hidden", "true")) {
                            $0.empty("path", ("class", "curve \(group.name)"), ("d", "M1 6h32"))
                        }
                        page.text(group.title)
                    }
                }
            }
            page.element(
                "figcaption",
                text:
                    "Share of the time in which the trunk was bent forward less than the angle (APDF, Jonsson 1982). A "
                    + "steep curve is a trunk that hardly moves; a flat one moves through many angles.")
            levels(&page)
        }
        page.line()
    }

    private func axes(_ page: inout Markup) {
        for share in stride(from: 0.0, through: 100, by: 25) {
            let y = 10 + Self.height * (1 - share / 100)
            page.empty(
                "line", ("class", "hour"), ("x1", Coordinate.percent(Self.left)), ("x2", "100%"),
                ("y1", Coordinate.text(y)), ("y2", Coordinate.text(y)))
            page.element(
                "text", ("class", "tick"), ("x", Coordinate.percent(Self.left - 0.012)),
                ("y", Coordinate.text(y + 4)),
                ("text-anchor", "end"), text: "\(Int(share))%")
        }
        for angle in stride(from: -30, through: 90, by: 30) {
            let x = Self.left + (1 - Self.left) * (Double(angle) - Self.low) / (Self.high - Self.low)
            page.empty(
                "line", ("class", "hour"), ("x1", Coordinate.percent(x)), ("x2", Coordinate.percent(x)),
                ("y1", "10"),
                ("y2", Coordinate.text(10 + Self.height)))
            page.element(
                "text", ("class", "tick"), ("x", Coordinate.percent(x)),
                ("y", Coordinate.text(Self.height + 28)),
                ("text-anchor", angle == 90 ? "end" : "middle"), text: "\(angle < 0 ? "−" : "")\(abs(angle))°"
            )
        }
    }

    /// Time below each degree, percent from the bottom up.
    private func curve(_ section: ExposureTable.Section) -> String {
        let total = Double(max(1, table.total(section)))
        var sum = 0.0
        var path = ""
        for index in 0..<section.count {
            let degree = Double(ExposureTable.lowestFlexion + index)
            guard degree <= Self.high else { break }
            path += path.isEmpty ? "M" : "L"
            path += "\(Coordinate.text(degree, 0)) \(Coordinate.text(100 * (1 - sum / total)))"
            sum += Double(max(0, table[section, index]))
        }
        return path
    }

    private func distribution(_ section: ExposureTable.Section) -> ExposureDistribution? {
        ExposureDistribution(
            (0..<section.count).map { index in
                let low = Double(ExposureTable.lowestFlexion + index)
                return .init(low: low, high: low + 1, weight: Double(max(0, table[section, index])))
            })
    }

    private func describe(
        _ group: (name: StaticString, title: String, key: String, section: ExposureTable.Section)
    ) -> String {
        guard let found = distribution(group.section) else { return "" }
        func degrees(_ percent: Int) -> String { DecimalText.fixed(found.level(percent), 0) }
        return
            "\(group.title): below \(degrees(10)) degrees for a tenth of the time, below \(degrees(50)) for half, "
            + "below \(degrees(90)) for nine tenths."
    }

    private func levels(_ page: inout Markup) {
        let head = ["Trunk"] + ExposureDistribution.percents.map { "\($0) %" }
        Table.write(
            caption: "The same in numbers: below this angle for so much of the time.", head: head, to: &page
        ) { page in
            for group in groups {
                guard let found = distribution(group.section) else { continue }
                Table.row(group.title, to: &page) { page in
                    for (percent, level) in zip(ExposureDistribution.percents, found.levels) {
                        Table.cell(
                            DecimalText.fixed(level, 0) + "°", "\(group.key)-p\(percent)", level, 1, to: &page
                        )
                    }
                }
            }
        }
    }
}
