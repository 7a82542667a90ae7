import LumbarCore

/// The last sixteen seconds of vertical movement, to be integrated once both ends of a move are known.
public struct VerticalHistory: Sendable {
    /// What is kept of a feature frame.
    public struct Frame: Sendable {
        var end: Instant
        var seconds: Double
        var velocityGain: Double
        var heightGain: Double
        var up: Vector3<BodyFrame>
        var stepCandidates: Int
    }

    private var frames = RingBuffer<Frame>(capacity: 160)
    /// The learned error of the vertical acceleration.
    public private(set) var residual = GravityResidual()

    /// How the velocity at an end of a move is known.
    public enum Anchor: Sendable, Equatable {
        /// The body is still there: no velocity.
        case still
        /// The body steps on from there: the velocity averaged over about two steps is zero.
        case stepping
    }

    /// Frames averaged at a stepping anchor: 1.1 s, two steps at an ordinary cadence.
    static let stepFrames = 11
    /// How well the velocity at an anchor is known, m/s.
    static let velocityDeviation = 0.05
    /// How well the vertical acceleration of a still second is known, m/s².
    static let accelerationDeviation = 0.03

    /// Error of a height from what is not modelled (tilt errors while accelerating), m per s² of the move's
    /// length.
    static let heightWander = 0.002

    /// How well the velocity at a stepping anchor is known, m/s.
    static let steppingDeviation = 0.1

    /// Mean vertical velocity that stepping may have on stairs, m/s: walked at a third, run down at more.
    static let steppingVelocity = 0.3

    /// Cosine of the turn of the trunk beyond which it leans: on stairs people keep upright, so who leans over out of a
    /// walk walked on the level.
    static let leaningCosine = 0.99

    /// How wrong the vertical acceleration may be over a move, m/s².
    static let slopeDeviation = 0.05

    /// Nothing seen.
    public init() {}

    /// Takes a frame; a gap before it empties the history.
    mutating func append(_ features: Features) {
        if features.followsGap { frames.removeAll() }
        let seconds = features.duration
        residual.age(seconds: seconds)
        // The length of gravity is learned while frames come in; here every frame is held against the same
        // 1 g, so that what was learned from one still fits the next.
        let excess = (features.gravityG - 1) * standardGravityMetresPerSecondSquared
        frames.append(
            Frame(
                end: features.end, seconds: seconds,
                velocityGain: features.verticalVelocityGain + excess * seconds,
                heightGain: features.verticalHeightGain + 0.5 * excess * seconds * seconds, up: features.up,
                stepCandidates: features.stepCandidates))
    }

    /// Forgets the frames and keeps what was learned about the sensor.
    mutating func removeFrames() { frames.removeAll() }

    /// Learns from the newest frame, during which the body was still.
    mutating func learnFromStillness() {
        guard frames.count > 0 else { return }
        learnFromStillness(at: frames.count - 1)
    }

    /// Learns from the frames after `start`, during which the body was still.
    mutating func learnFromStillness(since start: Instant) {
        for i in index(after: start)..<frames.count { learnFromStillness(at: i) }
    }

    private mutating func learnFromStillness(at i: Int) {
        let frame = frames[i]
        guard frame.seconds > 0 else { return }
        // A tenth of a second of stillness is a tenth of the evidence of a second.
        residual.learn(
            frame.velocityGain / frame.seconds, along: frame.up,
            deviation: Self.accelerationDeviation / min(1, frame.seconds).squareRoot())
    }

    /// Learns that the velocity gained over [start, end) was zero.
    mutating func learnFromReturnToRest(from start: Instant, to end: Instant) {
        let first = index(after: start)
        let last = index(after: end)
        guard first < last else { return }
        var gained = 0.0
        var direction = Vector3<BodyFrame>.zero
        for i in first..<last {
            gained += frames[i].velocityGain
            direction += frames[i].up * frames[i].seconds
        }
        residual.learn(gained, along: direction, deviation: Self.velocityDeviation)
    }

