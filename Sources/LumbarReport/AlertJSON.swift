import LumbarCore

/// What every form of an alert for other programs has besides its times.
enum AlertJSON {
    static func addRest(of alert: Alert, to object: inout some KeyedValues) {
        object.add("duration_s", alert.duration)
        object.add("step", alert.step)
        object.add("count", alert.count)
        if let flexion = alert.flexionDegrees { object.add("flexion_deg", flexion) }
        object.add("wearer", alert.wearer.text)
        object.add("message", alert.message)
        object.add("delivery", alert.delivery.rawValue)
    }

    /// Why it was raised, as an object of its own; nothing where that is not known.
    static func addReason(of alert: Alert, to object: inout JSONObject) {
        guard let reason = alert.reason else { return }
        var inner = JSONObject(isExact: object.isExact)
        addMembers(of: reason, to: &inner)
        object.addRaw("reason", inner.text)
    }

    static func addMembers(of reason: AlertReason, to object: inout some KeyedValues) {
        object.add("clause", reason.clause)
        object.add("measured", reason.measured, decimals: 3)
        object.add("threshold", reason.threshold, decimals: 3)
        object.add("unit", reason.unit.rawValue)
        object.add("dwell_s", reason.dwell.seconds, decimals: 1)
        object.add("uncertainty", reason.uncertainty, decimals: 3)
        object.add("confidence", reason.confidence, decimals: 3)
        object.add("algorithm", reason.algorithm)
        object.add("calibration_age_s", reason.calibrationAge?.seconds, decimals: 0)
    }
}
