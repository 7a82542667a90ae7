/// The bytes a decoder has not decided on yet, oldest first, in room taken once.
///
/// A frame that proves wrong is dropped one byte at a time, since a good one may have begun inside it. Dropping moves no
/// bytes: what is left slides back to the beginning only when the room, twice the longest frame, is used up.
struct FrameWindow: Sendable {
    private var storage: [UInt8]
    private var start = 0
    private var end = 0

    /// A window for frames of up to `longest` bytes.
    init(longest: Int) { storage = [UInt8](repeating: 0, count: 2 * longest) }

    /// Bytes held; never more than `longest` when each frame is settled on its last byte.
    var count: Int { end - start }

    /// The byte `index` places behind the oldest.
    @inline(__always)
    subscript(_ index: Int) -> UInt8 { storage[start + index] }

    /// Takes a byte.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if end == storage.count { slideBack() }
        storage[end] = byte
        end += 1
    }

    /// Takes several bytes.
    @inline(__always)
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        if end + bytes.count > storage.count { slideBack() }
        let at = end
        storage.withUnsafeMutableBytes {
            UnsafeMutableRawBufferPointer(rebasing: $0[at...]).copyMemory(from: bytes)
        }
        end += bytes.count
    }

    /// Drops the oldest `count` bytes.
    @inline(__always)
    mutating func drop(_ count: Int) { start += count }

    /// Drops all.
    mutating func removeAll() {
        start = 0
        end = 0
    }

    @inline(never)
    private mutating func slideBack() {
        let kept = end - start
        precondition(2 * kept <= storage.count, "no frame was settled on its last byte")
        for index in 0..<kept { storage[index] = storage[start + index] }
        start = 0
        end = kept
    }

    // MARK: Checks

    /// The low eight bits of the sum of the bytes in `range`.
    func sum8(_ range: Range<Int>) -> UInt8 {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        return storage.withUnsafeBufferPointer { bytes in
            var sum: UInt8 = 0
            for index in range { sum &+= bytes[start &+ index] }
            return sum
        }
    }

    /// Fletcher's two running eight-bit sums over the bytes in `range`.
    func fletcher(_ range: Range<Int>) -> (first: UInt8, second: UInt8) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        return storage.withUnsafeBufferPointer { bytes in
            var first: UInt8 = 0
            var second: UInt8 = 0
            for index in range {
                first &+= bytes[start &+ index]
                second &+= first
            }
            return (first, second)
        }
    }

    // MARK: Numbers, by their first byte

    @inline(__always)
    private func load<Number: FixedWidthInteger>(_ index: Int, as type: Number.Type) -> Number {
        precondition(index >= 0 && index + MemoryLayout<Number>.size <= count)
        return storage.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start &+ index, as: type) }
    }

    /// Two bytes, least first, signed.
    func littleInt16(_ index: Int) -> Int16 { Int16(littleEndian: load(index, as: Int16.self)) }

    /// Eight bytes, least first.
    func littleUInt64(_ index: Int) -> UInt64 { UInt64(littleEndian: load(index, as: UInt64.self)) }

    /// Four bytes, least first, as a binary32 number.
    func littleFloat(_ index: Int) -> Double {
        Double(Float(bitPattern: UInt32(littleEndian: load(index, as: UInt32.self))))
    }

    /// Two bytes, most first.
    func bigUInt16(_ index: Int) -> UInt16 { UInt16(bigEndian: load(index, as: UInt16.self)) }

    /// Four bytes, most first.
    func bigUInt32(_ index: Int) -> UInt32 { UInt32(bigEndian: load(index, as: UInt32.self)) }

    /// Eight bytes, most first.
    func bigUInt64(_ index: Int) -> UInt64 { UInt64(bigEndian: load(index, as: UInt64.self)) }

    /// Four bytes, most first, as a binary32 number.
    func bigFloat(_ index: Int) -> Double { Double(Float(bitPattern: bigUInt32(index))) }

    /// Eight bytes, most first, as a binary64 number.
    func bigDouble(_ index: Int) -> Double { Double(bitPattern: bigUInt64(index)) }
}