    /// How the body rose and sank over [start, end), given how its ends are anchored; nil when it is not all
    /// held.
    func profile(
        from start: Instant, to end: Instant, startsAt first: Anchor = .still, endsAt last: Anchor = .still
    ) -> HeightProfile? {
        let from = index(after: start)
        let to = index(after: end)
        guard from < to, let oldest = frames.oldest, oldest.end - .seconds(oldest.seconds) <= start else {
            return nil
        }
        let lead = first == .stepping ? min(Self.stepFrames, from) : 0
        let tail = last == .stepping ? min(Self.stepFrames, frames.count - to) : 0
        let correction = velocityCorrection(from: from, to: to, lead: lead, tail: tail)
        var profile = HeightProfile(start: start)
        var velocity = correction.start
        let meanUp = meanUp(from: from, to: to)
        var velocityLever = Vector3<BodyFrame>.zero
        var heightLever = Vector3<BodyFrame>.zero
        var seconds = 0.0
        for i in from..<to {
            let frame = frames[i]
            let error = residual.bias.dot(frame.up)
            let slope = correction.slope * frame.seconds
            let step = velocity * frame.seconds + frame.heightGain
            profile.add(
                height: step - 0.5 * frame.seconds * (error * frame.seconds - slope),
                velocity: velocity + frame.velocityGain - error * frame.seconds + slope, at: frame.end,
                stepCandidates: frame.stepCandidates)
            velocity += frame.velocityGain - error * frame.seconds + slope
            velocityLever += (frame.up - meanUp) * frame.seconds
            heightLever += velocityLever * frame.seconds
            seconds += frame.seconds
        }
        let wander = Self.heightWander * seconds * seconds + correction.deviation
        profile.finish(
            deviation: (residual.variance(along: heightLever) + wander * wander).squareRoot())
        return profile
    }

    private func meanUp(from: Int, to: Int) -> Vector3<BodyFrame> {
        var sum = Vector3<BodyFrame>.zero
        for i in from..<to { sum += frames[i].up }
        return sum * (1 / Double(to - from))
    }

    private struct Correction {
        /// Velocity at the start, m/s.
        var start: Double
        /// Constant acceleration to add, m/s².
        var slope: Double
        /// What the anchors leave unknown of the height, m.
        var deviation: Double
    }

    /// The velocity at `from`, and the constant acceleration that makes both anchors true.
    private func velocityCorrection(
        from: Int, to: Int, lead: Int, tail: Int
    ) -> Correction {
        var velocity = 0.0
        var seconds = 0.0
        var before = (sum: 0.0, time: 0.0)
        var after = (sum: 0.0, time: 0.0)
        var atStart = (velocity: 0.0, time: 0.0)
        var atEnd = (velocity: 0.0, time: 0.0)
        for i in (from - lead)..<(to + tail) {
            if i == from { atStart = (velocity, seconds) }
            let frame = frames[i]
            velocity += frame.velocityGain - residual.bias.dot(frame.up) * frame.seconds
            seconds += frame.seconds
            if i < from {
                before.sum += velocity * frame.seconds
                before.time += frame.seconds
            } else if i >= to {
                after.sum += velocity * frame.seconds
                after.time += frame.seconds
            }
            if i == to - 1 { atEnd = (velocity, seconds) }
        }
        let first =
            before.time > 0
            ? (velocity: before.sum / before.time, time: before.time / 2) : atStart
        let last =
            after.time > 0
            ? (velocity: after.sum / after.time, time: atEnd.time + after.time / 2) : atEnd
        let span = last.time - first.time
        let slope = span > 0 ? (first.velocity - last.velocity) / span : 0
        let length = atEnd.time - atStart.time
        guard (lead > 0) != (tail > 0) else {
            return Correction(
                start: atStart.velocity - first.velocity + slope * (atStart.time - first.time), slope: slope,
                deviation: lead > 0 ? Self.steppingDeviation * length : 0)
        }
        // One end is still: trust it, and the stepping one as far as the slope may be wrong at all.
        let byError = Self.slopeDeviation * span
        let mayClimb = leastCosine(from: from, to: to) > Self.leaningCosine
        let velocityDeviation = mayClimb ? Self.steppingVelocity : Self.steppingDeviation
        let gain = byError * byError / (byError * byError + velocityDeviation * velocityDeviation)
        let kept = gain * slope
        let start =
            tail > 0 ? 0 : atStart.velocity - atEnd.velocity - kept * length
        return Correction(
            start: start, slope: kept,
            deviation: 0.5 * Self.slopeDeviation * (1 - gain).squareRoot() * length * length)
    }

    /// Cosine of the largest angle between up in these frames and up in the first of them.
    private func leastCosine(from: Int, to: Int) -> Double {
        var least = 1.0
        for i in from..<to { least = min(least, frames[i].up.dot(frames[from].up)) }
        return least
    }

    /// Index of the first frame that ends after `time`.
    private func index(after time: Instant) -> Int {
        var i = frames.count
        while i > 0, frames[i - 1].end > time { i -= 1 }
        return i
    }
}
