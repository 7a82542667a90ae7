import LumbarCore

/// What a wearer can do for the sensor, so that it can do something for them.
///
/// What happens to the device itself is told in the journal at once, for whoever looks after the machine; these notices
/// are for the wearer, once a day, and only by day.
enum SensorRules {
    static let all = [offBody, silentSensor, untrusted, staleUpright]

    private static let silence: Vetoes = [.snooze, .quietHours, .night]
    private static let worn: Vetoes = [.walking, .lying, .notWorn, .probation, .snooze, .quietHours]

    private static let offBody = Rule(
        id: .offBody, title: "The sensor has not been worn for long",
        says:
            "Nobody has worn the sensor for two hours between nine in the morning and eight in the evening.",
        evidence: "What is not worn measures nothing; people forget. The times are a choice of this program.",
        sources: ["Requests of users of such programs"], key: "sensor", dwell: "2 h",
        release: "when it is worn",
        clause: "time_not_worn", unit: .seconds, repeats: .perDay(1), vetoes: silence, mode: { $0.sensor },
        steps: { _ in [Step(threshold: 2 * 3600, tier: .notice)] },
        senses: { fact, _ in
            switch fact {
            case .lost: return .over
            case .episode(let episode):
                guard case .posture(let posture) = episode.kind else { return .none }
                // Between its end and news of another posture it is known to be over.
                if posture == .notWorn, !episode.isOngoing { return .over }
                guard episode.isOngoing else { return .none }
                return posture == .notWorn ? .situation(Situation(since: episode.start)) : .over
            default: return .none
            }
        },
        text: { AlertText.offBody(seconds: $0.level) })

    private static let silentSensor = Rule(
        id: .silentSensor, version: 2, title: "Nothing is heard from the sensor",
        says:
            "The sensor that was heard has been silent for twenty minutes, by day, outside a pause that was asked for.",
        evidence: "A battery that is empty unnoticed costs the rest of the day.",
        sources: ["Requests of users of such programs"], key: "sensor", dwell: "20 min",
        release: "when it is heard", clause: "time_silent", unit: .seconds, repeats: .perDay(1),
        vetoes: silence, mode: { $0.sensor }, steps: { _ in [Step(threshold: 20 * 60, tier: .notice)] },
        senses: { fact, view in
            switch fact {
            case .lost(let time): view.isPaused ? .over : .situation(Situation(since: time))
            case .heard: .over
            default: .none
            }
        },
        text: { AlertText.silentSensor(seconds: $0.level) })

    private static let untrusted = trust(
        .untrusted, .moved, title: "Angles do not count: the sensor moved",
        says: "The sensor seems to have moved on the body ten minutes ago, and it is not clear to where.",
        minutes: 10, clause: "time_moved", text: AlertText.untrusted)

    private static let staleUpright = trust(
        .staleUpright, .stale, title: "Angles wait for upright to be confirmed",
        says: "The sensor was away, and half an hour of wearing has shown no walk or quiet stand since.",
        minutes: 30, clause: "time_stale", text: AlertText.staleUpright)

    private static func trust(
        _ id: AlertRule, _ trust: MountTrust, title: String, says: String, minutes: Double, clause: String,
        text: @escaping @Sendable (Double) -> String
    ) -> Rule {
        Rule(
            id: id, title: title, says: says,
            evidence:
                "A sensor that sits differently measures wrong angles that look right, so nothing is said about bends until "
                + "a walk shows where upright is.",
            sources: ["Evans et al. 2024, on the errors of lumbar sensors"], key: "sensor",
            dwell: "\(AlertText.whole(minutes)) min", release: "a walk or a quiet stand", clause: clause,
            unit: .seconds, repeats: .perDay(1), vetoes: worn, mode: { $0.sensor },
            steps: { _ in [Step(threshold: minutes * 60, tier: .notice)] },
            senses: { fact, _ in
                switch fact {
                case .lost: .over
                case .trust(let new, let time): new == trust ? .situation(Situation(since: time)) : .over
                default: .none
                }
            },
            text: { text($0.level) })
    }
}
