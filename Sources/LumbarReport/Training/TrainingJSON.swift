import LumbarCore
import LumbarMeasures

/// A training as JSON: one line of it, then one for each session and for each measurement.
public enum TrainingJSON {
    /// The lines.
    public static func lines(_ standing: TrainingStanding, of wearer: WearerID) -> [String] {
        var object = begin("training", wearer)
        let course = standing.course
        let plan = course.log.plan
        object.add("goal", plan.goal.rawValue)
        object.add("state", standing.state.rawValue)
        object.add("since", standing.asked.description)
        date(standing.stopped, "stopped", &object)
        object.add("target", plan.target, decimals: 4)
        share(plan.baseline, "baseline", &object)
        date(course.trained, "trained", &object)
        share(course.endShare, "end_share", &object)
        let next = standing.next
        date(next?.date, "next", &object)
        let (duty, minutes) = words(next?.duty ?? .nothing)
        object.add("next_is", duty)
        object.addRaw("next_min", minutes.map(String.init) ?? "null")
        return [object.text] + course.made.map { line($0, wearer) }
            + course.retention.map { line($0, standing, wearer) }
    }

    /// The line of a wearer who trains nothing.
    public static func none(_ wearer: WearerID) -> String {
        var object = begin("training", wearer)
        object.addRaw("goal", "null")
        return object.text
    }

    private static func line(_ made: TrainingCourse.Made, _ wearer: WearerID) -> String {
        var object = begin("training_session", wearer)
        object.add("date", made.session.date.description)
        object.add("minutes", made.session.seconds / 60, decimals: 1)
        object.add("booster", made.isBooster)
        count(made.session.count, &object)
        object.add("verdict", made.verdict.rawValue)
        return object.text
    }

    private static func line(
        _ retention: TrainingCourse.Retention, _ standing: TrainingStanding, _ wearer: WearerID
    ) -> String {
        var object = begin("training_retention", wearer)
        object.add("weeks", retention.weeks)
        object.add("due", retention.due.description)
        object.add("state", standing.fate(of: retention).rawValue)
        guard let day = retention.day else { return object.text }
        object.add("date", day.date.description)
        count(day.count, &object)
        share(day.count.share.flatMap(standing.course.kept), "kept", &object)
        return object.text
    }

    /// What a training came to on one day, as the value of a key of that day's.
    static func value(_ training: DayTraining) -> String {
        var object = JSONObject()
        let sessions = training.sessions
        object.add("sessions", sessions.count)
        if !sessions.isEmpty {
            object.add("time_s", sessions.reduce(0) { $0 + $1.seconds }, decimals: 1)
            let count = sessions.reduce(BendCount()) { $0 + $1.count }
            object.add("bends", count.bends)
            object.add("deep_bends", count.deep)
        }
        if case .retention(let weeks) = training { object.add("retention_weeks", weeks) }
        return object.text
    }

    private static func begin(_ type: String, _ wearer: WearerID) -> JSONObject {
        var object = JSONObject()
        object.add("type", type)
        object.add("wearer", wearer.text)
        return object
    }

    private static func count(_ count: BendCount, _ object: inout JSONObject) {
        object.add("bends", count.bends)
        object.add("deep_bends", count.deep)
        share(count.share, "share", &object)
    }

    private static func share(_ value: Double?, _ key: String, _ object: inout JSONObject) {
        object.addRaw(key, value.map { object.text($0, decimals: 4) } ?? "null")
    }

    private static func date(_ value: CivilDate?, _ key: String, _ object: inout JSONObject) {
        object.addRaw(key, value.map { JSONObject.quoted($0.description) } ?? "null")
    }

    private static func words(_ duty: TrainingCourse.Duty) -> (String, Int?) {
        switch duty {
        case .session(let minutes): ("session", minutes)
        case .booster(let minutes): ("booster", minutes)
        case .retention: ("retention", nil)
        case .nothing: ("nothing", nil)
        }
    }
}
