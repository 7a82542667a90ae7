import LumbarCore
import LumbarSimulation

/// What happened on a day and what was told of it, one line each, by time.
enum DayLog {
    static func line(_ episode: Episode) -> String {
        "\(time(episode.start))   told \(episode.kind) until \(time(episode.end)), known \(time(episode.decided))"
    }

    static func line(_ alert: Alert) -> String {
        let voice = alert.delivery == .told ? alert.tier.rawValue : alert.delivery.rawValue
        return "\(time(alert.time))   \(alert.rule.rawValue) \(voice): \(alert.message)"
    }

    static func merge(_ truth: [TruthSpan], _ told: [(time: Instant, line: String)]) -> [String] {
        let happened = truth.map {
            (time: $0.start, line: "\(time($0.start)) \($0.kind) until \(time($0.end))")
        }
        let all = (happened + told).enumerated().sorted { a, b in
            (a.element.time, a.offset) < (b.element.time, b.offset)
        }
        return all.map(\.element.line)
    }

    private static func time(_ instant: Instant) -> String {
        DecimalText.fixed((instant - .zero).seconds, 1)
    }
}
