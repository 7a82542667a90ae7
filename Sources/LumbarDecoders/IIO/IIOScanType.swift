/// How one channel is stored in a scan: `le:s16/32>>0`, and `le:s32/32X4>>0` for four in a row.
///
/// Byte order, sign, bits that count, bits stored, how often, and how far to shift right: the kernel's
/// Documentation/ABI/testing/sysfs-bus-iio, `..._type`. Bits that do not count may be anything.
struct IIOScanType: Equatable, Sendable {
    var isBigEndian: Bool
    var isSigned: Bool
    var realBits: Int
    var storageBits: Int
    var repetitions: Int
    var shift: Int

    /// Bytes of one value.
    var valueBytes: Int { storageBits / 8 }
    /// Bytes of all repetitions.
    var bytes: Int { valueBytes * repetitions }

    /// Reads the text of a `_type` file; nil for anything else.
    init?(_ text: Substring) {
        var rest = text.utf8[...]
        func take(_ character: Character) -> Bool {
            guard rest.first == character.asciiValue else { return false }
            rest = rest.dropFirst()
            return true
        }
        func number() -> Int? {
            var value = 0
            var digits = 0
            while let byte = rest.first, (0x30...0x39).contains(byte), digits < 4 {
                value = value * 10 + Int(byte - 0x30)
                digits += 1
                rest = rest.dropFirst()
            }
            return digits > 0 ? value : nil
        }
        if take("b") { isBigEndian = true } else if take("l") { isBigEndian = false } else { return nil }
        guard take("e"), take(":") else { return nil }
        if take("s") { isSigned = true } else if take("u") { isSigned = false } else { return nil }
        guard let real = number(), take("/"), let storage = number() else { return nil }
        realBits = real
        storageBits = storage
        repetitions = 1
        if take("X") {
            guard let count = number() else { return nil }
            repetitions = count
        }
        guard take(">"), take(">"), let shift = number(), rest.isEmpty else { return nil }
        self.shift = shift
        guard [8, 16, 32, 64].contains(storage), (1...storage).contains(real), shift < storage,
            real + shift <= storage, (1...16).contains(repetitions)
        else { return nil }
    }

    /// Value `index` of the channel whose first byte is at `offset` of `scan`, which holds it.
    func value(_ index: Int, at offset: Int, in scan: UnsafeRawBufferPointer) -> Int64 {
        let start = offset + index * valueBytes
        var word: UInt64 = 0
        for place in 0..<valueBytes {
            let byte = UInt64(scan[start + place])
            word |= byte << UInt64(8 * (isBigEndian ? valueBytes - 1 - place : place))
        }
        word >>= UInt64(shift)
        if realBits < 64 {
            word &= (1 << UInt64(realBits)) &- 1
            if isSigned, word >> UInt64(realBits - 1) & 1 == 1 { word |= ~0 << UInt64(realBits) }
        }
        return Int64(bitPattern: word)
    }
}
