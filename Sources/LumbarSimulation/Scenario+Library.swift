/// Whole days and evenings, drawn from a seed: no two alike, all of a kind.
extension Scenario {
    /// The names that `named(_:seed:)` knows.
    public static let names = [
        "office-day", "warehouse-shift", "couch-evening", "night", "gardening", "full-day",
    ]

    /// One line on what each name stands for, in the order of `names`.
    public static let summaries = [
        "nine hours at a desk: breaks, a lunch walk, a deep bend held too long, strained lifts",
        "eight hours on the feet: many lifts, some strained or twisted, stoops, squats, two breaks",
        "four hours: slouching, a few trips to the kitchen, a nap",
        "eight hours in bed, rolling over, up once",
        "two hours: long stoops, squats, lifting, a rest on a bench",
        "24 hours: night, office day and evening, the sensor off for the shower",
    ]

    /// The scenario of that name as it goes with this seed; nil for an unknown name.
    public static func named(_ name: String, seed: UInt64) -> Scenario? {
        guard let index = names.firstIndex(of: name) else { return nil }
        var author = ScenarioAuthor(seed: seed &+ UInt64(index) &* 1_000_003)
        return Scenario(author.write(name))
    }
}

/// Makes up scenarios.
struct ScenarioAuthor {
    private var random: SeededRandom
    private var out: [Activity] = []

    init(seed: UInt64) { random = SeededRandom(seed: seed, purpose: 51) }

    mutating func write(_ name: String) -> [Activity] {
        switch name {
        case "office-day": officeDay(hours: 9)
        case "warehouse-shift": warehouseShift()
        case "couch-evening": couchEvening()
        case "night": night()
        case "gardening": gardening()
        default: fullDay()
        }
        return out
    }

    private mutating func say(_ activity: Activity) { out.append(activity) }

    /// Seconds, whole ones so that the text of a scenario stays readable.
    private mutating func minutes(_ low: Double, _ high: Double) -> Double {
        (random.uniform(low, high) * 60).rounded()
    }

    private mutating func seconds(_ low: Double, _ high: Double) -> Double {
        (random.uniform(low, high) * 2).rounded() / 2
    }

    private mutating func degrees(_ low: Double, _ high: Double) -> Double {
        random.uniform(low, high).rounded()
    }

    private var elapsed: Double { Scenario(out).timedSeconds }

    // MARK: - An office

    private mutating func officeDay(hours: Double) {
        let start = elapsed
        let end = start + hours * 3600 - 420
        let lunch = start + 3600 * random.uniform(3.6, 4.4)
        let trouble = start + 3600 * random.uniform(1, 3)
        let moreTrouble = start + 3600 * random.uniform(5.5, 7.5)
        var hadLunch = false
        var troubles = 0
        say(.walk(seconds: minutes(4, 8), pace: .normal))
        while elapsed < end {
            deskWork(atMost: end - elapsed)
            if !hadLunch, elapsed > lunch {
                lunchBreak()
                hadLunch = true
            } else if troubles == 0, elapsed > trouble {
                lowCupboard()
                troubles = 1
            } else if troubles == 1, elapsed > moreTrouble {
                boxesOfPaper()
                troubles = 2
            } else {
                shortBreak()
            }
        }
        say(.walk(seconds: minutes(4, 8), pace: .quick))
    }

    private mutating func deskWork(atMost limit: Double) {
        let length = min(random.chance(0.3) ? minutes(45, 80) : minutes(15, 45), max(60, limit.rounded()))
        let slouched = random.chance(0.3)
        say(.sit(seconds: length, slouched: slouched, shiftEvery: minutes(6, 14)))
        // Something out of the lowest drawer.
        if random.chance(0.3) { say(.bend(degrees: degrees(40, 55), hold: seconds(1, 3))) }
    }

    private mutating func shortBreak() {
        if random.chance(0.3) { say(.stand(seconds: minutes(0.5, 3))) }
        say(.walk(seconds: minutes(0.7, 4), pace: random.chance(0.3) ? .slow : .normal))
        if random.chance(0.3) { say(.stairs(seconds: seconds(15, 40), up: random.chance(0.5))) }
        if random.chance(0.25) { say(.bend(degrees: degrees(46, 60), hold: seconds(0.5, 2))) }
        if random.chance(0.4) { say(.stand(seconds: minutes(0.5, 4))) }
    }

    private mutating func lunchBreak() {
        say(.walk(seconds: minutes(4, 8), pace: .normal))
        say(.stand(seconds: minutes(2, 5)))
        say(.sit(seconds: minutes(15, 25), slouched: false, shiftEvery: minutes(4, 8)))
        say(.walk(seconds: minutes(12, 20), pace: .normal))
    }

    /// A deep bend held far too long, looking for something on the bottom shelf.
    private mutating func lowCupboard() {
        say(.walk(seconds: minutes(0.5, 1.5), pace: .normal))
        say(.stoop(degrees: degrees(62, 72), hold: seconds(95, 130)))
        say(.stand(seconds: minutes(0.3, 1)))
        say(.walk(seconds: minutes(0.5, 1.5), pace: .slow))
    }

