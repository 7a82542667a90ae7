/// How a simulated wearer is placed between two activities.
enum Stance: Equatable {
    case standing
    case seated
    /// Lying on a bed, or on the floor after a fall.
    case lying(onFloor: Bool)
    /// Not worn.
    case off
}

/// A timed activity that is under way.
struct Ongoing {
    enum Kind {
        case seated
        case riding
        case standing
        case walking
        case lying
        case off
    }

    var kind: Kind
    /// When it ends, seconds.
    var until: Double
    /// When the next shift (or roll) is due; infinite for never.
    var nextShift = Double.infinity
    /// Seconds between shifts.
    var shiftEvery = 0.0
}
