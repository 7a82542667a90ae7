/// One main item of a report descriptor: `count` values of `size` bits each, side by side in a report.
public struct HIDField: Equatable, Sendable {
    /// Which way a report goes.
    public enum Kind: UInt8, Equatable, Sendable, CaseIterable {
        /// From the device, by itself.
        case input
        /// To the device.
        case output
        /// A setting: read and written on request.
        case feature
    }

    /// Which way.
    public var kind: Kind
    /// The report it is in; 0 when the device does not number its reports.
    public var reportID: UInt8
    /// Where it begins in the report, the byte of the report id counted where there is one.
    public var bitOffset: Int
    /// Bits of one value.
    public var size: Int
    /// How many values.
    public var count: Int
    /// What the values mean, in order; fewer than values means that the last one goes on.
    public var usages: [ClosedRange<HIDUsage>]
    /// Smallest value; below zero means that values are signed.
    public var logicalMinimum: Int64
    /// Largest value.
    public var logicalMaximum: Int64
    /// What the smallest value stands for; both zero means that values stand for themselves.
    public var physicalMinimum: Int64
    /// What the largest value stands for.
    public var physicalMaximum: Int64
    /// The unit as the descriptor codes it.
    public var unit: UInt32
    /// Values are multiplied by ten to this.
    public var unitExponent: Int
    /// The flags of the main item.
    public var flags: UInt32
    /// Index of the collection it is in, or nil outside of all.
    public var collection: Int?

    /// Whether it is padding, or cannot change.
    public var isConstant: Bool { flags & 1 != 0 }

    /// Whether each value has a usage of its own; otherwise a value is the number of a usage.
    public var isVariable: Bool { flags & 2 != 0 }

    /// Whether a value outside of the range means that there is none.
    public var hasNullState: Bool { flags & 0x40 != 0 }

    /// Whether values can be taken out of a report: no wider than 32 bits, and no padding.
    public var isReadable: Bool { size >= 1 && size <= 32 && !isConstant }

    /// The usage of value `index` of a variable field, or the one that selector `index` of an array stands for.
    public func usage(at index: Int) -> HIDUsage? {
        guard index >= 0, let last = usages.last else { return nil }
        var rest = index
        for range in usages {
            let length = Int(range.upperBound.raw - range.lowerBound.raw) + 1
            if rest < length { return HIDUsage(raw: range.lowerBound.raw + UInt32(rest)) }
            rest -= length
        }
        return isVariable ? last.upperBound : nil
    }

    /// Which value of a variable field, or selector of an array, has `usage`; the first, when several do.
    public func index(of usage: HIDUsage) -> Int? {
        var before = 0
        for range in usages {
            if range.contains(usage) {
                let index = before + Int(usage.raw - range.lowerBound.raw)
                return isVariable && index >= count ? nil : index
            }
            before += Int(range.upperBound.raw - range.lowerBound.raw) + 1
        }
        return nil
    }

    /// Value `index` in `report`, sign-extended where the range is signed; bits past the end of the report are zero.
    ///
    /// - Returns: nil when the field is not readable or has no such value.
    public func value(at index: Int, in report: UnsafeRawBufferPointer) -> Int64? {
        guard isReadable, index >= 0, index < count else { return nil }
        let bits = HIDBits.read(report, at: bitOffset + index * size, count: size)
        return HIDBits.extended(bits, size: size, isSigned: logicalMinimum < 0)
    }

    /// What a value stands for, in the field's unit: `scale * value + offset`.
    ///
    /// Logical to physical by the two ranges when the physical one is given, and then times ten to the exponent
    /// (Device Class Definition for HID 1.11, section 6.2.2.7).
    public var conversion: (scale: Double, offset: Double) {
        let power = HIDBits.powerOfTen(unitExponent)
        let logical = Double(logicalMaximum) - Double(logicalMinimum)
        let physical = Double(physicalMaximum) - Double(physicalMinimum)
        guard physicalMinimum != 0 || physicalMaximum != 0, logical > 0, physical != 0 else {
            return (power, 0)
        }
        let slope = physical / logical
        return (slope * power, (Double(physicalMinimum) - Double(logicalMinimum) * slope) * power)
    }
}

/// Bits in reports.
enum HIDBits {
    /// `count` bits (at most 32) from bit `offset` on, lowest first; zeros past the end.
    static func read(_ report: UnsafeRawBufferPointer, at offset: Int, count: Int) -> UInt32 {
        let first = offset >> 3
        var word: UInt64 = 0
        var place: UInt64 = 0
        var index = first
        while place < 40, index < report.count {
            word |= UInt64(report[index]) << place
            place += 8
            index += 1
        }
        let mask: UInt64 = (1 << UInt64(count)) &- 1
        return UInt32(truncatingIfNeeded: (word >> UInt64(offset & 7)) & mask)
    }

    /// Puts `count` bits (at most 32) of `value` at bit `offset` of `report`; what lies past the end is dropped.
    static func write(_ value: UInt32, into report: inout [UInt8], at offset: Int, count: Int) {
        for bit in 0..<count {
            let place = offset + bit
            guard place >> 3 < report.count else { return }
            let mask = UInt8(1) << UInt8(place & 7)
            if value >> UInt32(bit) & 1 == 1 {
                report[place >> 3] |= mask
            } else {
                report[place >> 3] &= ~mask
            }
        }
    }

    /// `bits` as a number of `size` bits.
    static func extended(_ bits: UInt32, size: Int, isSigned: Bool) -> Int64 {
        guard isSigned, size > 0, bits >> UInt32(size - 1) & 1 == 1 else { return Int64(bits) }
        return Int64(bits) - (Int64(1) << Int64(size))
    }

    /// Ten to `exponent`, the nearest Double where there is one; of descriptors' exponents all are.
    static func powerOfTen(_ exponent: Int) -> Double {
        var power = 1.0
        for _ in 0..<min(exponent.magnitude, 22) { power *= 10 }
        return exponent < 0 ? 1 / power : power
    }
}
