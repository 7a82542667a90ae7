import LumbarCore
import LumbarSimulation

/// What a simulated wearer does on one local day, as a list of stretches that follow each other.
///
/// A life in outline: somebody at a desk from Monday to Friday, in the garden on Saturday, resting on Sunday. It is made
/// for histories of weeks, which would take too long to play sample by sample.
struct PlannedDay {
    /// One thing done without a change of posture.
    struct Stretch {
        /// The posture, or nil for time without data.
        var posture: Posture?
        /// How long, seconds.
        var length: Double
        /// How far the trunk leans forward all along, degrees.
        var lean = 8.0
        /// When bends begin, seconds from the beginning of the stretch, and how deep and long they are.
        var bends: [PlannedBend] = []
    }

    /// One bend.
    struct PlannedBend {
        var at: Double
        var degrees: Double
        var length: Double
        /// Whether something is picked up.
        var isLift = false
        /// Whether the trunk turns with it.
        var isTwisted = false
    }

    private(set) var stretches: [Stretch] = []
    private let end: Double
    private var random: SeededRandom
    /// How long sitting usually lasts without a break, minutes; it differs from week to week.
    private let usualSitting: Double
    /// How deep bends are on average, degrees.
    private let depth: Double

    /// The day that begins `number` days after the history and lasts `length` seconds.
    init(number: Int, date: CivilDate, length: Double, seed: UInt64, depth: Double) {
        self.depth = depth
        random = SeededRandom(seed: seed &+ UInt64(number) &* 1009, purpose: 71)
        end = length
        // Longer sitting in the first weeks than later, so that there is something to compare.
        usualSitting = number % 28 < 14 ? 36 : 22
        // 1970-01-01 was a Thursday.
        let weekday = Int((date.daysSinceEpoch % 7 + 10) % 7)
        let rises = random.normal(weekday < 5 ? 6.6 : 8, 0.3, in: 5.5...9.5) * 3600
        // Every third night the sensor stays on.
        append(number % 3 == 0 ? .lying : nil, until: rises)
        morning()
        switch weekday {
        case 5: weekend(handling: 0.5)
        case 6: weekend(handling: 0.1)
        default: office()
        }
        evening()
        let isWornAtNight = (number + 1) % 3 == 0
        append(isWornAtNight ? .lying : random.chance(0.5) ? .notWorn : nil, until: end)
    }

    private var now: Double { stretches.reduce(0) { $0 + $1.length } }

    private mutating func append(_ posture: Posture?, until time: Double) {
        let length = (min(time, end) - now).rounded()
        if length >= 1 { stretches.append(Stretch(posture: posture, length: length)) }
    }

    private mutating func append(_ posture: Posture?, minutes: Double, lean: Double = 8, handling: Double = 0)
    {
        let length = min((minutes * 60).rounded(), end - now)
        guard length >= 1 else { return }
        var stretch = Stretch(posture: posture, length: length, lean: lean)
        var at = 10.0
        while handling > 0 {
            at += random.uniform(20, 160) / handling
            let isLong = random.chance(0.06)
            let bend = PlannedBend(
                at: at.rounded(), degrees: random.normal(depth, 14, in: 46...98).rounded(),
                length: isLong ? random.uniform(60, 240).rounded() : random.uniform(3, 14).rounded(),
                isLift: !isLong && random.chance(0.4), isTwisted: random.chance(0.2))
            guard bend.at + bend.length + 5 < length else { break }
            stretch.bends.append(bend)
            at += bend.length
        }
        stretches.append(stretch)
    }

    private mutating func morning() {
        append(.standing, minutes: random.uniform(10, 20), handling: 0.5)
        append(.sitting, minutes: random.uniform(10, 20), lean: 12)
        append(.walking, minutes: random.uniform(8, 20))
    }

    private mutating func sit(lean: Double) {
        let minutes = random.normal(usualSitting, usualSitting * 0.45, in: 5...110)
        append(.sitting, minutes: minutes, lean: lean)
        if random.chance(0.07) { append(.unknown, minutes: random.uniform(1, 6)) }
        if random.chance(0.6) { append(.walking, minutes: random.uniform(1.5, 7)) }
        append(.standing, minutes: random.uniform(1.2, 8), lean: 5, handling: 0.15)
    }

    private mutating func office() {
        while now < 12.3 * 3600 { sit(lean: 14) }
        append(.walking, minutes: random.uniform(6, 18))
        append(.sitting, minutes: random.uniform(18, 30), lean: 16)
        append(.walking, minutes: random.uniform(5, 10))
        if random.chance(0.3) { append(nil, minutes: random.uniform(12, 70)) }
        while now < 17.2 * 3600 { sit(lean: 17) }
        append(.walking, minutes: random.uniform(12, 35))
    }

    private mutating func weekend(handling: Double) {
        while now < 17 * 3600 {
            if random.chance(0.5 + handling) {
                append(.standing, minutes: random.uniform(10, 40), lean: 14, handling: 2.5 * handling)
            }
            append(.walking, minutes: random.uniform(4, 30))
            sit(lean: -4)
            if random.chance(0.2) { append(.lying, minutes: random.uniform(20, 60)) }
            if random.chance(0.15) { append(.notWorn, minutes: random.uniform(15, 50)) }
        }
    }

    private mutating func evening() {
        append(.standing, minutes: random.uniform(20, 45), lean: 12, handling: 1)
        let bed = random.normal(22.3, 0.4, in: 21.3...23.4) * 3600
        while now < bed { sit(lean: -9) }
    }
}
