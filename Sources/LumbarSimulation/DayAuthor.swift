/// Makes up the condensed days of `SimulatedDay`.
struct DayAuthor {
    private var random: SeededRandom
    private var out: [Activity] = []
    private var elapsed = 0.0

    init(seed: UInt64) { random = SeededRandom(seed: seed, purpose: 62) }

    /// Roughly `length` seconds of that kind of life.
    mutating func write(_ kind: SimulatedDay.Kind, length: Double) -> [Activity] {
        if random.chance(0.2) { liesAbout() }
        var off = random.chance(0.6) ? random.uniform(0.2, 0.8) * length : .infinity
        walk(0.3, 1.5)
        while elapsed < length {
            if elapsed > off {
                offAndOn()
                off = .infinity
            }
            part(of: kind)
        }
        if random.chance(0.25) { say(.takeOff(seconds: minutes(4, 15), at: place()), lasting: 600) }
        return out
    }

    private mutating func part(of kind: SimulatedDay.Kind) {
        let dice = random.unit()
        switch kind {
        case .office:
            if dice < 0.7 { deskWork() } else if dice < 0.8 { handling() } else { errand() }
        case .warehouse:
            if dice < 0.65 { handling() } else if dice < 0.8 { deskWork() } else { errand() }
        case .home:
            if dice < 0.45 { sofa() } else if dice < 0.75 { housework() } else { handling() }
        case .mixed:
            if dice < 0.3 {
                deskWork()
            } else if dice < 0.55 {
                handling()
            } else if dice < 0.75 {
                sofa()
            } else {
                errand()
            }
        }
    }

    // MARK: Words

    private mutating func say(_ activity: Activity, lasting seconds: Double = 5) {
        out.append(activity)
        elapsed += activity.seconds ?? seconds
    }

    private mutating func minutes(_ low: Double, _ high: Double) -> Double {
        (random.uniform(low, high) * 60).rounded()
    }

    private mutating func seconds(_ low: Double, _ high: Double) -> Double {
        (random.uniform(low, high) * 2).rounded() / 2
    }

    private mutating func degrees(_ low: Double, _ high: Double) -> Double {
        random.uniform(low, high).rounded()
    }

    private mutating func walk(_ low: Double, _ high: Double) {
        let paces: [Activity.Pace] = [.slow, .normal, .normal, .quick]
        say(.walk(seconds: minutes(low, high), pace: paces[random.whole(0...3)]))
    }

    private mutating func stand(_ low: Double, _ high: Double) { say(.stand(seconds: minutes(low, high))) }

    private mutating func sit(_ low: Double, _ high: Double, slouched: Double) {
        say(
            .sit(
                seconds: minutes(low, high), slouched: random.chance(slouched),
                shiftEvery: random.chance(0.9) ? minutes(1, 6) : 0))
    }

    // MARK: Seats

    private mutating func deskWork() {
        sit(4, 25, slouched: 0.3)
        if random.chance(0.3) {
            say(.bend(degrees: degrees(35, 60), hold: seconds(0.5, 3)))
            sit(2, 8, slouched: 0)
        }
        if random.chance(0.2) {
            say(.twist(degrees: random.sign() * degrees(25, 55)))
            sit(1, 5, slouched: 0)
        }
        leaveSeat()
    }

    /// Gets up for long or for a moment.
    private mutating func leaveSeat() {
        let dice = random.unit()
        if dice < 0.2 {
            // Up for a moment: no break.
            say(.stand(seconds: seconds(8, 40)))
            sit(2, 10, slouched: 0.2)
        } else if dice < 0.45 {
            stand(1.2, 4)
        }
        if dice > 0.15 { walk(0.4, 3) }
        if random.chance(0.3) { stand(0.3, 3) }
    }

    private mutating func sofa() {
        sit(6, 25, slouched: 0.8)
        if random.chance(0.35) {
            let sides = Activity.Lying.allCases
            say(
                .lie(
                    seconds: minutes(4, 18), on: sides[random.whole(0...2)],
                    rollEvery: random.chance(0.6) ? minutes(3, 9) : 0))
        }
        leaveSeat()
    }

    private mutating func errand() {
        walk(0.5, 3)
        let dice = random.unit()
        if dice < 0.4 {
            say(.stairs(seconds: seconds(12, 40), up: random.chance(0.5)))
            walk(0.2, 1)
        } else if dice < 0.7 {
            say(.ride(seconds: minutes(4, 12)))
            walk(0.4, 2)
        } else if dice < 0.8 {
            say(.walk(seconds: minutes(0.5, 2), pace: .jog))
            stand(0.3, 1)
        }
        stand(0.3, 2)
    }

    // MARK: Handling things

    private mutating func handling() {
        walk(0.3, 1.5)
        for _ in 0..<random.whole(2...6) {
            handleOne()
            if random.chance(0.4) {
                say(.turn(degrees: random.sign() * degrees(50, 180)))
            }
            if random.chance(0.5) { walk(0.15, 0.6) } else { say(.stand(seconds: seconds(2, 40))) }
        }
    }

    private mutating func handleOne() {
        let styles: [Activity.LiftStyle] = [.gently, .plain, .plain, .hard]
        let style = styles[random.whole(0...3)]
        let depth = degrees(45, 82)
        let dice = random.unit()
        if dice < 0.38 {
            say(.lift(degrees: depth, style: style, twist: 0))
        } else if dice < 0.56 {
            say(.lift(degrees: depth, style: style, twist: random.sign() * degrees(15, 60)))
        } else if dice < 0.68 {
            say(.liftAndStep(degrees: depth, style: style, turn: random.sign() * degrees(50, 150)))
        } else if dice < 0.78 {
            say(.bentTurn(degrees: degrees(42, 75), turn: random.sign() * degrees(15, 60), withFeet: false))
        } else if dice < 0.83 {
            say(.bentTurn(degrees: degrees(35, 60), turn: random.sign() * degrees(60, 150), withFeet: true))
        } else if dice < 0.92 {
            say(.stoop(degrees: degrees(45, 85), hold: seconds(1, 25)))
        } else {
            say(.squat(hold: seconds(0.5, 12)))
        }
    }

    private mutating func housework() {
        walk(0.2, 1)
        for _ in 0..<random.whole(2...5) {
            let dice = random.unit()
            if dice < 0.3 {
                say(.bend(degrees: degrees(40, 70), hold: seconds(0.5, 6)))
            } else if dice < 0.5 {
                say(.stoop(degrees: degrees(45, 85), hold: seconds(1, 40)))
            } else if dice < 0.7 {
                say(
                    .bentTurn(
                        degrees: degrees(42, 75), turn: random.sign() * degrees(15, 60), withFeet: false))
            } else if dice < 0.8 {
                say(.twist(degrees: random.sign() * degrees(25, 60)))
            } else {
                say(.squat(hold: seconds(0.5, 12)))
            }
            stand(0.1, 1.5)
        }
        walk(0.2, 1)
    }

    // MARK: Off the body

    private mutating func place() -> Activity.Place {
        let dice = random.unit()
        return dice < 0.5 ? .table : dice < 0.7 ? .drawer : dice < 0.9 ? .desk : .bag
    }

    private mutating func liesAbout() {
        say(.takeOff(seconds: minutes(3, 15), at: random.chance(0.5) ? .table : .desk))
        say(.putOn)
    }

    private mutating func offAndOn() {
        say(.takeOff(seconds: minutes(2, 20), at: place()))
        say(.putOn)
        walk(0.3, 2)
    }
}
