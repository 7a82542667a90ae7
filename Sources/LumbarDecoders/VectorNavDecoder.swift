import LumbarCore

/// VectorNav's ASCII messages: VNYMR, VNQMR and VNACC.
///
///     $VNYMR,yaw,pitch,roll,mx,my,mz,ax,ay,az,gx,gy,gz*hh       degrees, gauss, m/s², rad/s
///     $VNQMR,qx,qy,qz,qw,mx,my,mz,ax,ay,az,gx,gy,gz*hh          the scalar part comes last
///     $VNACC,ax,ay,az*hh                                        m/s²
///
/// Axes are forward, right and down: at rest and level `az` is about -9.8, since the accelerometer feels the push of what
/// holds it up. Readings keep these axes. Angles and quaternion give `deviceUp`, as a second opinion.
///
/// Fields that follow and begin with a letter (`T0000000543`, `S...`) are passed over. `*XX` stands for a checksum that was
/// switched off. Other sentences (`$VNRRG`, ...) are `skippedBytes`.
///
/// Counted: `badChecksum`; a wrong number of fields as `badLength`; what is no number, a quaternion whose length is 2 % off,
/// values beyond any wearable sensor, and an acceleration of exactly zero as `insane`. Locks on three readings in a row.
///
/// Source: VN-100 user manual, asynchronous ASCII messages; published captures agree (CapturedSentenceTests).
public struct VectorNavDecoder: BuiltInDecoder, LineDecoder {
    /// `vectornav`.
    public static let protocolName = "vectornav"

    private static let largestAcceleration = 32.0
    private static let largestRate = 70.0  // rad/s, 4000 deg/s
    private static let largestNormError = 0.02

    /// What became of the bytes so far.
    public var outcomes: DecodeOutcomes { state.outcomes }

    private var state = LineState(lockAfter: 3)
    private let convention = UpDirection(levelUp: .minusZ)

    /// A decoder that has seen nothing.
    public init() {}

    /// Whether three readings came in a row.
    public var isLocked: Bool { state.lock.isLocked }

    /// Forgets the half-received line.
    public mutating func interrupt() {
        state.interrupt()
    }

    var heldLine: [UInt8] { state.line }
    mutating func takeDamage() -> Bool { state.takeDamage() }
    mutating func cut(_ byte: UInt8) -> LineState.Line? { state.push(byte) }
    mutating func cut(_ bytes: UnsafeRawBufferPointer, from offset: Int) -> LineState.Line? {
        state.takeWhole(bytes, from: offset)
    }

    mutating func take(_ raw: UnsafeRawBufferPointer, isWhole: Bool, at arrival: Instant) -> Reading? {
        let line = raw.withoutCarriageReturn
        switch Sentence.judge(line, mayBeUnchecked: true) {
        case .whole(let range):
            var fields = SentenceFields(line, range)
            guard let name = fields.next(), let verdict = read(name, &fields, at: arrival) else {
                state.outcomes.skippedBytes += raw.count + 1
                return nil
            }
            switch verdict {
            case .reading(let reading):
                state.outcomes.readings += 1
                state.lock.accept()
                return reading
            case .badLength: state.outcomes.badLength += 1
            case .insane: state.outcomes.insane += 1
            }
        case .badChecksum: state.outcomes.badChecksum += 1
        case .badLength: state.outcomes.badLength += 1
        case .other:
            state.outcomes.skippedBytes += raw.count + 1
            return nil
        }
        state.lock.reject()
        return nil
    }

    /// What a message says; nil when it is none of ours.
    private func read(
        _ name: UnsafeRawBufferPointer, _ fields: inout SentenceFields, at arrival: Instant
    ) -> TextLineOutcome? {
        let needed: Int
        if name.isText("VNYMR") {
            needed = 12
        } else if name.isText("VNQMR") {
            needed = 13
        } else if name.isText("VNACC") {
            needed = 3
        } else {
            return nil
        }
        guard Self.isCount(needed, fields) else { return .badLength }
        var deviceUp = Vector3<SensorFrame>.zero
        if needed > 3 {
            guard let up = needed == 12 ? angles(&fields) : quaternion(&fields), fields.vector() != nil else {
                return .insane
            }
            deviceUp = up
        }
        guard let force = fields.vector() else { return .insane }
        var rate = Vector3<SensorFrame>.zero
        if needed > 3 {
            guard let measured = fields.vector() else { return .insane }
            rate = measured
        }
        let acceleration = force * (1 / standardGravityMetresPerSecondSquared)
        guard acceleration != .zero,
            acceleration.lengthSquared <= Self.largestAcceleration * Self.largestAcceleration,
            rate.lengthSquared <= Self.largestRate * Self.largestRate
        else { return .insane }
        return .reading(
            Reading(
                acceleration: acceleration, angularRate: rate, hasAngularRate: needed > 3, deviceUp: deviceUp,
                arrival: arrival))
    }

    /// Whether so many fields are left, and behind them only such that begin with a letter.
    private static func isCount(_ needed: Int, _ fields: SentenceFields) -> Bool {
        var rest = fields
        var count = 0
        while let field = rest.next() {
            count += 1
            if count > needed, !(field.first.map(Ascii.isLetter) ?? false) { return false }
        }
        return count >= needed
    }

    private func angles(_ fields: inout SentenceFields) -> Vector3<SensorFrame>? {
        guard let yaw = fields.number(), let pitch = fields.number(), let roll = fields.number(),
            yaw.magnitude <= 360, pitch.magnitude <= 90, roll.magnitude <= 180
        else { return nil }
        return convention.up(
            roll: roll * radiansPerDegree, pitch: pitch * radiansPerDegree, yaw: yaw * radiansPerDegree)
    }

    private func quaternion(_ fields: inout SentenceFields) -> Vector3<SensorFrame>? {
        guard let x = fields.number(), let y = fields.number(), let z = fields.number(),
            let w = fields.number()
        else { return nil }
        let norm = (w * w + x * x + y * y + z * z).squareRoot()
        guard (norm - 1).magnitude < Self.largestNormError else { return nil }
        return convention.up(w: w / norm, x: x / norm, y: y / norm, z: z / norm)
    }
}
