import LumbarCore

/// What every JSON form of an alert has besides its times.
enum AlertJSON {
    static func addRest(of alert: Alert, to object: inout some KeyedValues) {
        object.add("duration_s", alert.duration)
        object.add("step", alert.step)
        object.add("count", alert.count)
        if let flexion = alert.flexionDegrees { object.add("flexion_deg", flexion) }
        object.add("wearer", alert.wearer.text)
        object.add("message", alert.message)
    }
}
