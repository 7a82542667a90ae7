import LumbarCore

/// How likely the wearer is seated rather than on the feet: a hidden Markov model of two states.
///
/// Each move of the body is one step of the model. Let h be the net height of the move. With the odds r(h) of
/// "this move changed the height of the hips by a chair" against "it did not", and the chance p that a move
/// is a transition,
///
///     seated'  = seated · (1 − p) · 1 + upright · p · r(down)
///     upright' = upright · (1 − p) · 1 + seated · p · r(up)
///
/// so a rise seen by somebody believed upright does not only pass: it says that a sitting down was missed.
/// What a height is worth depends on what is next to it: stairs are climbed out of and into steps, drift is
/// slower than people are, and a high stool is risen from by as little as it was sat down on.
/// Tilt is weak evidence (67 % balanced accuracy by itself on 750 chair trials; older people sit upright in
/// one window of three): it multiplies the odds once per new resting pose, by at most a factor of e^2.5.
struct PostureBelief: Sendable {
    /// Chance of being seated.
    private(set) var seated: Double
    private let settings: PostureSettings

    /// How far below standing the seat is that was sat down on last, m.
    private var seatDepth: Double?

    /// What a move did, given what was believed before and what is believed after it.
    struct Reading: Sendable, Equatable {
        /// Chance that it was a sitting down.
        var down: Double
        /// Chance that it was a rise from a seat.
        var up: Double
        /// Chance of having been seated before it, seen from after it.
        var seatedBefore: Double
    }

    /// What the model learns from: a finished move and what is known of its ends.
    struct Move: Sendable {
        /// How the body rose and sank.
        var profile: HeightProfile
        /// Evidence for a seat in the pose after it, nats.
        var tilt = 0.0
        /// What was weighed of the pose before it: who stays as they are has been credited with that already.
        var tiltBefore = 0.0
        /// How much further forward the trunk rests after it, degrees: nobody sits down into a deep bend, nor
        /// rises out of one without leaning on; bending over and straightening up do that.
        var bend = 0.0
        /// Whether it came out of regular steps, or is full of them, with a trunk that hardly turned: people lean to
        /// sit down, and keep upright on stairs.
        var isDescent = false
        /// Whether it went on into regular steps.
        var endsStepping = false
        /// Stairs gain and lose height too.
        var isStair: Bool { isDescent || endsStepping }
    }

    /// Chance that a move of the trunk is a transition.
    static let transitionChance = 0.12
    /// Spread of the least height of a chair transition, m.
    static let heightSpread = 0.03
    /// Spread of the least velocity of a chair transition, m/s.
    static let velocitySpread = 0.04
    /// Evidence of a height at the setting, nats.
    static let bonus = 2.0
    /// Deviation of a height at which the rest counts half, m.
    static let usefulDeviation = 0.3
    /// No chair is higher than this, m.
    static let tallest = 0.9
    /// Evidence against a transition per degree that the trunk rests further bent, nats.
    static let bendWeight = 0.15
    /// Evidence against a transition per possible step in it beyond one, nats.
    static let stepWeight = 1.5
    /// Rises faster than this are no steps on a stair, m/s.
    static let briskVelocity = 0.6
    /// How much less likely it is to be seated where steps follow: nobody steps seated.
    static let seatedStepping = 0.05
    /// No more evidence than this from a height next to steps, nats: one walk in ten or so begins or ends on a stair.
    static let stairEvidence = 2.3
    /// Possible steps in a drop next to steps that make it a stair's.
    static let feetOnStairs = 3
    /// Share of the height of a seat that was sat down on above which rising from it is likelier than not.
    static let shareOfSeat = 0.6
    /// Height over peak velocity of the slowest chair transitions, seconds: 2.6 s of minimum jerk.
    static let slowest = 1.4
    /// Evidence against a transition per second beyond that, nats.
    static let slownessWeight = 6.0
    /// No certainty beyond this: sensors slip and people are inventive.
    static let certainty = 0.998

    init(settings: PostureSettings) {
        self.settings = settings
        seated = settings.seatedPrior
    }

