import LumbarCore

/// What the wearer said of their pain, for a clinician's system.
public struct PainEntry: Sendable, Equatable {
    /// What the entry is known by everywhere.
    public var id: String
    /// When it was felt.
    public var time: WallTime
    /// The local zone then.
    public var zone: ZoneRule
    /// How strong, 0...10.
    public var pain: Int
    /// What they wrote; may be empty.
    public var note: String
    /// Whose.
    public var wearer: WearerID

    /// An entry.
    public init(
        id: String, time: WallTime, zone: ZoneRule, pain: Int, note: String, wearer: WearerID
    ) {
        self.id = id
        self.time = time
        self.zone = zone
        self.pain = pain
        self.note = note
        self.wearer = wearer
    }
}

/// The history as a FHIR R4 Bundle of type `collection`, entry by entry so that it need not fit into memory.
///
/// Pain and steps have codes of LOINC. What has none there has one of the CodeSystem that goes along in the bundle, under
/// a URI that nobody has to resolve. The patient is a pseudonym: no name, no date of birth, nothing else.
public struct FHIRExport {
    private let identity: ExportIdentity
    private let version: String
    private var hasEntries = false

    /// A bundle whose resources have the names that `identity` gives; `version` is the program's.
    public init(identity: ExportIdentity, version: String) {
        self.identity = identity
        self.version = version
    }

    // MARK: The bundle

    /// What the text begins with, the measures' codes and the device; `made` is when.
    public mutating func begin(made: WallTime, _ zone: ZoneRule) -> String {
        var head = #"{"resourceType":"Bundle","type":"collection","timestamp":"#
        head += JSONObject.quoted(ExportTime.text(made, zone)) + #","entry":["#
        head += entry(identity.uuid("codes"), FHIRCode.codeSystem())
        var device = JSONObject()
        device.add("resourceType", "Device")
        device.addRaw("deviceName", #"[{"name":"lumbard","type":"user-friendly-name"}]"#)
        device.addRaw("version", #"[{"value":"# + JSONObject.quoted(version) + "}]")
        device.addRaw(
            "type", #"{"text":"inertial measurement unit worn at the lumbar spine, read by lumbard"}"#)
        return head + entry(identity.uuid("device"), device.text)
    }

    /// The patient that `wearer` is.
    public mutating func patient(_ wearer: WearerID) -> String {
        var patient = JSONObject()
        patient.add("resourceType", "Patient")
        let pseudonym = identity.uuid("patient", wearer.text)
        patient.addRaw(
            "identifier", #"[{"system":"urn:ietf:rfc:3986","value":"urn:uuid:\#(pseudonym)"}]"#)
        return entry(pseudonym, patient.text)
    }

    /// The observations of a day; none when it has no date.
    public mutating func observations(_ day: DailySummary, zone: ZoneRule) -> String {
        guard let date = day.date else { return "" }
        let start = zone.start(of: date)
        let end = ExportTime.end(of: day, on: date, zone)
        var period = JSONObject()
        period.add("start", ExportTime.text(start, zone))
        period.add("end", ExportTime.text(end, zone))
        var text = ""
        for (code, value) in FHIRCode.values(of: day) {
            var observation = JSONObject()
            observation.add("resourceType", "Observation")
            observation.add("status", day.isComplete ? "final" : "preliminary")
            observation.addRaw("category", FHIRExport.category("activity"))
            observation.addRaw("code", code.concept)
            observation.addRaw("subject", reference(identity.uuid("patient", day.wearer.text)))
            observation.addRaw("effectivePeriod", period.text)
            observation.addRaw("valueQuantity", code.quantity(value))
            observation.addRaw("device", reference(identity.uuid("device")))
            text += entry(
                identity.uuid("observation", day.wearer.text, date.description, code.code), observation.text)
        }
        return text
    }

    /// The observation of an entry of the diary; nothing when its pain is not of 0...10.
    public mutating func observation(_ entry: PainEntry) -> String {
        guard (0...10).contains(entry.pain) else { return "" }
        let code = FHIRCode.pain
        let subject = identity.uuid("patient", entry.wearer.text)
        var observation = JSONObject()
        observation.add("resourceType", "Observation")
        observation.add("status", "final")
        observation.addRaw("category", FHIRExport.category("survey"))
        observation.addRaw("code", code.concept)
        observation.addRaw("subject", reference(subject))
        observation.add("effectiveDateTime", ExportTime.text(entry.time, entry.zone))
        observation.addRaw("performer", "[" + reference(subject) + "]")
        observation.addRaw("valueQuantity", code.quantity(Double(entry.pain)))
        if !entry.note.isEmpty {
            observation.addRaw("note", #"[{"text":"# + JSONObject.quoted(entry.note) + "}]")
        }
        let name = identity.uuid("pain", entry.wearer.text, entry.id)
        return self.entry(name, observation.text)
    }

    /// What the text ends with.
    public func end() -> String { "]}\n" }

    // MARK: Parts

    private mutating func entry(_ uuid: String, _ resource: String) -> String {
        defer { hasEntries = true }
        return (hasEntries ? ",\n" : "\n") + #"{"fullUrl":"urn:uuid:\#(uuid)","resource":\#(resource)}"#
    }

    private func reference(_ uuid: String) -> String { #"{"reference":"urn:uuid:\#(uuid)"}"# }

    private static func category(_ code: String) -> String {
        let system = "http://terminology.hl7.org/CodeSystem/observation-category"
        return #"[{"coding":[{"system":"\#(system)","code":"\#(code)"}]}]"#
    }
}
