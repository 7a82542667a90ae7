import LumbarCore

/// Signs with back pain that need a doctor, as a page of static text: the same for everybody, whatever the sensor sees.
///
/// The emergency signs are those on the cauda equina warning card (Greenhalgh, Finucane, Mercer and Selfe), the
/// others follow the red-flag framework of Finucane et al. 2020 (JOSPT 50:350). The words are our own.
public enum RedFlags {
    /// What the page is.
    public static let about =
        "This program counts movement; it cannot tell why your back hurts. This page is the same for everybody: nothing "
        + "on it comes from what the sensor saw."

    /// Signs for emergency care on the same day.
    public static let emergency = [
        "numbness or tingling between the legs, around the genitals or the back passage",
        "trouble starting to urinate, or not feeling it, or leaking urine",
        "leaking from the bowel",
        "no feeling or function in sex, where there was before",
        "weakness in both legs, or walking that gets worse",
    ]

    /// Circumstances in which a clinician should see the back within days.
    public static let soon = [
        "after a fall or a blow; after a slight one too with thin bones or steroids",
        "with fever, or feeling unwell",
        "with cancer now or in the past",
        "with weight loss that nothing explains",
        "that is there all night and that no position eases",
        "for the first time before the age of 20 or after 55",
        "in the upper or middle back",
        "with a weakened immune system",
    ]

    /// Circumstances that a calendar shows.
    public static let talk = [
        "episodes come more often than before",
        "one lasts longer than six weeks",
    ]

    /// Where it is from.
    public static let sources = [
        "Cauda equina warning card: Greenhalgh, Finucane, Mercer, Selfe.",
        "Red-flag framework: Finucane et al. 2020, JOSPT 50:350.",
    ]

    /// The page, at most 80 columns wide.
    public static var lines: [String] {
        var lines = WrappedText.lines(about, width: 80) + [""]
        lines += WrappedText.lines(
            "Get emergency care today (the emergency department; 112, 999 or 911) with back pain and any of these, "
                + "if it is new:", width: 80)
        lines += items(emergency) + [""]
        lines += WrappedText.lines("See a doctor within days about back pain", width: 80)
        lines += items(soon) + [""]
        lines += ["Talk to a clinician too when"] + items(talk) + ["", "Sources"] + items(sources)
        return lines + ["", SafetyText.notMedical].flatMap { WrappedText.lines($0, width: 80) }
    }

    private static func items(_ texts: [String]) -> [String] {
        texts.flatMap { WrappedText.lines("- " + $0, width: 80, first: "  ", rest: "    ") }
    }

    /// The page as one JSON object.
    public static var json: String {
        var object = JSONObject()
        object.add("type", "red_flags")
        object.add("about", about)
        object.addRaw("emergency", list(emergency))
        object.addRaw("soon", list(soon))
        object.addRaw("talk", list(talk))
        object.addRaw("sources", list(sources))
        return object.text
    }

    private static func list(_ texts: [String]) -> String {
        "[" + texts.map(JSONObject.quoted).joined(separator: ",") + "]"
    }
}
