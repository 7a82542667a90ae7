/// An `ExposureTable` as it is stored: some hundred bytes for a minute.
///
/// The first byte is the version of the layout, 1. Then, for each count that is not zero: how many zeros come before
/// it, and its value, positive ones as 2·n and negative ones as −2·n − 1; both as bytes of seven bits, the lowest
/// first, the eighth bit set while more follow (LEB128). A table of zeros is no bytes at all. Sections that a later
/// version adds lie behind those of this one, which passes them over.
public struct PackedExposure: Sendable, Equatable {
    /// The bytes.
    public var bytes: [UInt8]

    static let version: UInt8 = 1

    /// What was stored.
    public init(bytes: [UInt8] = []) { self.bytes = bytes }

    /// Packs `table`.
    public init(_ table: ExposureTable) {
        bytes = []
        guard !table.isEmpty else { return }
        bytes.reserveCapacity(160)
        bytes.append(Self.version)
        var next = 0
        for (index, value) in table.nonzero {
            append(UInt64(index - next))
            append(UInt64(bitPattern: (value &<< 1) ^ (value >> 63)))
            next = index + 1
        }
    }

    /// The table, or nil when the bytes are damaged or of a layout that is not known here.
    public var table: ExposureTable? {
        var table = ExposureTable()
        guard let first = bytes.first else { return table }
        guard first == Self.version else { return nil }
        var place = 1
        var index = 0
        while place < bytes.count {
            guard let gap = Self.take(bytes, &place), gap < 1 << 20, let coded = Self.take(bytes, &place)
            else {
                return nil
            }
            index += Int(gap)
            table.restore(Int64(bitPattern: coded >> 1) ^ -Int64(bitPattern: coded & 1), at: index)
            index += 1
            guard index < 1 << 20 else { return nil }
        }
        return table
    }

    private mutating func append(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    private static func take(_ bytes: [UInt8], _ place: inout Int) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while place < bytes.count, shift < 64 {
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
        return nil
    }
}
