import LumbarCore
import LumbarStore

/// Why an alert was raised, as one JSON object.
public enum WhyJSON {
    /// The alert as `lumbarctl alerts --json` has it, the sentence, and what was measured; `null` when that was not kept.
    public static func line(_ stored: StoredAlert, verdict: AlertVerdict?, trace: AlertTrace?) -> String {
        var object = JSONObject()
        object.add("type", "why")
        object.add("sentence", WhyWords.sentence(stored.alert))
        object.addRaw("alert", StoredJSON.line(stored, verdict: verdict))
        object.addRaw("trace", trace.map { text($0, stored) } ?? "null")
        return object.text
    }

    private static func text(_ trace: AlertTrace, _ stored: StoredAlert) -> String {
        var object = JSONObject()
        let start = stored.place.wall.map { $0 + (trace.start - stored.alert.time) }
        let time = start.map { JSONObject.quoted(LocalTimeText.standard($0, zone: stored.place.zone)) }
        object.addRaw("start", time ?? "null")
        TraceJSON.addCurve(of: trace, to: &object)
        object.addRaw("start_ns", String(trace.start.nanoseconds))
        return object.text
    }
}
