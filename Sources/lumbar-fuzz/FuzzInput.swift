/// The fuzzer's bytes, taken one by one as decisions; zero when they are used up.
struct FuzzInput {
    private let data: UnsafeBufferPointer<UInt8>
    private var index = 0
    /// Whether raw bytes should be rare: a run without coverage to guide it learns nothing from them.
    private let prefersStructure: Bool

    init(_ data: UnsafeBufferPointer<UInt8>, prefersStructure: Bool = false) {
        self.data = data
        self.prefersStructure = prefersStructure
    }

    var isUsedUp: Bool { index >= data.count }

    mutating func byte() -> UInt8 {
        guard !isUsedUp else { return 0 }
        defer { index += 1 }
        return data[index]
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { room, filled in
            for place in 0..<count { room.initializeElement(at: place, to: byte()) }
            filled = count
        }
    }

    /// A number below `limit`, at most 256.
    mutating func number(below limit: Int) -> Int { Int(byte()) % limit }

    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[number(below: choices.count)] }

    /// Whether the input is to be taken as it is, without any structure; one in `choices`, or in 32.
    mutating func isRaw(oneIn choices: Int) -> Bool {
        number(below: prefersStructure ? 32 : choices) == 0
    }

    /// All that is left.
    mutating func rest() -> [UInt8] {
        defer { index = data.count }
        return isUsedUp ? [] : Array(data[index...])
    }
}

// MARK: Valid pieces of each language, so that inputs get past checksums and headers

extension FuzzInput {
    mutating func witMotionFrame() -> [UInt8] {
        if number(below: 4) == 0 {
            // A group as a sensor sends it, the same in all frames.
            let payload = bytes(8)
            let types = pick([[0x51, 0x52, 0x53], [0x51, 0x52, 0x53, 0x59], [0x51, 0x52]] as [[UInt8]])
            return types.flatMap { type -> [UInt8] in
                let body = [0x55, type] + payload
                return body + [body.reduce(0, &+)]
            }
        }
        // Now and then a type that does not exist, under a sum that fits.
        let type = number(below: 8) == 0 ? byte() : 0x50 | byte() & 0x0F
        let body = [0x55, type] + bytes(8)
        return body + [body.reduce(0, &+)]
    }

    mutating func combinedFrame() -> [UInt8] {
        let plausible: [UInt8] = [10, 0, 37, 0, 22, 8]
        let acceleration = number(below: 2) == 0 ? plausible : bytes(6)
        return [0x55, number(below: 8) == 0 ? 0x71 : 0x61] + acceleration + bytes(12)
    }
}
