import LumbarCore

/// Watches whether a sensor's data can be true, ten times a second, and says what begins and ends to be wrong with them.
///
/// | trouble | begins | ends |
/// |---|---|---|
/// | stuck axis | one component the same at every look for 10 s of movement | it changes |
/// | saturated | five looks within a minute at 99 % of the range | none for a minute |
/// | angles disagree | 30 s of rest with the device's up more than 10 degrees off | 30 s of rest below 7 degrees |
/// | lost samples | more than 5 % within a minute | less than 2 % within a minute |
/// | rate changed | 20 % off the rate of the first minute for 5 s | a minute at the new rate |
/// | clock drift | 1 % between the device's clock and ours over a minute | less than 0.5 % |
/// | gyroscope bias | more than 3 degrees/s | less than 2 |
///
/// Rest does not count for a stuck axis: some sensors send exact zeros then. The limits for angles are those that published
/// captures of WitMotion sensors fall on either side of (0.2 degrees, or 17 and more); MEMS gyroscopes are specified within
/// 1 to 3 degrees/s at 25 degrees Celsius and move by hundredths per degree Celsius.
///
/// Known weakness: a range below 16 g or 2000 degrees/s is not known here, so clipping at it is not seen.
public struct SensorTrust: Sendable, Equatable {
    /// What the chain shows of one frame, in the sensor's axes.
    public struct Look: Sendable {
        /// Acceleration of the newest sample, g.
        public var acceleration = Vector3<SensorFrame>.zero
        /// Angular rate of the newest sample, rad/s.
        public var angularRate = Vector3<SensorFrame>.zero
        /// Whether the rate was measured.
        public var hasAngularRate = false
        /// Up as the chain has it, unit length.
        public var up = Vector3<SensorFrame>.zero
        /// Up as the device has it; zero when it does not say.
        public var deviceUp = Vector3<SensorFrame>.zero
        /// Whether the body moves enough for every axis to change.
        public var isMoving = false
        /// Whether it rests enough for the accelerometer to point up.
        public var isAtRest = false
        /// Largest length of acceleration in the frame, g.
        public var peakG = 0.0
        /// Largest angular speed in the frame, degrees per second.
        public var peakDps = 0.0
        /// Gyroscope bias as estimated, degrees per second.
        public var biasDps = 0.0
        /// Samples in the frame.
        public var samples = 0
        /// Samples that the sensor counted and that never came.
        public var lost = 0
        /// Samples per second as fitted; 0 while unknown.
        public var rateHz = 0.0
        /// Length of the frame, seconds.
        public var seconds = 0.1
        /// By how much the device's clock went further in the frame than ours, seconds; nil without one.
        public var clockLead: Double?

        /// A frame of which nothing is known.
        public init() {}
    }

    /// Something that begins or ends to be wrong.
    public struct Change: Sendable, Equatable {
        /// What.
        public let trouble: SensorTrouble
        /// Whether it begins.
        public let begins: Bool
    }

    /// What is wrong now, one bit for each case in its order.
    private var troubles: UInt8 = 0
    /// What began and ended since it was last taken; empty nearly always.
    private var changes: [Change] = []
    private var axes = StuckAxes()
    private var saturation = Leaky()
    private var disagreement = Leaky()
    private var minute = Minute()
    private var rate = RateWatch()

    static let stuckSeconds = 10.0
    static let rangeG = 16.0
    static let rangeDps = 2000.0
    static let saturatedLooks = 5.0
    static let disagreeCosine = 0.984807753012208  // cos 10°
    static let agreeCosine = 0.992546151641322  // cos 7°
    static let restSeconds = 30.0
    static let worstBiasDps = 3.0
    static let goodBiasDps = 2.0

    /// A sensor of which nothing bad is known.
    public init() {}

    /// Whether this is wrong now.
    public func has(_ trouble: SensorTrouble) -> Bool { troubles & Self.bit(trouble) != 0 }

    /// Everything that is wrong now.
    public var all: [SensorTrouble] { SensorTrouble.allCases.filter(has) }

    /// Whether the data cannot be used; asked at every frame, so no list is made for it.
    public var forbidsUse: Bool { troubles & Self.forbidding != 0 }

    /// Whether anything began or ended since `takeChanges()`.
    public var hasChanges: Bool { !changes.isEmpty }

    /// Hands out what began and ended, the oldest first.
    public mutating func takeChanges() -> [Change] {
        defer { changes.removeAll(keepingCapacity: true) }
        return changes
    }

    /// The stream broke off: what was being counted starts afresh; what was wrong stays so until it is seen to be right.
    public mutating func interrupt() {
        axes = StuckAxes()
        minute = Minute()
        rate.interrupt()
    }

    /// Takes one frame, in time order.
    public mutating func update(_ look: Look) {
        axes.update(look)
        set(.stuckAxis, begins: axes.longest >= Self.stuckSeconds, ends: axes.longest == 0)
        let isAtLimit = look.peakG >= 0.99 * Self.rangeG || look.peakDps >= 0.99 * Self.rangeDps
        saturation.add(isAtLimit ? 1 : 0, seconds: look.seconds, memory: 60)
        set(.saturated, begins: saturation.sum >= Self.saturatedLooks - 0.5, ends: saturation.quiet >= 60)
        compareAngles(look)
        set(.gyroBias, begins: look.biasDps > Self.worstBiasDps, ends: look.biasDps < Self.goodBiasDps)
        rate.update(look)
        set(.rateChanged, begins: rate.hasChanged, ends: !rate.hasChanged)
        if minute.isOver(after: look) { judgeMinute() }
    }

    private mutating func compareAngles(_ look: Look) {
        guard look.isAtRest, look.deviceUp != .zero else { return }
        let cosine = look.deviceUp.dot(look.up)
        // Counts up while they disagree and down while they agree; between the two it stays.
        if cosine < Self.disagreeCosine {
            disagreement.sum = min(Self.restSeconds, disagreement.sum + look.seconds)
        } else if cosine > Self.agreeCosine {
            disagreement.sum = max(0, disagreement.sum - look.seconds)
        }
        set(
            .anglesDisagree, begins: disagreement.sum >= Self.restSeconds - 0.05,
            ends: disagreement.sum == 0)
    }

    private mutating func judgeMinute() {
        set(.lostSamples, begins: minute.lostShare > 0.05, ends: minute.lostShare < 0.02)
        if let drift = minute.drift {
            set(.clockDrift, begins: drift > 0.01, ends: drift < 0.005)
        }
        minute = Minute()
    }

    private mutating func set(_ trouble: SensorTrouble, begins: Bool, ends: Bool) {
        guard has(trouble) ? ends : begins else { return }
        troubles ^= Self.bit(trouble)
        changes.append(Change(trouble: trouble, begins: begins))
    }

    private static let forbidding = SensorTrouble.allCases.filter(\.forbidsUse).reduce(0) { $0 | bit($1) }

    private static func bit(_ trouble: SensorTrouble) -> UInt8 {
        switch trouble {
        case .stuckAxis: 1
        case .saturated: 2
        case .anglesDisagree: 4
        case .lostSamples: 8
        case .rateChanged: 16
        case .clockDrift: 32
        case .gyroBias: 64
        }
    }
}