    /// Learns from a finished move.
    mutating func observe(_ move: Move) -> Reading {
        let p = Self.transitionChance
        let upright = 1 - seated
        let tilt = move.tilt
        let down =
            upright * p * odds(ofDrop: move)
            * Elementary.exp(0.5 * tilt - Self.bendWeight * max(0, move.bend))
        let up =
            seated * p * odds(ofRise: move)
            * Elementary.exp(-0.5 * tilt - Self.bendWeight * max(0, -move.bend))
        let canSit = move.endsStepping ? Self.seatedStepping : 1
        let staysSeated = seated * (1 - p) * Elementary.exp(0.5 * (tilt - move.tiltBefore)) * canSit
        let staysUpright = upright * (1 - p) * Elementary.exp(0.5 * (move.tiltBefore - tilt))
        let total = down * canSit + up + staysSeated + staysUpright
        guard total > 0 else { return Reading(down: 0, up: 0, seatedBefore: seated) }
        let reading = Reading(
            down: down * canSit / total, up: up / total, seatedBefore: (staysSeated + up) / total)
        set((down * canSit + staysSeated) / total)
        if reading.down > 0.5 { seatDepth = -move.profile.net }
        return reading
    }

    /// Multiplies the odds of being seated by e^`evidence`.
    mutating func weigh(_ evidence: Double) {
        let odds = seated / (1 - seated) * Elementary.exp(max(-5, min(5, evidence)))
        set(odds / (1 + odds))
    }

    /// Declares the chance of being seated.
    mutating func set(_ chance: Double) {
        seated = max(1 - Self.certainty, min(Self.certainty, chance))
        if seated < 0.5 { seatDepth = nil }
    }

    /// Drifts back toward the prior, by the share `loss` of what is known.
    mutating func forget(_ loss: Double) { set(seated + (settings.seatedPrior - seated) * loss) }

    /// Who sat down on a high seat rises by as little; belts measure it to some centimetres.
    private var leastRise: Double {
        min(settings.transitionHeight, seatDepth.map { Self.shareOfSeat * $0 } ?? .infinity)
    }

    private func odds(ofDrop move: Move) -> Double {
        // A chair is one drop; stairs go down with a foot for every 17 cm.
        let isStair = move.isStair && move.profile.drop?.stepCandidates ?? 0 >= Self.feetOnStairs
        return odds(
            height: -move.profile.net, velocity: -(move.profile.drop?.peakVelocity ?? 0), stepCandidates: 0,
            least: settings.transitionHeight, isStair: isStair, move)
    }

    private func odds(ofRise move: Move) -> Double {
        odds(
            height: move.profile.net, velocity: move.profile.rise?.peakVelocity ?? 0,
            stepCandidates: move.profile.rise?.stepCandidates ?? 0, least: leastRise, isStair: move.isStair,
            move)
    }

    /// Odds that a change of `height` with that peak velocity is a chair's.
    ///
    /// A height at the setting is a little better than even, three spreads less is out of the question. What
    /// is not known about the height widens the spread, and what it does not say, its velocity does not say
    /// either.
    private func odds(
        height: Double, velocity: Double, stepCandidates: Int, least: Double, isStair: Bool, _ move: Move
    ) -> Double {
        let deviation = move.profile.deviation
        let spread = (Self.heightSpread * Self.heightSpread + deviation * deviation).squareRoot()
        let byHeight = (height - least) / spread
        let byVelocity = (velocity - settings.transitionVelocity) / Self.velocitySpread
        let certainty = Self.usefulDeviation / (Self.usefulDeviation + deviation)
        // 0.4 m is no better evidence than 0.25 m; 1.5 m is an integration that went astray.
        let tooMuch = max(0, (height - Self.tallest) / 0.05)
        let bySteps =
            velocity < Self.briskVelocity ? Self.stepWeight * Double(max(0, stepCandidates - 1)) : 0
        // A minimum-jerk move of T seconds reaches 1.875 times its mean velocity; drift is slower than people.
        let bySlowness =
            velocity > 0.01 ? Self.slownessWeight * max(0, height / velocity - Self.slowest) : 0
        let evidence =
            min(4.5, byHeight + Self.bonus * certainty) + min(1.5, byVelocity) * certainty - tooMuch - bySteps
            - bySlowness
        return Elementary.exp(max(-6, min(isStair ? Self.stairEvidence : 6, evidence)))
    }
}
