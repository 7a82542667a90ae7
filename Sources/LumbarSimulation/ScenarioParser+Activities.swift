extension ScenarioParser {
    /// The words an activity may begin with, in the order they are listed to people.
    static let verbs = [
        "sit", "slouch", "ride", "stand", "walk", "jog", "stairs", "bend", "stoop", "squat", "lift", "twist",
        "turn",
        "lie", "fall", "take", "put", "shift", "slip",
    ]

    /// One activity with its options.
    mutating func activity() throws(ScenarioError) -> Activity {
        switch take(anyOf: Self.verbs) {
        case "sit": return try sit(slouched: false)
        case "slouch": return try sit(slouched: true)
        case "ride": return .ride(seconds: try duration(atLeast: 4))
        case "stand": return .stand(seconds: try duration())
        case "walk": return .walk(seconds: try duration(atLeast: 3), pace: pace())
        case "jog": return .walk(seconds: try duration(atLeast: 3), pace: .jog)
        case "stairs":
            return .stairs(seconds: try duration(atLeast: 3), up: take(anyOf: ["up", "down"]) != "down")
        case "bend": return try bend()
        case "stoop": return try stoop()
        case "squat": return .squat(hold: try hold(1))
        case "lift": return try lift()
        case "twist": return .twist(degrees: try sidedAngle(5...90))
        case "turn": return .turn(degrees: try sidedAngle(5...720))
        case "lie": return try lie()
        case "fall": return try fall()
        case "take": return try takeOff()
        case "put": return try putOn()
        case "slip": return .slip(degrees: try angle(1...180), slip())
        case "shift": return .shift(degrees: number(comesNext: true) ? try angle(1...30) : 0)
        default:
            throw failure(
                "one of " + Self.verbs.map { Self.shown[$0] ?? $0 }.joined(separator: ", ") + ", or 3x(...)")
        }
    }

    private static let shown = ["take": "take off", "put": "put on"]

    private mutating func sit(slouched: Bool) throws(ScenarioError) -> Activity {
        let seconds = try duration(atLeast: 1)
        var slouched = slouched
        var shiftEvery = 0.0
        while let option = take(anyOf: ["slouched", "shifting", "each"]) {
            if option == "slouched" {
                slouched = true
            } else {
                if option == "shifting", !take("each") { throw failure("\"each\" and a duration") }
                shiftEvery = try period()
            }
        }
        return .sit(seconds: seconds, slouched: slouched, shiftEvery: shiftEvery)
    }

    private mutating func pace() -> Activity.Pace {
        switch take(anyOf: ["slowly", "slow", "quickly", "quick"]) {
        case "slowly", "slow": .slow
        case "quickly", "quick": .quick
        default: .normal
        }
    }

    private mutating func slip() -> Activity.Slip {
        take(anyOf: Activity.Slip.allCases.map(\.rawValue)).flatMap(Activity.Slip.init) ?? .forward
    }

    private mutating func hold(_ usual: Double) throws(ScenarioError) -> Double {
        take("for") ? try duration() : usual
    }

    private mutating func bend() throws(ScenarioError) -> Activity {
        let degrees = try angle(5...110)
        switch take(anyOf: ["turning", "stepping"]) {
        case "turning":
            return .bentTurn(degrees: degrees, turn: try sidedAngle(5...90), withFeet: false)
        case "stepping":
            return .bentTurn(degrees: degrees, turn: try sidedAngle(5...360), withFeet: true)
        default: return .bend(degrees: degrees, hold: try hold(1))
        }
    }

    private mutating func stoop() throws(ScenarioError) -> Activity {
        // 61 degrees: the median peak of straight-leg stoops at a belt sensor.
        let degrees = number(comesNext: true) ? try angle(5...110) : 61
        return .stoop(degrees: degrees, hold: try hold(2))
    }

    private mutating func lift() throws(ScenarioError) -> Activity {
        let degrees = try angle(15...110)
        var style = Activity.LiftStyle.plain
        switch take(anyOf: ["gently", "hard", "jerkily"]) {
        case "gently": style = .gently
        case "hard", "jerkily": style = .hard
        default: break
        }
        if sees("then", "step"), take("then"), take("step") {
            return .liftAndStep(degrees: degrees, style: style, turn: try sidedAngle(5...360))
        }
        guard sees("then", "twist"), take("then"), take("twist") else {
            return .lift(degrees: degrees, style: style, twist: 0)
        }
        return .lift(degrees: degrees, style: style, twist: try sidedAngle(5...90))
    }

    private mutating func sidedAngle(_ range: ClosedRange<Double>) throws(ScenarioError) -> Double {
        let degrees = try angle(range)
        return take(anyOf: ["left", "right"]) == "right" ? -degrees : degrees
    }

    private mutating func lie() throws(ScenarioError) -> Activity {
        let seconds = try duration(atLeast: 1)
        var side = Activity.Lying.back
        if take("on") {
            _ = take("the")
            guard let word = take(anyOf: Activity.Lying.allCases.map(\.rawValue)),
                let found = Activity.Lying(rawValue: word)
            else { throw failure("back, left, right or front") }
            side = found
            _ = take("side")
        }
        guard take("rolling") else { return .lie(seconds: seconds, on: side, rollEvery: 0) }
        guard take("each") else { throw failure("\"each\" and a duration") }
        return .lie(seconds: seconds, on: side, rollEvery: try period())
    }

    private mutating func fall() throws(ScenarioError) -> Activity {
        var direction = Activity.Direction.forward
        if let word = take(anyOf: Activity.Direction.allCases.map(\.rawValue)) {
            direction = Activity.Direction(rawValue: word) ?? direction
        }
        return .fall(direction, stay: try hold(20))
    }

    private mutating func takeOff() throws(ScenarioError) -> Activity {
        guard take("off") else { throw failure("\"off\"") }
        let seconds = try duration(atLeast: 10)
        guard take(anyOf: ["on", "in"]) != nil else { return .takeOff(seconds: seconds) }
        _ = take(anyOf: ["the", "a"])
        guard let word = take(anyOf: Activity.Place.allCases.map(\.rawValue)),
            let place = Activity.Place(rawValue: word)
        else { throw failure("table, desk, drawer or bag") }
        return .takeOff(seconds: seconds, at: place)
    }

    private mutating func putOn() throws(ScenarioError) -> Activity {
        guard take("on") else { throw failure("\"on\"") }
        return .putOn
    }

    private func number(comesNext: Bool) -> Bool {
        var copy = self
        return (copy.number() != nil) == comesNext
    }
}
