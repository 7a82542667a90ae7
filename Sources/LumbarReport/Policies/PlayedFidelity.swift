import LumbarCore
import LumbarStore

/// How well a policy that is played again gives what was told.
///
/// Two alerts are the same when they are of one rule and of one tier and less than two minutes apart; each is held against
/// one other at most, in the order of time.
public struct PlayedFidelity: Sendable, Equatable {
    /// Alerts that were told.
    public var told: Int
    /// Alerts that playing again gives.
    public var played: Int
    /// How far the moments of those that both have are apart, seconds, in the order of time.
    public var apart: [Double]
    /// Told, and not given again.
    public var missing: [StoredAlert]
    /// Given, and not told.
    public var added: [StoredAlert]

    /// The most that the moments of one alert may be apart.
    public static let most = Elapsed.minutes(2)

    /// Those of `told` and of `played` that are the same; both in the order of time.
    public init(told: [StoredAlert], played: [StoredAlert]) {
        self.told = told.count
        self.played = played.count
        (apart, missing, added) = ([], [], [])
        var free = Array(repeating: true, count: played.count)
        for alert in told {
            var best: (place: Int, apart: Double)?
            for (place, other) in played.enumerated()
            where free[place] && other.alert.rule == alert.alert.rule && other.alert.tier == alert.alert.tier
            {
                guard let a = alert.place.wall, let b = other.place.wall else { continue }
                let apart = (a - b).seconds.magnitude
                if apart < Self.most.seconds, best.map({ apart < $0.apart }) ?? true { best = (place, apart) }
            }
            if let best {
                free[best.place] = false
                apart.append(best.apart)
            } else {
                missing.append(alert)
            }
        }
        for (place, isFree) in free.enumerated() where isFree { added.append(played[place]) }
    }

    /// How many both have.
    public var same: Int { apart.count }

    /// In a sentence.
    public var sentence: String {
        if told == 0, played == 0 {
            return "Nothing was told, and played again the settings in force tell nothing."
        }
        let not =
            added.isEmpty
            ? "none that was not" : "\(added.count) that \(added.count == 1 ? "was" : "were") not"
        return "Played again, the settings in force give \(same) of the \(told) "
            + "\(told == 1 ? "alert that was told" : "alerts that were told"), and \(not)."
    }
}
