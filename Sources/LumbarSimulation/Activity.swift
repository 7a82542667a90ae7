/// One thing a simulated wearer does; durations in seconds, angles in degrees from the wearer's own upright.
///
/// A timed activity includes the movement that leads into it, so that durations add up: in "sit 31 min, stand 2 min"
/// the wearer starts to rise exactly 31 minutes after the start.
public enum Activity: Sendable, Equatable {
    /// Sits; `shiftEvery` seconds apart the posture in the seat shifts by at least 5 degrees (0: never).
    case sit(seconds: Double, slouched: Bool, shiftEvery: Double)
    /// Sits in a vehicle that shakes the seat.
    case ride(seconds: Double)
    /// Stands about.
    case stand(seconds: Double)
    /// Walks, with turns now and then.
    case walk(seconds: Double, pace: Pace)
    /// Climbs or descends stairs.
    case stairs(seconds: Double, up: Bool)
    /// Bends forward, holds, comes back; seated or standing, as the wearer is.
    case bend(degrees: Double, hold: Double)
    /// Bends, turns the trunk by `turn` degrees while bent (left positive), turns back and rises; standing.
    ///
    /// `withFeet` turns the whole body with steps instead, and stays turned: how one should do it.
    case bentTurn(degrees: Double, turn: Double, withFeet: Bool)
    /// Bends with straight knees, as one reaches for the floor.
    case stoop(degrees: Double, hold: Double)
    /// Squats down, trunk a little forward, and rises.
    case squat(hold: Double)
    /// Picks something up; `twist` degrees (left positive, 0: none) turn the trunk during the rise, feet still.
    case lift(degrees: Double, style: LiftStyle, twist: Double)
    /// Picks something up and steps around by `turn` degrees (left positive) before the trunk is upright.
    case liftAndStep(degrees: Double, style: LiftStyle, turn: Double)
    /// Turns the trunk and comes back, feet still; left positive.
    case twist(degrees: Double)
    /// Turns the whole body with steps; left positive.
    case turn(degrees: Double)
    /// Lies; `rollEvery` seconds apart the wearer rolls over (0: never).
    case lie(seconds: Double, on: Lying, rollEvery: Double)
    /// Falls from standing and stays down for `stay` seconds.
    case fall(Direction, stay: Double)
    /// Takes the sensor off and leaves it somewhere.
    case takeOff(seconds: Double, at: Place = .table)
    /// Puts the sensor back on.
    case putOn
    /// The sensor slips on the belt; the wearer does not move. About an axis of the trunk, within a second.
    case slip(degrees: Double, Slip)
    /// Shifts in the seat (0 degrees: as it comes), or from leg to leg when standing.
    case shift(degrees: Double)

    /// How a sensor slips.
    public enum Slip: String, Sendable, CaseIterable {
        /// Its top tips forward.
        case forward
        /// Its top tips to the right; by 180 degrees it hangs upside down, its face still outward.
        case sideways
        /// It turns about the long axis of the trunk; by 180 degrees it is worn the other way round.
        case around
    }

    /// How fast someone walks.
    public enum Pace: String, Sendable, CaseIterable {
        /// About 1.7 steps a second.
        case slow
        /// About 1.85 steps a second.
        case normal
        /// About 2.15 steps a second.
        case quick
        /// Jogging, about 2.7 steps a second.
        case jog
    }

    /// How someone lifts.
    public enum LiftStyle: String, Sendable, CaseIterable {
        /// From the knees and without haste.
        case gently
        /// As people do.
        case plain
        /// Fast, with a jerk when the load leaves the floor.
        case hard
    }

    /// Where a sensor is left.
    public enum Place: String, Sendable, CaseIterable {
        /// On a table that nobody touches.
        case table
        /// On a desk at which somebody types and puts down cups.
        case desk
        /// In a drawer that is pushed shut.
        case drawer
        /// In a bag that is carried away, two minutes at most, and put down.
        case bag
    }

    /// What a lying wearer lies on.
    public enum Lying: String, Sendable, CaseIterable {
        /// On the back.
        case back
        /// On the left side.
        case left
        /// On the right side.
        case right
        /// On the front.
        case front
    }

    /// A direction of falling.
    public enum Direction: String, Sendable, CaseIterable {
        /// On the face.
        case forward
        /// On the back.
        case backward
        /// On the left side.
        case left
        /// On the right side.
        case right
    }

    /// How long a timed activity takes, seconds; nil for those that take as long as they take.
    public var seconds: Double? {
        switch self {
        case .sit(let seconds, _, _), .ride(let seconds), .stand(let seconds), .walk(let seconds, _),
            .stairs(let seconds, _), .lie(let seconds, _, _), .takeOff(let seconds, _):
            seconds
        case .bend, .bentTurn, .stoop, .squat, .lift, .liftAndStep, .twist, .turn, .fall, .putOn, .shift,
            .slip:
            nil
        }
    }
}
