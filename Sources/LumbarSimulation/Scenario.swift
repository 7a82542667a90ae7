import LumbarCore

/// What a simulated wearer does, in order.
///
/// Written as text: `sit 31 min, stand 2 min, walk 5 min, bend 45 deg for 3 s, 3x(lift 60 deg then twist 40 deg)`.
/// The words are listed in `Scenario.grammar`.
public struct Scenario: Sendable, Equatable {
    /// The activities, repetitions written out.
    public var activities: [Activity]

    /// A scenario of these activities.
    public init(_ activities: [Activity]) { self.activities = activities }

    /// Most activities one text may unfold to.
    public static let longest = 100_000

    /// The sum of the timed activities, seconds: a little less than the whole.
    public var timedSeconds: Double { activities.reduce(0) { $0 + ($1.seconds ?? 0) } }

    /// What a scenario may say, one form a line, for help texts.
    public static let grammar = """
        sit 31 min [slouched] [shifting each 5 min]    slouch 10 min
        stand 2 min                                    ride 20 min
        walk 5 min [slowly|quickly]                    jog 5 min
        stairs 30 s [up|down]
        bend 45 deg [for 3 s]                          stoop [70 deg] [for 3 s]
        bend 45 deg turning 40 deg [left|right]        bend 45 deg stepping 90 deg [left|right]
        squat [for 3 s]                                twist 40 deg [left|right]
        lift 60 deg [gently|hard] [then twist|step 40 deg [left|right]]
        turn 90 deg [left|right]
        lie 10 min [on back|front|left|right] [rolling each 30 min]
        fall [forward|backward|left|right] [for 40 s]
        take off 5 min [on table|desk, in drawer|bag]   put on
        shift [8 deg]                                   slip 25 deg [forward|sideways|around]
        Parts are separated by a comma, a new line or "then"; 3x(...) repeats; # begins a comment.
        """
}

extension Scenario: CustomStringConvertible {
    /// The scenario as text that reads back to the same scenario.
    public var description: String { activities.map(\.text).joined(separator: ", ") }
}

extension Activity {
    /// The activity as a scenario says it.
    public var text: String {
        switch self {
        case .sit(let seconds, let slouched, let shiftEvery):
            return "sit " + Self.duration(seconds) + (slouched ? " slouched" : "")
                + (shiftEvery > 0 ? " shifting each " + Self.duration(shiftEvery) : "")
        case .ride(let seconds): return "ride " + Self.duration(seconds)
        case .stand(let seconds): return "stand " + Self.duration(seconds)
        case .walk(let seconds, let pace): return Self.walkText(seconds, pace)
        case .stairs(let seconds, let up): return "stairs " + Self.duration(seconds) + (up ? " up" : " down")
        case .bend(let degrees, let hold):
            return "bend " + Self.angle(degrees) + " for " + Self.duration(hold)
        case .bentTurn(let degrees, let turn, let withFeet):
            return "bend " + Self.angle(degrees) + (withFeet ? " stepping " : " turning ")
                + Self.sided(turn)
        case .stoop(let degrees, let hold):
            return "stoop " + Self.angle(degrees) + " for " + Self.duration(hold)
        case .squat(let hold): return "squat for " + Self.duration(hold)
        case .lift(let degrees, let style, let twist):
            return "lift " + Self.angle(degrees) + (style == .plain ? "" : " " + style.rawValue)
                + (twist == 0 ? "" : " then twist " + Self.sided(twist))
        case .liftAndStep(let degrees, let style, let turn):
            return "lift " + Self.angle(degrees) + (style == .plain ? "" : " " + style.rawValue)
                + " then step " + Self.sided(turn)
        case .twist(let degrees): return "twist " + Self.sided(degrees)
        case .turn(let degrees): return "turn " + Self.sided(degrees)
        case .lie(let seconds, let side, let rollEvery):
            return "lie " + Self.duration(seconds) + " on " + side.rawValue
                + (rollEvery > 0 ? " rolling each " + Self.duration(rollEvery) : "")
        case .fall(let direction, let stay):
            return "fall " + direction.rawValue + " for " + Self.duration(stay)
        case .takeOff(let seconds, let place):
            return "take off " + Self.duration(seconds) + place.text
        case .putOn: return "put on"
        case .slip(let degrees, let how): return "slip " + Self.angle(degrees) + " " + how.rawValue
        case .shift(let degrees): return degrees == 0 ? "shift" : "shift " + Self.angle(degrees)
        }
    }

    private static func walkText(_ seconds: Double, _ pace: Pace) -> String {
        switch pace {
        case .slow: "walk " + duration(seconds) + " slowly"
        case .normal: "walk " + duration(seconds)
        case .quick: "walk " + duration(seconds) + " quickly"
        case .jog: "jog " + duration(seconds)
        }
    }

    private static func sided(_ degrees: Double) -> String {
        angle(degrees.magnitude) + (degrees < 0 ? " right" : " left")
    }

    private static func angle(_ degrees: Double) -> String { number(degrees) + " deg" }

    private static func duration(_ seconds: Double) -> String {
        let minutes = seconds / 60
        return minutes >= 1 && minutes == minutes.rounded()
            ? number(minutes) + " min" : number(seconds) + " s"
    }

    /// At most three decimals, none that are zero.
    private static func number(_ value: Double) -> String {
        var text = DecimalText.fixed(value, 3)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }
}

extension Activity.Place {
    /// The end of "take off 5 min ...".
    fileprivate var text: String {
        switch self {
        case .table: ""
        case .desk: " on desk"
        case .drawer: " in drawer"
        case .bag: " in bag"
        }
    }
}
