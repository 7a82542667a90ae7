import LumbarCore

/// What an observation is of: its code, and the unit of its value in UCUM.
struct FHIRCode: Sendable {
    let system: String
    let code: String
    let display: String
    /// The unit as UCUM writes it, and for people.
    let unit: (code: String, name: String)

    /// The URI of our own codes: it names them, and leads nowhere.
    static let ownSystem = "urn:uuid:3b1f6c52-8d0e-4b7a-9a55-1e9c0c6a7d41"
    private static let loinc = "http://loinc.org"

    private init(_ code: String, _ display: String, _ unit: (String, String), system: String = ownSystem) {
        self.system = system
        self.code = code
        self.display = display
        self.unit = unit
    }

    /// LOINC's pain severity.
    static let pain = FHIRCode(
        "72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported", ("{score}", "score"),
        system: loinc)

    private static let steps = FHIRCode(
        "41950-7", "Number of steps in 24 hour Measured", ("{steps}", "steps"), system: loinc)

    private static let seconds = ("s", "s")
    private static let count = ("1", "1")

    private static let postures: [(Posture, FHIRCode)] = [
        (.sitting, FHIRCode("sitting-time", "Time seated in a day", seconds)),
        (.standing, FHIRCode("standing-time", "Time standing in a day, not walking", seconds)),
        (.walking, FHIRCode("walking-time", "Time walking in a day", seconds)),
        (.lying, FHIRCode("lying-time", "Time lying in a day", seconds)),
        (.unknown, FHIRCode("unknown-posture-time", "Time worn in a day in an unknown posture", seconds)),
        (.notWorn, FHIRCode("not-worn-time", "Time not worn in a day", seconds)),
    ]

    private static let measures: [(code: FHIRCode, value: @Sendable (DailySummary) -> Double)] = [
        (FHIRCode("no-data-time", "Time without data in a day", seconds), { $0.noDataSeconds }),
        (
            FHIRCode("longest-sitting-bout", "Longest bout of sitting in a day", seconds),
            { $0.longestSittingSeconds }
        ),
        (
            FHIRCode("sitting-breaks", "Times sitting was broken in a day", count),
            { Double($0.sittingBreaks) }
        ),
        (
            FHIRCode("flexion-over-45-deg-time", "Time with the trunk bent over 45 degrees", seconds),
            { $0.over45Seconds }
        ),
        (FHIRCode("bends", "Forward bends of the trunk in a day", count), { Double($0.bends) }),
        (
            FHIRCode("deep-bends", "Forward bends deeper than 60 degrees in a day", count),
            { Double($0.deepBends) }
        ),
        (FHIRCode("probable-lifts", "Probable lifts in a day", count), { Double($0.lifts) }),
    ]

    /// The observations of a day, in a fixed order.
    ///
    /// LOINC's steps are those of 24 hours: a day that is not over has none of them. The times add up to the day.
    static func values(of day: DailySummary) -> [(FHIRCode, Double)] {
        let isWhole = day.isComplete && day.wornSeconds > 0
        return (isWhole ? [(steps, Double(day.steps))] : [])
            + postures.map { ($1, day.seconds($0)) } + measures.map { ($0.code, $0.value(day)) }
    }

    /// A CodeableConcept.
    var concept: String {
        #"{"coding":[{"system":"\#(system)","code":"\#(code)","display":"\#(display)"}]}"#
    }

    /// A Quantity; whole numbers without a fraction.
    func quantity(_ value: Double) -> String {
        let decimals = unit.code == "s" ? 1 : 0
        var quantity = JSONObject()
        quantity.add("value", value, decimals: decimals)
        quantity.add("unit", unit.name)
        quantity.add("system", "http://unitsofmeasure.org")
        quantity.add("code", unit.code)
        return quantity.text
    }

    /// The CodeSystem of our own codes.
    static func codeSystem() -> String {
        let own = postures.map(\.1) + measures.map(\.code)
        let concepts = own.map { #"{"code":"\#($0.code)","display":"\#($0.display)"}"# }
        var system = JSONObject()
        system.add("resourceType", "CodeSystem")
        system.add("url", ownSystem)
        system.add("name", "LumbardMeasures")
        system.add("title", "Measures of lumbard")
        system.add("status", "active")
        system.add("caseSensitive", true)
        system.add("content", "complete")
        system.addRaw("concept", "[" + concepts.joined(separator: ",") + "]")
        return system.text
    }
}