    private mutating func boxesOfPaper() {
        say(.walk(seconds: minutes(0.5, 1.5), pace: .normal))
        say(.lift(degrees: degrees(66, 78), style: .hard, twist: random.sign() * degrees(38, 50)))
        say(.lift(degrees: degrees(62, 74), style: .hard, twist: 0))
        say(.lift(degrees: degrees(50, 62), style: .gently, twist: 0))
        say(.turn(degrees: random.sign() * degrees(70, 110)))
        say(.walk(seconds: minutes(0.5, 1.5), pace: .slow))
        say(.stand(seconds: minutes(0.3, 1)))
    }

    // MARK: - A warehouse

    private mutating func warehouseShift() {
        let end = 8 * 3600.0
        var breaks = [2.0 * 3600, 4.5 * 3600, .infinity]
        while elapsed < end - 300 {
            if elapsed > breaks[0] {
                say(.sit(seconds: minutes(15, 30), slouched: random.chance(0.5), shiftEvery: minutes(4, 9)))
                breaks.removeFirst()
            }
            say(.walk(seconds: minutes(0.5, 3), pace: random.chance(0.4) ? .quick : .normal))
            pallet()
            if random.chance(0.5) { say(.stand(seconds: minutes(0.5, 3))) }
        }
    }

    private mutating func pallet() {
        for _ in 0..<random.whole(1...4) {
            let roll = random.unit()
            let depth = degrees(48, 78)
            if roll < 0.35 {
                say(.lift(degrees: depth, style: .gently, twist: 0))
            } else if roll < 0.75 {
                say(.lift(degrees: depth, style: .plain, twist: 0))
            } else if roll < 0.85 {
                say(.lift(degrees: depth, style: .hard, twist: 0))
            } else {
                say(.lift(degrees: depth, style: .plain, twist: random.sign() * degrees(32, 55)))
            }
            if random.chance(0.6) { say(.turn(degrees: random.sign() * degrees(60, 180))) }
        }
        if random.chance(0.3) { say(.squat(hold: seconds(1, 6))) }
        if random.chance(0.3) { say(.stoop(degrees: degrees(50, 75), hold: seconds(2, 20))) }
    }

    // MARK: - At home

    private mutating func couchEvening() {
        let end = elapsed + 4 * 3600
        while elapsed < end - 600 {
            say(.sit(seconds: minutes(25, 80), slouched: random.chance(0.8), shiftEvery: minutes(5, 16)))
            if random.chance(0.3) {
                let side: Activity.Lying = random.chance(0.5) ? .left : .back
                say(.lie(seconds: minutes(15, 40), on: side, rollEvery: minutes(12, 30)))
            }
            say(.walk(seconds: minutes(0.4, 2), pace: .slow))
            say(.stand(seconds: minutes(0.5, 5)))
            if random.chance(0.5) { say(.bend(degrees: degrees(46, 62), hold: seconds(0.5, 4))) }
            say(.walk(seconds: minutes(0.3, 1), pace: .slow))
        }
    }

    private mutating func night() {
        let first = minutes(180, 270)
        say(.lie(seconds: first, on: .back, rollEvery: minutes(18, 40)))
        say(.walk(seconds: minutes(0.4, 1), pace: .slow))
        say(.sit(seconds: minutes(1, 3), slouched: false, shiftEvery: 0))
        say(.walk(seconds: minutes(0.4, 1), pace: .slow))
        say(.lie(seconds: 8 * 3600 - 300 - first, on: .left, rollEvery: minutes(18, 40)))
    }

    private mutating func gardening() {
        let end = elapsed + 2 * 3600
        while elapsed < end {
            say(.walk(seconds: minutes(0.3, 1.5), pace: .slow))
            for _ in 0..<random.whole(1...3) {
                if random.chance(0.6) { say(.stoop(degrees: degrees(48, 80), hold: seconds(15, 110))) }
                if random.chance(0.4) { say(.squat(hold: seconds(5, 40))) }
                if random.chance(0.3) { say(.twist(degrees: random.sign() * degrees(30, 50))) }
                say(.stand(seconds: minutes(0.2, 1.2)))
            }
            if random.chance(0.4) { say(.lift(degrees: degrees(50, 70), style: .plain, twist: 0)) }
            if random.chance(0.15) { say(.sit(seconds: minutes(4, 12), slouched: true, shiftEvery: 120)) }
        }
    }

    private mutating func fullDay() {
        night()
        say(.takeOff(seconds: minutes(12, 25)))
        say(.putOn)
        say(.walk(seconds: minutes(2, 5), pace: .normal))
        say(.sit(seconds: minutes(10, 20), slouched: false, shiftEvery: 240))
        say(.ride(seconds: minutes(15, 35)))
        officeDay(hours: 9)
        say(.ride(seconds: minutes(15, 35)))
        say(.walk(seconds: minutes(2, 6), pace: .normal))
        couchEvening()
        say(.lie(seconds: max(60, 24 * 3600 - elapsed), on: .right, rollEvery: 1500))
    }
}
