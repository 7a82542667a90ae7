import LumbarCore

/// Counts shifts of the trunk while seated: a change of tilt of at least 5 degrees that is held for 5 s.
///
/// Prompted postural shifts lowered new low-back pain more than anything else in the trial of Waongenngarm
/// 2021 (SJWEH 47:306), so they are counted as a good thing.
struct ShiftCounter: Sendable {
    /// Where the trunk rests.
    private enum State: Sendable {
        case unknown
        case resting(Vector3<BodyFrame>)
        case away(from: Vector3<BodyFrame>, at: Vector3<BodyFrame>, since: Instant)
    }

    /// Time within which the resting tilt follows the trunk, seconds: where it rests is no single moment of its sway.
    ///
    /// So a slump that takes minutes is no shift.
    static let settling = 20.0

    private var state = State.unknown
    private let cosine: Double
    private let hold: Elapsed
    /// Shifts so far.
    private(set) var count = 0

    init(angleDegrees: Double, hold: Elapsed) {
        cosine = Elementary.cos(angleDegrees * radiansPerDegree)
        self.hold = hold
    }

    /// Takes a frame of a seated body.
    mutating func update(_ features: Features) {
        let up = features.up
        switch state {
        case .unknown:
            state = .resting(up)
        case .resting(let rest):
            if up.dot(rest) < cosine {
                state = .away(from: rest, at: up, since: features.start)
            } else {
                let share = min(1, features.duration / Self.settling)
                state = .resting((rest + (up - rest) * share).normalized ?? rest)
            }
        case .away(let rest, let place, let since):
            if up.dot(rest) >= cosine {
                state = .resting(rest)
            } else if up.dot(place) < cosine {
                state = .away(from: rest, at: up, since: features.start)
            } else if features.end - since >= hold {
                count += 1
                state = .resting(up)
            }
        }
    }

    /// The body left the seat; the count stays.
    mutating func leaveSeat() { state = .unknown }

    /// Begins a new bout.
    mutating func reset() {
        state = .unknown
        count = 0
    }
}
