import LumbarCore

/// A threshold with two levels and a minimum stay on either side.
///
/// ```text
///             enter ┄┄┄┄┄┄┄┄┄╭──────╮┄┄┄┄┄┄┄┄┄┄┄╭─╮┄┄┄┄┄┄
///             leave ┄┄┄┄┄┄╭──╯┄┄┄┄┄┄╰──╮┄╭──╮┄╭─╯ ╰╮┄┄┄┄┄
///   value  ───────────────╯            ╰─╯  ╰─╯    ╰─────
///                            |<-d1->|   <d2>  too short  |<-d2->|
///   state   outside     entering  inside  (stays inside)  leaving → outside
/// ```
///
/// 1. Above `enter` for `enterDwell` (d1): inside, counted from the moment it rose.
/// 2. Above `enter` for less: nothing happened.
/// 3. Below `leave` for `leaveDwell` (d2): outside, counted from the moment it fell.
/// 4. Below `leave` for less: it never left.
public struct Hysteresis: Sendable {
    /// Value above which it begins.
    public let enter: Double
    /// Value below which it ends.
    public let leave: Double
    /// How long the value stays above `enter` before it counts.
    public let enterDwell: Elapsed
    /// How long the value stays below `leave` before it counts.
    public let leaveDwell: Elapsed

    /// Where the value is.
    public enum State: Sendable, Equatable {
        /// Below.
        case outside
        /// Above `enter`, not yet for long enough.
        case entering(since: Instant)
        /// Inside since.
        case inside(since: Instant)
        /// Inside since, but below `leave`, not yet for long enough.
        case leaving(entered: Instant, since: Instant)
    }

    /// What an update changed.
    public enum Change: Sendable, Equatable {
        /// Nothing.
        case none
        /// It is inside, and has been since then.
        case entered(Instant)
        /// It was inside over this span.
        case left(entered: Instant, at: Instant)
    }

    /// Where the value is now.
    public private(set) var state = State.outside

    /// A threshold; `leave` is at most `enter`.
    public init(enter: Double, leave: Double, enterDwell: Elapsed = .zero, leaveDwell: Elapsed = .zero) {
        self.enter = enter
        self.leave = min(leave, enter)
        self.enterDwell = enterDwell
        self.leaveDwell = leaveDwell
    }

    /// Takes the value over [start, end).
    public mutating func update(_ value: Double, from start: Instant, to end: Instant) -> Change {
        switch state {
        case .outside:
            guard value > enter else { return .none }
            return rise(since: start, now: end)
        case .entering(let since):
            guard value > enter else {
                state = .outside
                return .none
            }
            return rise(since: since, now: end)
        case .inside(let entered):
            guard value < leave else { return .none }
            return fall(entered: entered, since: start, now: end)
        case .leaving(let entered, let since):
            guard value < leave else {
                state = .inside(since: entered)
                return .none
            }
            return fall(entered: entered, since: since, now: end)
        }
    }

    /// Since when the value is inside, or nil.
    public var insideSince: Instant? {
        switch state {
        case .outside, .entering: nil
        case .inside(let since), .leaving(let since, _): since
        }
    }

    /// Back outside, whatever the value was.
    public mutating func reset() { state = .outside }

    private mutating func rise(since: Instant, now: Instant) -> Change {
        guard now - since >= enterDwell else {
            state = .entering(since: since)
            return .none
        }
        state = .inside(since: since)
        return .entered(since)
    }

    private mutating func fall(entered: Instant, since: Instant, now: Instant) -> Change {
        guard now - since >= leaveDwell else {
            state = .leaving(entered: entered, since: since)
            return .none
        }
        state = .outside
        return .left(entered: entered, at: since)
    }
}
