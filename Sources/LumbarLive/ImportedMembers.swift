import LumbarCore

/// The members of a line of an export, each as it has to be.
struct ImportedMembers {
    private let value: JSONValue

    init(_ value: JSONValue) { self.value = value }

    /// A member that may be missing, or null.
    func optional(_ name: String) -> JSONValue? { value[name] == .null ? nil : value[name] }

    private func missing(_ name: String, _ what: String) -> ImportFault {
        ImportFault("\"\(name)\" \(value[name] == nil ? "is missing" : "is no " + what)")
    }

    func text(_ name: String) throws(ImportFault) -> String {
        guard let text = value[name]?.text, text.utf8.count <= 4096 else { throw missing(name, "text") }
        return text
    }

    func number(_ name: String) throws(ImportFault) -> Double {
        guard let number = value[name]?.double else { throw missing(name, "number") }
        return number
    }

    /// A number that stands in the line only where there is something to tell.
    func numberOrZero(_ name: String) throws(ImportFault) -> Double {
        value[name] == nil ? 0 : try number(name)
    }

    func whole(_ name: String) throws(ImportFault) -> Int64 {
        guard let whole = value[name]?.int else { throw missing(name, "whole number") }
        return Int64(whole)
    }

    func count(_ name: String, _ range: ClosedRange<Int> = 0...1 << 40) throws(ImportFault) -> Int {
        guard let count = value[name]?.int, range.contains(count) else { throw missing(name, "count") }
        return count
    }

    func flag(_ name: String) throws(ImportFault) -> Bool {
        guard let flag = value[name]?.flag else { throw missing(name, "truth value") }
        return flag
    }

    func choice<Choice: RawRepresentable<String>>(_ name: String) throws(ImportFault) -> Choice {
        guard let choice = Choice(rawValue: try text(name)) else {
            throw missing(name, "word that is known here")
        }
        return choice
    }

    /// Within the hundred years that leave room for arithmetic.
    func instant(_ name: String) throws(ImportFault) -> Instant {
        let nanoseconds = try whole(name)
        guard nanoseconds.magnitude < 1 << 61 else { throw missing(name, "time") }
        return Instant(nanoseconds: nanoseconds)
    }

    func span(_ name: String) throws(ImportFault) -> Elapsed {
        let nanoseconds = try whole(name)
        guard nanoseconds.magnitude < 1 << 60 else { throw missing(name, "length of time") }
        return Elapsed(nanoseconds: nanoseconds)
    }

    /// A length of time that is told in seconds.
    func seconds(_ name: String) throws(ImportFault) -> Elapsed {
        let seconds = try number(name)
        guard seconds.magnitude < 1e9 else { throw missing(name, "length of time") }
        return .seconds(seconds)
    }

    func direction(_ name: String) throws(ImportFault) -> Vector3<SensorFrame> {
        let parts = (value[name]?.elements ?? []).compactMap(\.double)
        guard parts.count == 3 else { throw missing(name, "direction") }
        return Vector3(parts[0], parts[1], parts[2])
    }

    func sensors() throws(ImportFault) -> SensorTime {
        var time = SensorTime()
        time.anglesOnly = try numberOrZero("angles_only_s")
        time.thigh = try numberOrZero("with_thigh_s")
        time.thorax = try numberOrZero("with_thorax_s")
        return time
    }

    /// The sums of how the trunk was held and moved, by the names that an export gives their places.
    func exposure() throws(ImportFault) -> ExposureTable {
        var table = ExposureTable()
        guard let trunk = optional("trunk") else { return table }
        for member in trunk.members {
            guard let section = ImportedSection.all.first(where: { $0.name == member.name }) else {
                throw ImportFault("\"trunk\" has no \"\(Printable.text(member.name, limit: 40))\"")
            }
            for pair in member.value.elements {
                let numbers = pair.elements.compactMap(\.int)
                guard numbers.count == 2, let index = section.index(of: numbers[0]) else {
                    throw ImportFault("\"\(section.name)\" is not made of places and numbers")
                }
                table.add(Int64(numbers[1]), to: section.section, index)
            }
        }
        return table
    }
}

/// A section of the sums, and what an export calls the places in it.
struct ImportedSection {
    let name: String
    let section: ExposureTable.Section
    let label: @Sendable (Int) -> Int

    /// The place that is called `label`.
    func index(of label: Int) -> Int? { (0..<section.count).first { self.label($0) == label } }

    /// As `ExposureJSON` writes them.
    static let all: [ImportedSection] = [
        ImportedSection(name: "flexion_seated_ms", section: ExposureTable.flexionSeated) {
            ExposureTable.lowestFlexion + $0
        },
        ImportedSection(name: "flexion_on_feet_ms", section: ExposureTable.flexionOnFeet) {
            ExposureTable.lowestFlexion + $0
        },
        ImportedSection(name: "flexion_rate_ms", section: ExposureTable.speed) {
            Int(ExposureTable.speedRange($0).low)
        },
        ImportedSection(name: "cadence_ms", section: ExposureTable.cadence) {
            ExposureTable.lowestCadence + $0 * ExposureTable.cadenceWidth
        },
        ImportedSection(name: "eva_ms", section: ExposureTable.variation) { $0 },
        ImportedSection(name: "reba_trunk_score_ms", section: ExposureTable.trunkScore) { $0 + 1 },
        ImportedSection(name: "zone_entries", section: ExposureTable.entries) { $0 },
        ImportedSection(name: "zone_frequent_ms", section: ExposureTable.frequent) { $0 },
        ImportedSection(name: "forward_unknown_ms", section: ExposureTable.forwardUnknown) { $0 },
        ImportedSection(name: "unknown_posture_ms", section: ExposureTable.unplaced) { $0 },
    ]
}
