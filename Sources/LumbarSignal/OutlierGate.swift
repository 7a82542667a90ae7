import LumbarCore

/// Finds samples that damage has changed and that no checksum showed, on lines that are known to be bad ones.
///
/// An eight-bit sum lets one damaged frame in 256 through. Such a frame mostly differs in one or two of its numbers,
/// by anything up to the whole range, and for one sample only. A body does not do that: what shakes a trunk lasts for
/// several samples, or shows on all axes of both sensors at once. So while `LineDamage` says that the line is a bad
/// one, each sample waits for the next, and is refused when
///
/// - on some axis it lies beyond both of its neighbours, by more than `leastG` or `leastDps`, by more than `timesUsual`
///   times the largest step that axis has made of late, and by more than `timesBetween` times what lies between the
///   neighbours themselves;
/// - and on no more than two axes anything like it: the third largest of these excesses is below `shareOfOthers` of it;
/// - or when it lacks the angular rate that both neighbours have.
///
/// A device's own up that stands alone is taken off its sample in the same way.
///
/// On an undamaged line nothing is looked at, nothing waits and nothing is refused.
///
/// The numbers were chosen on published recordings at the waist and lower back, every fifth sample taken out as
/// damage would, with a prototype of this rule: it refused one true sample in 80,000 of SisFall (100 Hz, 300 falls),
/// one in 4,500 of UMAFall (20 Hz), and none of 87,000 of HAPT (50 Hz) and 32,000 of the Mobilise-D laboratory
/// (100 Hz). Those are the recordings it was chosen on: expect more elsewhere. Of damage to two bytes that cancels in
/// the sum it found all but what stays within the low bytes: three in five.
///
/// Known weaknesses: two damaged samples in a row hide each other, and damage below 0.1 g or 16 degrees/s, in the low
/// byte of a count, is found only in a body that keeps quite still.
public struct OutlierGate: Sendable {
    /// What a sample may exceed its neighbours by, g and degrees per second.
    private static let leastG = 0.2
    private static let leastDps = 40.0
    /// Of the device's up, a direction of length 1: half a degree, as filters do not jump.
    private static let leastUp = 0.01
    private static let timesUsual = 8.0
    private static let timesBetween = 4.0
    private static let shareOfOthers = 1.0 / 15
    /// By how much the usual step fades with each sample: to a third in 36.
    private static let fading = 0.97

    private var damage = LineDamage()
    /// The sample that waits for the one after it.
    private var held: Reading?
    /// The last that passed; nil where nothing leads up to the held one.
    private var before: Place?
    /// The largest step of late, fading.
    private var usual = Steps(repeating: startingStep)
    /// Half a g and 100 degrees/s, until more is known.
    private static let startingStep = 2.5

    /// What a reading led to: none, one or two readings to go on with, in order, and one that is refused.
    public struct Sifted {
        /// One that waited, and passes.
        public internal(set) var first: Reading?
        /// The one given, when it need not wait.
        public internal(set) var second: Reading?
        /// One that waited, and is refused.
        public internal(set) var refused: Reading?
    }

    /// A gate that knows nothing of the line.
    public init() {}

    /// Whether a reading can pass without being looked at.
    @inline(__always)
    public func passes(_ reading: Reading) -> Bool { !reading.followsDamage && !damage.isRemembered }

    /// The stream broke off: what was held is dropped with what else was half-received.
    public mutating func interrupt() {
        damage = LineDamage()
        forget()
    }

    private mutating func forget() {
        held = nil
        before = nil
        usual = Steps(repeating: Self.startingStep)
    }

    /// Takes a reading that does not pass by itself.
    @inline(never)
    public mutating func sift(_ reading: Reading) -> Sifted {
        damage.note(reading.followsDamage)
        var sifted = settleHeld(next: reading)
        guard damage.isAbout else {
            forget()
            sifted.second = reading
            return sifted
        }
        guard before != nil, !reading.followsBreak else {
            before = Place(reading)
            sifted.second = reading
            return sifted
        }
        held = reading
        return sifted
    }

    private mutating func settleHeld(next: Reading) -> Sifted {
        var sifted = Sifted()
        guard var waiting = held, let before else { return sifted }
        held = nil
        let middle = Place(waiting)
        let ratio = excess(of: middle, between: before, Place(next))
        if !next.followsBreak, Self.standsAlone(ratio) || lacksRate(middle, between: before, next) {
            sifted.refused = waiting
            return sifted
        }
        // Often sent in a frame of its own: the rest of the sample may well be right.
        if ratio[Place.up] > 1 { waiting.deviceUp = .zero }
        sifted.first = waiting
        usual = pointwiseMax(usual * Self.fading, middle.steps(from: before))
        self.before = middle
        return sifted
    }

    /// Whether a sample lacks the gyroscope which both of its neighbours have.
    private func lacksRate(_ middle: Place, between before: Place, _ after: Reading) -> Bool {
        !middle.hasRate && before.hasRate && after.hasAngularRate
    }

    /// By how much of what it may a sample exceeds its neighbours.
    private func excess(of middle: Place, between before: Place, _ after: Place) -> Steps {
        // Beyond both: the two differences have the same sign, and the smaller of them is the excess. A direction has
        // none.
        var isBetween = (middle.axes - before.axes) * (middle.axes - after.axes) .<= 0
        isBetween[Place.up] = false
        let excess = pointwiseMin(middle.steps(from: before), middle.steps(from: after))
            .replacing(with: 0, where: isBetween)
        let allowed = pointwiseMax(
            pointwiseMax(usual * Self.timesUsual, Steps(repeating: 1)),
            after.steps(from: before) * Self.timesBetween)
        return excess / allowed
    }

    private static func standsAlone(_ ratio: Steps) -> Bool {
        // The three largest, in order.
        var (largest, second, third) = (0.0, 0.0, 0.0)
        for axis in 0..<Place.up {
            let value = ratio[axis]
            if value > largest {
                (largest, second, third) = (value, largest, second)
            } else if value > second {
                (second, third) = (value, second)
            } else if value > third {
                third = value
            }
        }
        return largest > 1 && third < largest * shareOfOthers
    }

    /// By how much a sample differs from another on each of three axes of acceleration and three of angular rate, and
    /// in the direction of the device's own up; in units of what it may exceed its neighbours by.
    private typealias Steps = SIMD8<Double>

    /// Where a sample lies.
    private struct Place: Sendable {
        var axes: Steps
        var deviceUp: Vector3<SensorFrame>
        var hasRate: Bool

        static let up = 6

        init(_ reading: Reading) {
            let a = reading.acceleration * (1 / leastG)
            let w = reading.angularRate * (degreesPerRadian / leastDps)
            axes = Steps(a.x, a.y, a.z, w.x, w.y, w.z, 0, 0)
            deviceUp = reading.deviceUp
            hasRate = reading.hasAngularRate
        }

        func steps(from other: Place) -> Steps {
            let difference = axes - other.axes
            var steps = pointwiseMax(difference, -difference)
            // A device that does not say where up is says nothing of a step either.
            if deviceUp != .zero, other.deviceUp != .zero {
                steps[Self.up] = (deviceUp - other.deviceUp).length * (1 / leastUp)
            }
            return steps
        }
    }
}
