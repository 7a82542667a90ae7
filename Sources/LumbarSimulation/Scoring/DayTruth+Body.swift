import LumbarCore

/// What is long enough off the seat to be a break.
struct TrueBreak {
    var seconds: Double
    var steps: Double

    /// What the program calls one.
    static let usual = TrueBreak(seconds: 60, steps: 20)
    /// What might not be one yet: breaks from here to `long` are doubtful.
    static let short = TrueBreak(seconds: 45, steps: 15)
    /// What is one for sure.
    static let long = TrueBreak(seconds: 75, steps: 25)
}

// Where the wearer is, and for how long.
extension DayTruth {
    /// The posture at `time`.
    func posture(at time: Double) -> Posture {
        stays.first { $0.span.start <= time && time < $0.span.end }?.posture ?? .unknown
    }

    /// The last moment of the `seconds` before `time` spent in one of `wanted`, or nil when there was none.
    func last(in wanted: [Posture], before time: Double, within seconds: Double) -> Double? {
        let stay = stays.last { wanted.contains($0.posture) && $0.span.start < time }
        guard let stay else { return nil }
        let moment = min(time, stay.span.end)
        return time - moment <= seconds ? moment : nil
    }

    /// For how long the bout of sitting that goes on at `time` has been seated, short rises taken off; 0 without one.
    func seated(at time: Double, _ least: TrueBreak = .usual) -> Double {
        var seated = 0.0
        var away = 0.0
        var steps = 0.0
        for stay in stays where stay.span.start < time {
            let seconds = min(stay.span.end, time) - stay.span.start
            switch stay.posture {
            case .sitting:
                if away >= least.seconds || steps >= least.steps { seated = 0 }
                seated += seconds
                (away, steps) = (0, 0)
            case .notWorn: (seated, away, steps) = (0, 0, 0)
            case .standing, .walking, .lying, .unknown:
                away += seconds
                steps += Double(stay.steps) * seconds / stay.span.seconds
            }
        }
        return away >= least.seconds || steps >= least.steps ? 0 : seated
    }

    /// For how long the wearer has been standing at `time` without a walk of `least` seconds; 0 when they are not on
    /// their feet.
    func standing(at time: Double, leastWalk least: Double = 60) -> Double {
        var since: Double?
        for stay in stays where stay.span.start < time {
            switch stay.posture {
            case .standing: since = since ?? stay.span.start
            case .walking: if min(stay.span.end, time) - stay.span.start >= least { since = nil }
            case .sitting, .lying, .notWorn, .unknown: since = nil
            }
        }
        return since.map { time - $0 } ?? 0
    }

    /// For how long the sensor has been off at `time`.
    func off(at time: Double) -> Double {
        guard let stay = stays.last(where: { $0.span.start < time }), stay.posture == .notWorn else {
            return 0
        }
        return time - stay.span.start
    }

    /// The last night that was over at `time`: how long the wearer lay, interruptions of a quarter of an hour left out,
    /// and when they got up.
    func night(before time: Double) -> (seconds: Double, rise: Double)? {
        var seconds = 0.0
        var rise: Double?
        for stay in stays where stay.posture == .lying && stay.span.end <= time {
            if let rise, stay.span.start - rise > 900 { seconds = 0 }
            seconds += stay.span.seconds
            rise = stay.span.end
        }
        return rise.map { (seconds, $0) }
    }

    /// The last time seated that was over at `time`: for how long, how often the trunk shifted, and when it was left.
    func rest(before time: Double) -> (seconds: Double, shifts: Int, end: Double)? {
        guard let stay = stays.last(where: { $0.posture == .sitting && $0.span.end <= time }) else {
            return nil
        }
        let seconds = seated(at: stay.span.end)
        let since = stay.span.end - seconds
        let shifts = spans.count {
            guard case .shift(let degrees, true) = $0.kind, degrees.magnitude >= 5 else { return false }
            let span = ScoredSpan($0)
            return span.start >= since && span.end <= stay.span.end
        }
        return (seconds, shifts, stay.span.end)
    }

    /// Seconds worn.
    var worn: Double {
        stays.reduce(0) { $0 + ($1.posture == .notWorn ? 0 : $1.span.seconds) }
    }
}

// How the trunk is bent.
extension DayTruth {
    private func isUp(_ place: Int) -> Bool {
        switch postures[place] {
        case .sitting, .standing, .walking: true
        case .lying, .notWorn, .unknown: false
        }
    }

    /// The most of the holding time that was used from `start` until `end`.
    func holding(from start: Double, to end: Double) -> Double {
        Double(places(start, end).reduce(0) { max($0, holding[$1]) })
    }

    /// How often the trunk went past `degrees` from `start` until `end`, each time anew after it had come back by 5.
    func entries(beyond degrees: Double, from start: Double, to end: Double) -> Int {
        var count = 0
        var isPast = false
        for place in places(start - 10, end) {
            guard isUp(place) else {
                isPast = false
                continue
            }
            if !isPast, Double(flexion[place]) > degrees {
                isPast = true
                if Double(place) >= start * Self.rate { count += 1 }
            } else if isPast, Double(flexion[place]) < degrees - 5 {
                isPast = false
            }
        }
        return count
    }

    /// Seconds past `degrees` from `start` until `end`, worn and not lying.
    func seconds(beyond degrees: Double, from start: Double, to end: Double) -> Double {
        Double(places(start, end).count { isUp($0) && Double(flexion[$0]) > degrees }) / Self.rate
    }

    /// The deepest bend before `time`, degrees.
    func deepest(before time: Double) -> Double {
        Double(places(0, time).reduce(0) { isUp($1) ? max($0, flexion[$1]) : $0 })
    }
}
