import LumbarLive

/// What a value has to be, as far as the truth says.
indirect enum Expected {
    case text(String)
    case flag(Bool)
    case null
    /// A number in an interval; for one that is only passed on, what rounding it takes.
    case number(ClosedRange<Double>)
    case list([Expected])
    case table([String: Expected])
    /// Held to the truth elsewhere in the same test.
    case elsewhere

    /// A number that is passed on, rounded to `decimals`.
    static func exactly(_ value: Double, _ decimals: Int = 1) -> Expected {
        .within(value, value, decimals)
    }

    /// A count.
    static func exactly(_ value: Int) -> Expected { .number(Double(value)...Double(value)) }

    /// A number from `low` to `high`, rounded to `decimals`.
    static func within(_ low: Double, _ high: Double, _ decimals: Int = 1) -> Expected {
        var half = 0.5
        for _ in 0..<decimals { half /= 10 }
        return .number((low - half - 1e-9)...(high + half + 1e-9))
    }

    /// A number, or none at all.
    static func optional(_ value: Double?, _ decimals: Int) -> Expected {
        value.map { .exactly($0, decimals) } ?? .null
    }

    static func list(_ values: [Double], _ decimals: Int = 1) -> Expected {
        .list(values.map { .exactly($0, decimals) })
    }

    /// Everything in which `value` is not what it has to be; a member that nothing is expected of is one.
    func complaints(about value: JSONValue, _ name: String) -> [String] {
        switch (self, value) {
        case (.elsewhere, _), (.null, .null): return []
        case (.text(let expected), .string(let text)) where text == expected: return []
        case (.flag(let expected), .bool(let flag)) where flag == expected: return []
        case (.number(let range), _) where value.double.map(range.contains) == true: return []
        case (.list(let expected), .array(let elements)) where expected.count == elements.count:
            return zip(expected, elements).enumerated().flatMap {
                $1.0.complaints(about: $1.1, "\(name)[\($0)]")
            }
        case (.table(let expected), .object(let members)):
            let known = members.flatMap { member in
                expected[member.name].map { $0.complaints(about: member.value, "\(name).\(member.name)") }
                    ?? ["\(name).\(member.name): nothing is known of it"]
            }
            let names = Set(members.map(\.name))
            return known
                + expected.keys.sorted().filter { !names.contains($0) }.map { "\(name).\($0): missing" }
        default: return ["\(name): \(value) instead of \(self)"]
        }
    }
}
