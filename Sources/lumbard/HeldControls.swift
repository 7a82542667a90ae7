import LumbarCore
import LumbarLive
import LumbarMonitor
import LumbarStore

/// What wearers asked for, as it stands; a few entries at most.
struct HeldControls {
    private(set) var all: [AskedControl] = []
    /// What came from another boot, whose end, or of a profile whose beginning, the wall clock decides.
    private(set) var fromBefore: [StoredControl] = []

    /// The longest pause.
    static let longestPause = Elapsed.hours(7 * 24)

    func term(_ kind: AskedControl.Kind, of wearer: WearerID) -> AskedControl.Term? {
        all.first { $0.wearer == wearer && $0.kind == kind }?.term
    }

    /// Takes it in place of what was asked before.
    mutating func hold(_ control: AskedControl) {
        let isOther: (AskedControl) -> Bool = { $0.wearer != control.wearer || $0.kind != control.kind }
        all.removeAll { !isOther($0) }
        fromBefore.removeAll { !isOther($0.control) }
        if control.term != nil { all.append(control) }
    }

    /// Takes what was stored by an earlier boot, and goes by the wall clock about it.
    mutating func hold(_ stored: StoredControl, as placed: AskedControl, isOfThisBoot: Bool) {
        hold(placed)
        let goesByTheClock = placed.term?.until != nil || placed.kind == .profile
        if !isOfThisBoot, goesByTheClock { fromBefore.append(stored) }
    }

    /// When the next of them is over.
    var nextEnd: Instant? { all.compactMap { $0.term?.until }.min() }

    /// Those that are over at `now`.
    func over(at now: Instant) -> [AskedControl] {
        all.filter { control in control.term?.until.map { $0 <= now } ?? false }
    }

    /// Whether the wearer's sensors are to be closed.
    func isPaused(_ wearer: WearerID) -> Bool { term(.pause, of: wearer) != nil }

    /// The profile asked for; nil for the one of the settings.
    func profile(of wearer: WearerID) -> AlertProfile? {
        term(.profile, of: wearer).flatMap { AlertProfile(rawValue: $0.detail) }
    }

    /// What is trained; nil when nothing is.
    func training(of wearer: WearerID) -> TrainingPlan? {
        term(.training, of: wearer).flatMap { TrainingPlan($0.detail) }
    }
}

/// How often something may be asked for: each time is a write to a card that bears only so many.
struct AskingRate {
    private var minute = Instant(nanoseconds: .min)
    private var count = 0

    /// In a minute, by all clients together.
    static let most = 30

    /// Whether one more is allowed at `now`; it is counted.
    mutating func allows(at now: Instant) -> Bool {
        if now - minute >= .seconds(60) { (minute, count) = (now, 0) }
        count += 1
        return count <= AskingRate.most
    }
}

extension AskedControl {
    /// What has changed for those who look on, now that it holds or is over.
    var change: LiveControl.Change {
        switch kind {
        case .snooze: term == nil ? .woken : .snoozed
        case .pause: term == nil ? .resumed : .paused
        case .profile: .profile
        case .training: .training
        }
    }
}
