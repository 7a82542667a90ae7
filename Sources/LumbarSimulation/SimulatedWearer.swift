import LumbarCore

/// A seeded person who acts out a scenario: ask for the motion at one time after another.
///
/// Movements are planned ahead as sums of minimum-jerk submovements, so that every angle and displacement has exact
/// first and second derivatives: the accelerometer and the gyroscope of the sensor on this back always agree.
/// Nothing is stored but the truth; a day costs no more memory than a minute.
public struct SimulatedWearer: Sendable {
    /// The person.
    public let body: WearerBody
    var script: [Activity]
    var nextActivity = 0
    var random: SeededRandom
    var channels = ChannelBank()
    var gait: GaitOscillator
    var micro: MicroMotion
    var truthLog: TruthLog
    var stance: Stance
    var ongoing: Ongoing?
    /// Slips of the sensor that were planned and not yet handed over.
    var slips: [SensorSlip] = []
    /// Where the sensor is left while it is off.
    var restingPlace = Activity.Place.table
    /// Movements are planned up to this time, seconds.
    var horizon = 0.0
    /// Changes of `micro.scale` that wait for their time, in order.
    var scaleChanges: [(at: Double, scale: MicroMotion.Scale)] = []
    private var lastTime = 0.0
    private var isOver = false
    /// What part of the body is looked at.
    let site: SensorRole

    /// A wearer who acts out `scenario`; `body` is drawn from the seed unless given.
    ///
    /// Truth spans are stamped from `origin` on. The same scenario and seed at another `site` are the same person doing
    /// the same at the same time.
    public init(
        scenario: Scenario, seed: UInt64, site: SensorRole = .lumbar, body: WearerBody? = nil,
        origin: Instant = .zero
    ) {
        let body = body ?? WearerBody(seed: seed)
        self.body = body
        script = scenario.activities
        random = SeededRandom(seed: seed, purpose: 2)
        gait = GaitOscillator(seed: seed)
        micro = MicroMotion(seed: seed, body: body)
        self.site = site
        (stance, truthLog) = Self.beginning(of: scenario, origin: origin)
        settleAtOnce()
    }

    /// The truth so far, in order of start; complete once `motion(at:)` has returned nil.
    public var truth: [TruthSpan] {
        truthLog.spans.enumerated().sorted {
            ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
        }.map(\.element)
    }

    /// Hands over the slips of the sensor planned since the last call.
    mutating func takeSlips() -> [SensorSlip] {
        if slips.isEmpty { return [] }
        defer { slips.removeAll() }
        return slips
    }

    /// How the wearer moves `time` seconds after the start; nil once the scenario is over.
    ///
    /// Times never go back.
    public mutating func motion(at time: Double) -> BodyMotion? {
        precondition(time >= lastTime, "a simulated wearer does not go back in time")
        lastTime = time
        while time >= horizon, !isOver { planNext() }
        if isOver, time >= horizon { return nil }
        while let change = scaleChanges.first, time >= change.at { rescale(change) }
        channels.advance(to: time)
        let trunk = kinematics(at: time)
        return site(of: trunk).motion(at: time, arm: body.arm(of: site))
    }

    /// Sway changes its size exactly at its time, whatever the sample rate.
    private mutating func rescale(_ change: (at: Double, scale: MicroMotion.Scale)) {
        _ = micro.advance(to: change.at, breath: Motion1D(), heart: 0)
        micro.scale = change.scale
        scaleChanges.removeFirst()
    }

    private mutating func kinematics(at time: Double) -> Kinematics {
        let rest = micro.advance(
            to: time, breath: channels.now(.breath), heart: channels.now(.heart).value)
        let walk = gait.advance(to: time, envelope: channels.now(.gait))
        var k = Kinematics()
        k.pitch = channels.now(.pitch) + rest.pitch + walk.pitch
        k.lateral = channels.now(.lateral) + rest.lateral + walk.lateral
        k.axial = channels.now(.axial) + rest.axial + walk.axial
        k.heading = channels.now(.heading)
        let speed = channels.now(.speed)
        k.hipForward = channels.now(.forward).acceleration + speed.rate + rest.tremorForward + walk.forward
        k.hipLeft =
            channels.now(.left).acceleration + speed.value * k.heading.rate + rest.tremorLeft + walk.left
        k.hipUp = channels.now(.height).acceleration + channels.now(.climb).rate + rest.tremorUp + walk.up
        k.alongTrunk = rest.heart
        k.hipHeight = channels.now(.height).value
        k.thigh = channels.now(.thigh) + walk.thigh
        k.slump = channels.now(.slump)
        return k
    }

    /// Goes on with what is under way, or begins the next activity, or ends.
    private mutating func planNext() {
        if let now = ongoing {
            if horizon < now.until {
                proceed(now)
                return
            }
            finish(now)
            ongoing = nil
        } else if nextActivity < script.count {
            let activity = script[nextActivity]
            nextActivity += 1
            begin(activity)
        } else {
            truthLog.closePosture(at: horizon)
            isOver = true
        }
    }

    private static func beginning(of scenario: Scenario, origin: Instant) -> (Stance, TruthLog) {
        let stance: Stance
        let posture: Posture
        switch scenario.activities.first {
        case .sit, .ride: (stance, posture) = (.seated, .sitting)
        case .lie: (stance, posture) = (.lying(onFloor: false), .lying)
        case .putOn, .takeOff: (stance, posture) = (.off, .notWorn)
        default: (stance, posture) = (.standing, .standing)
        }
        return (stance, TruthLog(origin: origin, posture: posture))
    }
}
