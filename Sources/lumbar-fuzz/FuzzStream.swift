import LumbarCore

/// A line's history: bytes with the instants they were read at, and interruptions.
struct FuzzStream {
    /// Bytes read at one instant, and whether the line broke off after them.
    struct Stretch {
        var end: Int
        var arrival: Instant
        var isInterrupted: Bool
    }

    private(set) var bytes: [UInt8] = []
    /// In order, the last ends with the bytes.
    private(set) var stretches: [Stretch] = []
    private var now = Instant(nanoseconds: 1_000_000_000)

    /// How many bytes and interruptions.
    var length: Int { bytes.count + stretches.count }

    /// Valid pieces from `piece`, whole, damaged, cut, spliced and mixed with garbage, as the input decides.
    init(_ input: inout FuzzInput, piece: (inout FuzzInput) -> [UInt8]) {
        bytes.reserveCapacity(1024)
        defer { end(isInterrupted: false) }
        if input.isRaw(oneIn: 4) {
            bytes += input.rest()
            return
        }
        while !input.isUsedUp && bytes.count < 65_536 {
            switch input.number(below: 16) {
            case 0:
                end(isInterrupted: true)
            case 1:
                bytes += input.bytes(input.number(below: 32))
            case 2:
                if input.isRaw(oneIn: 1) { bytes += input.rest() }
            case 3:
                // A long one, whatever the byte: longer than any frame, and than what a decoder forgives.
                let count = 3 * input.number(below: input.number(below: 4) == 0 ? 256 : 16)
                bytes += repeatElement(input.byte(), count: count)
            case 4:
                var damaged = piece(&input)
                guard !damaged.isEmpty else { continue }
                damaged[input.number(below: damaged.count)] ^= 1 << (input.byte() & 7)
                bytes += damaged
            case 5:
                bytes += piece(&input).prefix(input.number(below: 32))
            case 6:
                end(isInterrupted: false)
                now = now + .milliseconds(Int64(input.byte()))
            case 7:
                let repeated = piece(&input)
                for _ in 0..<input.number(below: 8) { bytes += repeated }
            case 8:
                // The head of one and the tail of another, as when bytes between are lost.
                let head = piece(&input)
                let tail = piece(&input)
                bytes += head.prefix(input.number(below: max(1, head.count)))
                bytes += tail.suffix(input.number(below: max(1, tail.count)))
            default:
                bytes += piece(&input)
            }
        }
    }

    private mutating func end(isInterrupted: Bool) {
        stretches.append(Stretch(end: bytes.count, arrival: now, isInterrupted: isInterrupted))
    }
}
