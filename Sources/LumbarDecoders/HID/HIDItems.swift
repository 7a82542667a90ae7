/// One item of a report descriptor.
struct HIDItem {
    var offset: Int
    /// Type and tag, the size bits cleared.
    var tag: UInt8
    /// Bytes of data: 0, 1, 2 or 4.
    var size: Int
    var data: UInt32

    /// The data as a signed number.
    var signed: Int64 {
        switch size {
        case 1: Int64(Int8(truncatingIfNeeded: data))
        case 2: Int64(Int16(truncatingIfNeeded: data))
        default: Int64(Int32(bitPattern: data))
        }
    }
}

/// The items of a report descriptor, one after another; long items, for which HID defines no tag, are passed over.
struct HIDItems {
    private let bytes: [UInt8]
    private var index = 0
    private static let longItem: UInt8 = 0xFE

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next short item; nil at the end.
    mutating func next() throws(HIDDescriptorError) -> HIDItem? {
        while index < bytes.count {
            let start = index
            let prefix = bytes[index]
            index += 1
            if prefix == Self.longItem {
                guard index + 2 <= bytes.count, index + 2 + Int(bytes[index]) <= bytes.count else {
                    throw HIDDescriptorError(offset: start, reason: .truncated)
                }
                index += 2 + Int(bytes[index])
                continue
            }
            let size = [0, 1, 2, 4][Int(prefix & 3)]
            guard index + size <= bytes.count else {
                throw HIDDescriptorError(offset: start, reason: .truncated)
            }
            var data: UInt32 = 0
            for place in 0..<size { data |= UInt32(bytes[index + place]) << UInt32(8 * place) }
            index += size
            return HIDItem(offset: start, tag: prefix & 0xFC, size: size, data: data)
        }
        return nil
    }
}
