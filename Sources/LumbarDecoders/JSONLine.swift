import LumbarCore

/// Reads the values that a profile's pointers name out of one line of JSON, without an allocation.
///
/// The line is one object (RFC 8259). It is read once, from the left; at each depth a mask says which pointers still lead
/// on from here. At most eight levels deep, which bounds the stack too. What is no JSON, or goes deeper, is refused as
/// a whole; keys with escapes match no pointer.
struct JSONLine: Sendable {
    private struct Pointer: Sendable {
        var slot: Int
        var keys: [[UInt8]]
        /// The keys as places in an array, -1 where one is no number.
        var indices: [Int]
    }

    private let pointers: [Pointer]
    private static let null = Array("null".utf8)

    init(_ profile: TextProfile) {
        pointers = ProfileCells.places(profile).compactMap { slot, place in
            guard case .pointer(let keys) = place else { return nil }
            return Pointer(
                slot: slot, keys: keys.map { Array($0.utf8) }, indices: keys.map { Int($0) ?? -1 })
        }
    }

    /// Takes the values of `line`, an object that begins at `start`; false when it is not well formed.
    func scan(
        _ line: UnsafeRawBufferPointer, from start: Int, _ profile: TextProfile,
        into values: inout ProfileValues
    ) -> Bool {
        var reader = Reader(line: line, index: start)
        reader.skipBlanks()
        guard reader.peek == UInt8(ascii: "{") else { return false }
        let everything: UInt32 = pointers.count >= 32 ? .max : (1 << UInt32(pointers.count)) - 1
        guard value(&reader, everything, depth: 0, profile, &values) else { return false }
        reader.skipBlanks()
        return reader.index == line.count
    }

    /// Reads any value; `mask` has the pointers whose first `depth` keys led here.
    private func value(
        _ reader: inout Reader, _ mask: UInt32, depth: Int, _ profile: TextProfile,
        _ values: inout ProfileValues
    ) -> Bool {
        switch reader.peek {
        case UInt8(ascii: "{"): return object(&reader, mask, depth: depth, profile, &values)
        case UInt8(ascii: "["): return array(&reader, mask, depth: depth, profile, &values)
        case Ascii.quote:
            guard let text = reader.string() else { return false }
            take(reader.line, text, isNumber: false, mask, depth, profile, &values)
            return true
        default:
            guard let text = reader.bareWord() else { return false }
            let first = reader.line[text.lowerBound]
            let isNumber = (0x30...0x39).contains(first) || first == UInt8(ascii: "-")
            take(reader.line, text, isNumber: isNumber, mask, depth, profile, &values)
            return true
        }
    }

    /// A value that is no container has been read, with its text in `range`.
    private func take(
        _ line: UnsafeRawBufferPointer, _ range: Range<Int>, isNumber: Bool, _ mask: UInt32, _ depth: Int,
        _ profile: TextProfile, _ values: inout ProfileValues
    ) {
        guard mask != 0 else { return }
        for index in 0..<pointers.count where mask & (1 << UInt32(index)) != 0 {
            guard pointers[index].keys.count == depth else { continue }
            let slot = pointers[index].slot
            if slot >= ProfileCells.firstRequirement {
                profile.note(slot, line, range, &values)
            } else if isNumber {
                var end = range.lowerBound
                values.take(slot, profile, from: line, at: &end)
                if end != range.upperBound { values.isMalformed = true }
            } else if !Ascii.isEqual(line, range, Self.null) {
                // Null is an empty cell; a text or a truth value is none of ours.
                values.isMalformed = true
            }
        }
    }

    private func object(
        _ reader: inout Reader, _ mask: UInt32, depth: Int, _ profile: TextProfile,
        _ values: inout ProfileValues
    ) -> Bool {
        guard depth < ProfilePlace.deepest else { return false }
        reader.index += 1
        reader.skipBlanks()
        if reader.takes(UInt8(ascii: "}")) { return true }
        while true {
            reader.skipBlanks()
            guard let key = reader.string() else { return false }
            reader.skipBlanks()
            guard reader.takes(UInt8(ascii: ":")) else { return false }
            reader.skipBlanks()
            let next = mask == 0 ? 0 : narrowed(mask, depth, reader.line, key)
            guard value(&reader, next, depth: depth + 1, profile, &values) else { return false }
            reader.skipBlanks()
            if reader.takes(UInt8(ascii: "}")) { return true }
            guard reader.takes(Ascii.comma) else { return false }
        }
    }

    private func array(
        _ reader: inout Reader, _ mask: UInt32, depth: Int, _ profile: TextProfile,
        _ values: inout ProfileValues
    ) -> Bool {
        guard depth < ProfilePlace.deepest else { return false }
        reader.index += 1
        reader.skipBlanks()
        if reader.takes(UInt8(ascii: "]")) { return true }
        var place = 0
        while true {
            reader.skipBlanks()
            var next: UInt32 = 0
            for index in 0..<pointers.count where mask & (1 << UInt32(index)) != 0 {
                let pointer = pointers[index]
                if pointer.indices.count > depth, pointer.indices[depth] == place {
                    next |= 1 << UInt32(index)
                }
            }
            guard value(&reader, next, depth: depth + 1, profile, &values) else { return false }
            place += 1
            reader.skipBlanks()
            if reader.takes(UInt8(ascii: "]")) { return true }
            guard reader.takes(Ascii.comma) else { return false }
        }
    }

    /// The pointers of `mask` that go on with the key in `range`.
    private func narrowed(
        _ mask: UInt32, _ depth: Int, _ line: UnsafeRawBufferPointer, _ range: Range<Int>
    ) -> UInt32 {
        var next: UInt32 = 0
        for index in 0..<pointers.count where mask & (1 << UInt32(index)) != 0 {
            guard pointers[index].keys.count > depth else { continue }
            if Ascii.isEqual(line, range, pointers[index].keys[depth]) { next |= 1 << UInt32(index) }
        }
        return next
    }

    /// A place in the line.
    private struct Reader {
        let line: UnsafeRawBufferPointer
        var index: Int

        var peek: UInt8 { index < line.count ? line[index] : 0 }

        mutating func skipBlanks() {
            while index < line.count, Ascii.isBlank(line[index]) { index += 1 }
        }

        mutating func takes(_ byte: UInt8) -> Bool {
            guard index < line.count, line[index] == byte else { return false }
            index += 1
            return true
        }

        /// What stands between two quotes; nil when there are none, or a control character between them.
        mutating func string() -> Range<Int>? {
            guard takes(Ascii.quote) else { return nil }
            let start = index
            while index < line.count {
                let byte = line[index]
                if byte == Ascii.quote {
                    index += 1
                    return start..<(index - 1)
                }
                guard byte >= 0x20 else { return nil }
                index += byte == UInt8(ascii: "\\") ? 2 : 1
            }
            return nil
        }

        /// A number, true, false or null: what stands up to the next mark or blank.
        mutating func bareWord() -> Range<Int>? {
            let start = index
            while index < line.count {
                let byte = line[index]
                let isPart =
                    Ascii.isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
                guard isPart else { break }
                index += 1
            }
            return index > start ? start..<index : nil
        }
    }
}
