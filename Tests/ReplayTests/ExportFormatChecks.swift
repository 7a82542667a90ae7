import LumbarLive

/// What IEEE 1752.1 asks of a data point of physical-activity 1.0: its required members, words and units, checked against
/// the published schemas data-point, header, schema-id, physical-activity, time-frame, time-interval,
/// duration-unit-value, unit-value and body-posture, each 1.0.
enum IEEE1752Check {
    static func complaint(_ point: JSONValue) -> String? {
        guard let header = point["header"], let body = point["body"], point.members.count == 2 else {
            return "no header and body"
        }
        guard isUUID(header["uuid"]?.text) else { return "uuid" }
        let schema = header["schema_id"]
        guard schema?["namespace"]?.text == "ieee", schema?["name"]?.text == "physical-activity",
            schema?["version"]?.text == "1.0"
        else { return "schema_id" }
        guard isDateTime(header["source_creation_date_time"]?.text) else { return "creation" }
        guard header["modality"]?.text == "sensed" else { return "modality" }
        guard body["activity_name"]?.text?.isEmpty == false else { return "activity_name" }
        let interval = body["effective_time_frame"]?["time_interval"]
        guard isDateTime(interval?["start_date_time"]?.text), isDateTime(interval?["end_date_time"]?.text),
            interval?.members.count == 2
        else { return "time_interval" }
        let units = ["ps", "ns", "us", "ms", "sec", "min", "h", "d", "wk", "Mo", "yr"]
        guard body["duration"]?["value"]?.double != nil,
            units.contains(body["duration"]?["unit"]?.text ?? "")
        else { return "duration" }
        if let quantity = body["base_movement_quantity"] {
            guard quantity["value"]?.double != nil, quantity["unit"]?.text == "steps" else { return "steps" }
        }
        if let posture = body["body_posture"] {
            let words = ["sitting", "lying down", "standing", "semi-recumbent"]
            guard words.contains(posture.text ?? "") else { return "body_posture" }
        }
        return nil
    }

    static func isUUID(_ text: String?) -> Bool {
        let parts = text?.split(separator: "-", omittingEmptySubsequences: false) ?? []
        let hex = Set("0123456789abcdef")
        return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.joined().allSatisfy(hex.contains)
    }

    /// `YYYY-MM-DDThh:mm:ss[.fff]` with an offset, as RFC 3339 and FHIR's dateTime have it.
    static func isDateTime(_ text: String?) -> Bool {
        guard let text else { return false }
        let bytes = Array(text.utf8)
        guard bytes.count == 25 || bytes.count == 29 else { return false }
        let form = Array(
            (bytes.count == 25 ? "0000-00-00T00:00:00+00:00" : "0000-00-00T00:00:00.000+00:00").utf8)
        return zip(bytes, form).allSatisfy(fits)
    }

    /// Whether `byte` may stand where the form has `expected`: any digit for 0, either sign for +.
    private static func fits(_ byte: UInt8, _ expected: UInt8) -> Bool {
        switch expected {
        case UInt8(ascii: "0"): return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        case UInt8(ascii: "+"): return byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
        default: return byte == expected
        }
    }
}

/// The rules of FHIR R4 for what is in our bundle: required elements, cardinalities, value sets that are required, no two
/// entries under one URL, and references that lead to one.
enum FHIRCheck {
    static func complaint(_ bundle: JSONValue) -> String? {
        guard bundle["resourceType"]?.text == "Bundle", bundle["type"]?.text == "collection" else {
            return "no collection"
        }
        guard IEEE1752Check.isDateTime(bundle["timestamp"]?.text) else { return "timestamp" }
        let entries = bundle["entry"]?.elements ?? []
        var urls: [String: String] = [:]
        for entry in entries {
            guard let url = entry["fullUrl"]?.text, url.hasPrefix("urn:uuid:"),
                IEEE1752Check.isUUID(String(url.dropFirst(9))), let resource = entry["resource"],
                let type = resource["resourceType"]?.text
            else { return "an entry without URL and resource" }
            guard urls.updateValue(type, forKey: url) == nil else { return "twice: \(url)" }
        }
        var systems: Set<String> = ["http://loinc.org"]
        for entry in entries {
            guard let resource = entry["resource"], resource["resourceType"]?.text == "CodeSystem" else {
                continue
            }
            guard resource["status"]?.text == "active", resource["content"]?.text == "complete",
                let url = resource["url"]?.text
            else { return "CodeSystem" }
            let codes = resource["concept"]?.elements.compactMap { $0["code"]?.text } ?? []
            guard !codes.isEmpty, Set(codes).count == codes.count else { return "concepts" }
            for code in codes { systems.insert(url + "|" + code) }
        }
        return entries.lazy.compactMap { $0["resource"] }
            .compactMap { complaint(resource: $0, urls, systems) }.first
    }

    private static func complaint(
        resource: JSONValue, _ urls: [String: String], _ systems: Set<String>
    ) -> String? {
        switch resource["resourceType"]?.text {
        case "CodeSystem", "Device": return nil
        case "Patient":
            let allowed = ["resourceType", "identifier"]
            return resource.members.map(\.name) == allowed ? nil : "the patient is told more of"
        case "Observation": return complaint(observation: resource, urls, systems)
        default: return "an unknown resource"
        }
    }

    private static func complaint(
        observation: JSONValue, _ urls: [String: String], _ systems: Set<String>
    ) -> String? {
        guard ["final", "preliminary"].contains(observation["status"]?.text ?? "") else { return "status" }
        let category = observation["category"]?.elements.first?["coding"]?.elements.first
        guard category?["system"]?.text == "http://terminology.hl7.org/CodeSystem/observation-category",
            ["activity", "survey"].contains(category?["code"]?.text ?? "")
        else { return "category" }
        guard let code = observation["code"]?["coding"]?.elements.first, let system = code["system"]?.text,
            let word = code["code"]?.text, code["display"]?.text != nil
        else { return "code" }
        let isKnown =
            system == "http://loinc.org"
            ? ["41950-7", "72514-3"].contains(word) : systems.contains(system + "|" + word)
        guard isKnown else { return "code of no system: \(word)" }
        guard urls[observation["subject"]?["reference"]?.text ?? ""] == "Patient" else { return "subject" }
        if let device = observation["device"] {
            guard urls[device["reference"]?.text ?? ""] == "Device" else { return "device" }
        }
        let times = observation.members.map(\.name).filter { $0.hasPrefix("effective") }
        guard times.count == 1 else { return "effective[x]" }
        if let period = observation["effectivePeriod"] {
            guard IEEE1752Check.isDateTime(period["start"]?.text),
                IEEE1752Check.isDateTime(period["end"]?.text)
            else {
                return "effectivePeriod"
            }
        } else if !IEEE1752Check.isDateTime(observation["effectiveDateTime"]?.text) {
            return "effectiveDateTime"
        }
        let value = observation["valueQuantity"]
        guard value?["value"]?.double != nil, value?["system"]?.text == "http://unitsofmeasure.org",
            ["s", "1", "{steps}", "{score}"].contains(value?["code"]?.text ?? "")
        else { return "valueQuantity" }
        return nil
    }
}
