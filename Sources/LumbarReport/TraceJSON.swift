import LumbarCore
import LumbarStore

/// What was measured around an alert, as one JSON object: its curve in whole degrees, `null` where none was known, and the
/// posture believed at the end of each interval.
enum TraceJSON {
    static func addCurve(of trace: AlertTrace, to object: inout JSONObject) {
        object.addRaw("interval_s", SecondsText.fixed(trace.interval))
        let angles = trace.flexionDegrees.map { $0.map(String.init) ?? "null" }
        object.addRaw("flexion_deg", "[" + angles.joined(separator: ",") + "]")
        let postures = trace.postures.map { JSONObject.quoted($0.rawValue) }
        object.addRaw("posture", "[" + postures.joined(separator: ",") + "]")
    }
}

extension StoredJSON {
    /// One line for the trace of an alert; its times are whole, exact or not.
    static func line(_ trace: AlertTrace, _ key: AlertKey, _ place: Place) -> String {
        var object = JSONObject()
        object.add("type", "trace")
        object.add("alert", AlertID(key).text)
        object.addRaw(
            "start",
            place.wall.map { JSONObject.quoted(LocalTimeText.standard($0, zone: place.zone)) } ?? "null")
        TraceJSON.addCurve(of: trace, to: &object)
        object.add("wearer", key.wearer.text)
        object.add("rule", key.rule.rawValue)
        object.addRaw("alert_ns", String(key.time.nanoseconds))
        object.addRaw("episode_start_ns", String(key.episodeStart.nanoseconds))
        object.add("step", key.step)
        object.addRaw("interval_ns", String(trace.interval.nanoseconds))
        object.addRaw("start_ns", String(trace.start.nanoseconds))
        object.add("boot_id", key.bootID)
        return object.text
    }
}
