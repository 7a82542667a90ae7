import LumbarCore

/// The trunk's sums of a minute as JSON, for an export: everything that is stored, by the meaning of its place.
enum ExposureJSON {
    static func add(_ packed: PackedExposure, to object: inout JSONObject) {
        guard let table = packed.table, !table.isEmpty else { return }
        var all = JSONObject()
        add("flexion_seated_ms", ExposureTable.flexionSeated) { ExposureTable.lowestFlexion + $0 }
        add("flexion_on_feet_ms", ExposureTable.flexionOnFeet) { ExposureTable.lowestFlexion + $0 }
        add("flexion_rate_ms", ExposureTable.speed) { Int(ExposureTable.speedRange($0).low) }
        add("cadence_ms", ExposureTable.cadence) {
            ExposureTable.lowestCadence + $0 * ExposureTable.cadenceWidth
        }
        add("eva_ms", ExposureTable.variation) { $0 }
        add("reba_trunk_score_ms", ExposureTable.trunkScore) { $0 + 1 }
        add("zone_entries", ExposureTable.entries) { $0 }
        add("zone_frequent_ms", ExposureTable.frequent) { $0 }
        add("forward_unknown_ms", ExposureTable.forwardUnknown) { $0 }
        add("unknown_posture_ms", ExposureTable.unplaced) { $0 }
        object.addRaw("trunk", all.text)

        /// `[[12,5400],[13,300]]`: what is not zero, with where it begins.
        func add(_ key: String, _ section: ExposureTable.Section, _ name: (Int) -> Int) {
            let pairs = (0..<section.count).compactMap { index -> String? in
                let value = table[section, index]
                return value == 0 ? nil : "[\(name(index)),\(value)]"
            }
            if !pairs.isEmpty { all.addRaw(key, "[" + pairs.joined(separator: ",") + "]") }
        }
    }
}
