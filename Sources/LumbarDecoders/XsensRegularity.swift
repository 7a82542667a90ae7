import LumbarCore

/// What one MTData2 message has in common with the next, on a sensor that sends the same all the time: the items, a
/// packet counter and a sample time that go on in step, and numbers that are zero or large enough to have been
/// measured.
///
/// The first two are asked for only where it has held for `settled` messages in a row. A sensor that sends different
/// messages in turn never settles; one that is set up anew costs a message.
///
/// Known weakness: of simulated messages on a line that changes one byte in 100, which destroys nearly half of them,
/// five in 100,000 come through wrong, half of these by less than 10 mg and one degree/s; at one byte in 250 it is one
/// in 100,000. Eight bits of sum over 62 bytes do not tell more.
struct XsensRegularity: Sendable {
    private static let settled = 8
    /// Messages lost in a row after which the counter may have any value.
    private static let longestLoss: UInt16 = 100
    /// Sample times are rounded to 0.1 ms.
    private static let rounding: UInt32 = 2

    private var layout: UInt64 = 0
    private var sameLayouts = 0
    private var number: UInt16 = 0
    private var time: UInt32 = 0
    /// Sample time from one count to the next, 0.1 ms.
    private var period: UInt32 = 0
    private var samePeriods = 0
    private var strangers = 0

    /// Takes a message whose sum fits; whether it goes on as those before.
    mutating func accepts(_ message: XsensMessage, layout new: UInt64) -> Bool {
        guard goesOn(message, new) else {
            strangers += 1
            // So many in a row are no damage: it is another stream now.
            if strangers >= Self.settled { self = XsensRegularity() }
            return false
        }
        strangers = 0
        sameLayouts = new == layout ? min(sameLayouts + 1, Self.settled) : 0
        layout = new
        if let newNumber = message.number, let newTime = message.time { follow(newNumber, newTime) }
        return true
    }

    private func goesOn(_ message: XsensMessage, _ new: UInt64) -> Bool {
        if Self.isTooSmall(message.acceleration) || Self.isTooSmall(message.rate) { return false }
        if sameLayouts == Self.settled, new != layout { return false }
        guard samePeriods == Self.settled, let newNumber = message.number, let newTime = message.time else {
            return true
        }
        let counts = newNumber &- number
        guard counts >= 1, counts <= Self.longestLoss else { return false }
        let late = (newTime &- time) &- UInt32(counts) &* period
        return min(late, 0 &- late) <= Self.rounding &* UInt32(counts)
    }

    /// A damaged exponent makes such numbers; noise is a million times larger.
    private static func isTooSmall(_ v: Vector3<SensorFrame>?) -> Bool {
        guard let v else { return false }
        func isTiny(_ value: Double) -> Bool { value != 0 && value.magnitude < 1e-10 }
        return isTiny(v.x) || isTiny(v.y) || isTiny(v.z)
    }

    private mutating func follow(_ newNumber: UInt16, _ newTime: UInt32) {
        let step = newTime &- time
        let counts = newNumber &- number
        number = newNumber
        time = newTime
        // With messages missing between, the step says nothing new.
        guard counts == 1 else { return }
        let change = step &- period
        samePeriods = min(change, 0 &- change) <= Self.rounding ? min(samePeriods + 1, Self.settled) : 0
        if samePeriods == 0 { period = step }
    }
}
