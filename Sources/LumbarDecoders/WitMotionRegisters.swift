/// Settings registers a WitMotion sensor answered with, after it was asked for them.
public struct WitMotionRegisters: Sendable, Equatable {
    /// The address of the first; nil when the reply does not name it, and only the asker knows.
    public let first: UInt16?
    /// How many: four in a frame of 11 bytes, eight in one of 20.
    public let count: Int
    /// Which reply this is, counted from 1: tells the same answer given twice from one given once.
    public let number: Int

    private let low: UInt64
    private let high: UInt64

    /// The register `index` places behind the first, 0 ..< `count`.
    public subscript(_ index: Int) -> Int16 {
        precondition(index >= 0 && index < count, "a reply of \(count) registers has no register \(index)")
        return Int16(truncatingIfNeeded: (index < 4 ? low : high) >> UInt64(16 * (index & 3)))
    }

    /// The four registers of a frame 5F, least byte first.
    init(reply: UInt64, after previous: WitMotionRegisters?) {
        first = nil
        count = 4
        number = (previous?.number ?? 0) + 1
        low = reply
        high = 0
    }

    /// The eight registers of a frame 55 71.
    init(first: UInt16, low: UInt64, high: UInt64, after previous: WitMotionRegisters?) {
        self.first = first
        count = 8
        number = (previous?.number ?? 0) + 1
        self.low = low
        self.high = high
    }
}
