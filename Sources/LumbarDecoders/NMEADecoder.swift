import LumbarCore

/// Inclinometers that speak NMEA 0183: `--XDR` and `$PASHR`. Angles only, no acceleration.
///
///     $--XDR,type,value,unit,id,type,value,unit,id ... *hh
///     $PASHR,hhmmss.ss,heading,T,roll,pitch,heave,...*hh
///
/// - XDR holds any number of quadruples; those of type A and unit D count, with the ids PTCH or PITCH, and ROLL or HEEL.
///   Units and values of the others may be empty. Where pitch and roll come in sentences of their own, a reading takes one
///   of each.
/// - PASHR has other forms under the same name (POS, SAT, ...), which are passed over. Roll or pitch may be empty; then it
///   gives no reading.
/// - Pitch is positive when the front goes up, roll when the right side goes down: the axes of readings are forward, left
///   and up of the device.
///
/// Counted: `badChecksum`; `badLength` for a sentence that breaks off or whose quadruples are not whole; `insane` for a
/// pitch beyond 90 or a roll beyond 180 degrees, which cannot be degrees (a magnetic compass is known that sends 171). All
/// other sentences are `skippedBytes`. Locks on three readings in a row.
///
/// Sources: IEC 61162-1 as gpsd documents and tests it; its logs agree (CapturedSentenceTests).
public struct NMEADecoder: BuiltInDecoder, LineDecoder {
    /// `nmea`.
    public static let protocolName = "nmea"

    /// What became of the bytes so far.
    public var outcomes: DecodeOutcomes { state.outcomes }

    private var state = LineState(lockAfter: 3)
    private var pitch: Double?
    private var roll: Double?

    private static let insaneBeforeComplaint = 10

    /// A decoder that has seen nothing.
    public init() {}

    /// Whether three readings came in a row.
    public var isLocked: Bool { state.lock.isLocked }

    /// That the angles it sends are none.
    public var complaint: String? {
        guard outcomes.readings == 0, outcomes.insane >= Self.insaneBeforeComplaint else { return nil }
        return "it sends pitch beyond 90 or roll beyond 180 degrees, which cannot be degrees: "
            + "set it to send degrees, or use another sensor"
    }

    /// Forgets the half-received line, and the angle that waits for the other.
    public mutating func interrupt() {
        state.interrupt()
        pitch = nil
        roll = nil
    }

    var heldLine: [UInt8] { state.line }
    mutating func takeDamage() -> Bool { state.takeDamage() }
    mutating func cut(_ byte: UInt8) -> LineState.Line? { state.push(byte) }
    mutating func cut(_ bytes: UnsafeRawBufferPointer, from offset: Int) -> LineState.Line? {
        state.takeWhole(bytes, from: offset)
    }

    mutating func take(_ raw: UnsafeRawBufferPointer, isWhole: Bool, at arrival: Instant) -> Reading? {
        let line = raw.withoutCarriageReturn
        switch Sentence.judge(line) {
        case .whole(let range):
            var fields = SentenceFields(line, range)
            guard let name = fields.next() else { return nil }
            let verdict: Verdict
            if name.isText("PASHR") {
                verdict = takePASHR(&fields)
            } else if name.count == 5, UnsafeRawBufferPointer(rebasing: name[2...]).isText("XDR") {
                verdict = takeXDR(&fields)
            } else {
                verdict = .notOurs
            }
            return conclude(verdict, raw.count, at: arrival)
        case .badChecksum: state.outcomes.badChecksum += 1
        case .badLength: state.outcomes.badLength += 1
        case .other:
            state.outcomes.skippedBytes += raw.count + 1
            return nil
        }
        state.lock.reject()
        return nil
    }

    private enum Verdict { case taken, notOurs, badLength, insane }

    private mutating func conclude(_ verdict: Verdict, _ length: Int, at arrival: Instant) -> Reading? {
        switch verdict {
        case .notOurs:
            state.outcomes.skippedBytes += length + 1
            return nil
        case .badLength: state.outcomes.badLength += 1
        case .insane: state.outcomes.insane += 1
        case .taken:
            guard let pitch, let roll else { return nil }
            self.pitch = nil
            self.roll = nil
            state.outcomes.readings += 1
            state.lock.accept()
            let up = UpDirection().up(
                roll: roll * radiansPerDegree, pitch: -pitch * radiansPerDegree, yaw: 0)
            return Reading(acceleration: up, hasAngularRate: false, hasAcceleration: false, arrival: arrival)
        }
        state.lock.reject()
        return nil
    }

    private mutating func takeXDR(_ fields: inout SentenceFields) -> Verdict {
        var foundPitch: Double?
        var foundRoll: Double?
        while let type = fields.next() {
            guard let value = fields.next(), let unit = fields.next(), let id = fields.next() else {
                return .badLength
            }
            let isPitch = id.isText("PTCH") || id.isText("PITCH")
            guard type.isText("A"), unit.isText("D"), isPitch || id.isText("ROLL") || id.isText("HEEL") else {
                continue
            }
            switch SentenceFields.number(value) {
            case .empty: continue
            case .malformed: return .insane
            case .value(let degrees):
                guard degrees.magnitude <= (isPitch ? 90 : 180) else { return .insane }
                if isPitch { foundPitch = degrees } else { foundRoll = degrees }
            }
        }
        guard foundPitch != nil || foundRoll != nil else { return .notOurs }
        pitch = foundPitch ?? pitch
        roll = foundRoll ?? roll
        return .taken
    }

    private mutating func takePASHR(_ fields: inout SentenceFields) -> Verdict {
        guard let time = fields.next(), fields.next() != nil, let reference = fields.next(),
            reference.isText("T"), case .value = SentenceFields.number(time)
        else { return .notOurs }
        guard let roll = fields.next(), let pitch = fields.next() else { return .badLength }
        switch (SentenceFields.number(pitch), SentenceFields.number(roll)) {
        case (.malformed, _), (_, .malformed): return .insane
        case (.value(let pitch), .value(let roll)):
            guard pitch.magnitude <= 90, roll.magnitude <= 180 else { return .insane }
            self.pitch = pitch
            self.roll = roll
            return .taken
        case (.empty, _), (_, .empty): return .notOurs
        }
    }
}
