import LumbarCore

/// Answers to alerts as JSON.
public enum AcknowledgementJSON {
    /// One line for an answer; times by the zone of their moments.
    public static func line(_ answer: Acknowledgement, zone: (WallTime) -> ZoneRule) -> String {
        var object = JSONObject()
        object.add("type", "acknowledgement")
        object.addRaw("id", String(answer.id))
        object.add("alert", AlertID(answer.alert).text)
        object.add("verdict", answer.verdict.rawValue)
        object.add("time", LocalTimeText.standard(answer.time, zone: zone(answer.time)))
        let raised = answer.alertTime.map {
            JSONObject.quoted(LocalTimeText.standard($0, zone: zone($0)))
        }
        object.addRaw("alert_time", raised ?? "null")
        object.add("rule", answer.alert.rule.rawValue)
        object.add("step", answer.alert.step)
        object.add("wearer", answer.alert.wearer.text)
        object.addRaw("instant_ns", String(answer.alert.time.nanoseconds))
        object.addRaw("episode_start_ns", String(answer.alert.episodeStart.nanoseconds))
        object.add("boot_id", answer.alert.bootID)
        object.add("uuid", answer.uniqueID.description)
        return object.text
    }
}
