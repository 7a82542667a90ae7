/// Reads CSV as RFC 4180 says, and JSON as far as names go.
enum CSVText {
    /// The cells of one line.
    static func cells(_ line: String) -> [String] {
        var cells = [""]
        var isQuoted = false
        var scalars = Array(line.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            if isQuoted {
                if scalar != "\"" {
                    cells[cells.count - 1].unicodeScalars.append(scalar)
                } else if scalars.first == "\"" {
                    cells[cells.count - 1].unicodeScalars.append("\"")
                    scalars.removeFirst()
                } else {
                    isQuoted = false
                }
            } else if scalar == "\"" {
                isQuoted = true
            } else if scalar == "," {
                cells.append("")
            } else {
                cells[cells.count - 1].unicodeScalars.append(scalar)
            }
        }
        return cells
    }

    /// What stands in NDJSON as a list or an object of its own, and a table's name, which is that of its file.
    static let nested: Set<String> = [
        "type", "trunk", "sitting_bouts_s", "flexion_deg", "flexion_seated_deg", "flexion_on_feet_deg",
        "flexion_rate_dps", "zones_seated_s", "zones_on_feet_s", "reba_trunk_score_s", "zone_entries",
        "zone_entries_per_min", "zone_frequent_s", "eva_s", "reason",
    ]

    /// The keys of a JSON object's own members whose values are not null.
    static func keys(_ object: String) -> [String] {
        var keys: [String] = []
        var depth = 0
        var text: String?
        var last = ""
        var before: Unicode.Scalar = " "
        let scalars = Array(object.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            defer { before = scalar }
            if let open = text {
                if scalar == "\"", before != "\\" {
                    last = open
                    text = nil
                } else {
                    text = open + String(scalar)
                }
                continue
            }
            switch scalar {
            case "\"": text = ""
            case "{", "[": depth += 1
            case "}", "]": depth -= 1
            case ":" where depth == 1 && scalars[(index + 1)...].first != "n": keys.append(last)
            default: break
            }
        }
        return keys
    }
}

/// What Prometheus' text format 0.0.4 asks of a text.
enum PrometheusCheck {
    static func complaint(_ text: String) -> String? {
        guard text.hasSuffix("\n") else { return "the last line does not end" }
        var helped: Set<String> = []
        var typed: [String: String] = [:]
        var series: Set<String> = []
        var family = ""
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.split(separator: " ", maxSplits: 3).map(String.init)
            if line.hasPrefix("# HELP ") {
                guard words.count == 4, helped.insert(words[2]).inserted else { return "HELP: \(line)" }
                continue
            }
            if line.hasPrefix("# TYPE ") {
                guard words.count == 4, typed[words[2]] == nil, ["gauge", "counter"].contains(words[3]),
                    (words[3] == "counter") == words[2].hasSuffix("_total")
                else { return "TYPE: \(line)" }
                typed[words[2]] = words[3]
                family = words[2]
                continue
            }
            guard let space = line.lastIndex(of: " ") else { return "no value: \(line)" }
            let name = line.prefix { $0 != "{" && $0 != " " }
            guard name == family, name.hasPrefix("lumbard_"), helped.contains(family) else {
                return "outside of its family: \(line)"
            }
            guard name.allSatisfy({ $0 == "_" || ("a"..."z").contains($0) }) else { return "name: \(line)" }
            guard series.insert(String(line[..<space])).inserted else { return "twice: \(line)" }
            guard Double(line[line.index(after: space)...]) != nil else { return "value: \(line)" }
        }
        return nil
    }
}
