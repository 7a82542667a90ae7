import LumbarCore
import LumbarStore

/// The history as data points of IEEE 1752.1, one JSON object per line.
///
/// Of that standard, `body-posture` is a set of words and no data point of its own, so a span in a posture is a
/// `physical-activity` (which "can be sedentary") whose body says the `body_posture` too. Its words are four: of ours,
/// walking has none and goes without; unknown posture, and time not worn, are no activity and are left out and counted.
public struct IEEE1752Export: Sendable {
    /// Spans left out because the posture was not known.
    public private(set) var unknown = 0
    /// Spans left out because nobody wore the sensor.
    public private(set) var notWorn = 0
    /// Spans and days left out because the time of the day was never known.
    public private(set) var undated = 0
    /// Data points made.
    public private(set) var points = 0

    private let identity: ExportIdentity

    /// An export whose data points have the names that `identity` gives.
    public init(identity: ExportIdentity) { self.identity = identity }

    /// The data point of a row of the history; nil when it has none.
    public mutating func line(_ row: ExportedRow) -> String? {
        guard case .episode(let episode, let wearer, let place) = row,
            case .posture(let posture) = episode.kind
        else { return nil }
        switch posture {
        case .unknown: unknown += 1
        case .notWorn: notWorn += 1
        default:
            guard let start = place.wall else {
                undated += 1
                return nil
            }
            let end = start + episode.duration
            var body = JSONObject()
            body.add("activity_name", IEEE1752Export.activity(posture))
            addFrame(start, end, place.zone, to: &body)
            addDuration(episode.duration.seconds, to: &body)
            if let word = IEEE1752Export.bodyPosture(posture) { body.add("body_posture", word) }
            let name = identity.uuid(
                "posture", wearer.text, place.bootID, String(episode.start.nanoseconds))
            return point(name, created: end, place.zone, body)
        }
        return nil
    }

    /// The data point of a day's walking with its steps; nil when there was none, or the day has no date or is not over.
    ///
    /// A data point never changes: one of a day so far would have to.
    public mutating func line(_ day: DailySummary, zone: ZoneRule) -> String? {
        guard let date = day.date else {
            undated += 1
            return nil
        }
        guard day.isComplete, day.steps > 0 else { return nil }
        let start = zone.start(of: date)
        let end = ExportTime.end(of: day, on: date, zone)
        var body = JSONObject()
        body.add("activity_name", "walking")
        addFrame(start, end, zone, to: &body)
        addDuration(day.seconds(.walking), to: &body)
        body.addRaw("base_movement_quantity", #"{"value":\#(day.steps),"unit":"steps"}"#)
        return point(identity.uuid("walking", day.wearer.text, date.description), created: end, zone, body)
    }

    private mutating func point(
        _ uuid: String, created: WallTime, _ zone: ZoneRule, _ body: JSONObject
    ) -> String {
        points += 1
        var schema = JSONObject()
        schema.add("namespace", "ieee")
        schema.add("name", "physical-activity")
        schema.add("version", "1.0")
        var header = JSONObject()
        header.add("uuid", uuid)
        header.addRaw("schema_id", schema.text)
        header.add("source_creation_date_time", ExportTime.text(created, zone))
        header.add("modality", "sensed")
        var point = JSONObject()
        point.addRaw("header", header.text)
        point.addRaw("body", body.text)
        return point.text
    }

    private func addFrame(_ start: WallTime, _ end: WallTime, _ zone: ZoneRule, to body: inout JSONObject) {
        var interval = JSONObject()
        interval.add("start_date_time", ExportTime.text(start, zone))
        interval.add("end_date_time", ExportTime.text(end, zone))
        body.addRaw("effective_time_frame", #"{"time_interval":"# + interval.text + "}")
    }

    private func addDuration(_ seconds: Double, to body: inout JSONObject) {
        var duration = JSONObject()
        duration.add("value", seconds, decimals: 3)
        duration.add("unit", "sec")
        body.addRaw("duration", duration.text)
    }

    /// The plain name of the activity.
    private static func activity(_ posture: Posture) -> String {
        posture == .lying ? "lying down" : posture.rawValue
    }

    /// The word of IEEE 1752.1 `body-posture` 1.0.
    static func bodyPosture(_ posture: Posture) -> String? {
        switch posture {
        case .lying: "lying down"
        case .sitting: "sitting"
        case .standing: "standing"
        case .walking, .unknown, .notWorn: nil
        }
    }
}
