import LumbarCore

extension AlertPolicy {
    /// Until when it keeps quiet because it was asked to; long ago when it does not.
    public var snoozedUntil: Instant { asked.snoozedUntil }

    /// Whether a training that was asked for has come to its end: no session and no measurement is to come.
    public var isTrainingOver: Bool {
        guard let course = training.course, let today = training.today else { return false }
        return course.trained != nil && course.next(from: today) == nil
    }

    /// The profile in force, and why.
    public var profileInForce: ProfileInForce {
        if let end = asked.flareEnd(at: clock) {
            return ProfileInForce(profile: .flare, reason: .spasm, until: end)
        }
        guard let profile = asked.profile else {
            return ProfileInForce(profile: settings.profile, reason: .settings)
        }
        return ProfileInForce(profile: profile, reason: .asked)
    }
}

/// The profile that the rules go by, why, and until when.
public struct ProfileInForce: Sendable, Equatable {
    /// Which.
    public var profile: AlertProfile
    /// Why.
    public var reason: Reason
    /// When it is over by itself; nil when it is not.
    public var until: Instant?

    /// Why a profile is in force.
    public enum Reason: String, Sendable, CaseIterable {
        /// It is that of the settings.
        case settings
        /// It was asked for.
        case asked
        /// A spasm was noted, and no profile asked for since.
        case spasm
    }
}

extension Alert {
    /// The same, said at `now` at the latest.
    func said(by now: Instant) -> Alert {
        var alert = self
        alert.time = min(time, now)
        alert.episodeStart = min(episodeStart, now)
        return alert
    }
}
