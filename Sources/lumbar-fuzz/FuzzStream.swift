import LumbarCore

/// A line's history: bytes with the instants they were read at, and interruptions.
struct FuzzStream {
    enum Event {
        case byte(UInt8, Instant)
        case interrupt
    }

    private(set) var events: [Event] = []
    private var now = Instant(nanoseconds: 1_000_000_000)

    /// Valid pieces from `piece`, whole, damaged, cut and mixed with garbage, as the input decides.
    init(_ input: inout FuzzInput, piece: (inout FuzzInput) -> [UInt8]) {
        if input.number(below: 4) == 0 {
            append(input.rest())
            return
        }
        while !input.isUsedUp && events.count < 65_536 {
            switch input.number(below: 16) {
            case 0:
                events.append(.interrupt)
            case 1:
                append(input.bytes(input.number(below: 32)))
            case 2:
                append(input.rest())
            case 3:
                append([UInt8](repeating: input.byte(), count: 3 * input.number(below: 256)))
            case 4:
                var damaged = piece(&input)
                guard !damaged.isEmpty else { continue }
                damaged[input.number(below: damaged.count)] ^= 1 << (input.byte() & 7)
                append(damaged)
            case 5:
                let cut = piece(&input)
                append(Array(cut.prefix(input.number(below: 32))))
            case 6:
                now = now + .milliseconds(Int64(input.byte()))
            case 7:
                let repeated = piece(&input)
                for _ in 0..<input.number(below: 8) { append(repeated) }
            default:
                append(piece(&input))
            }
        }
    }

    private mutating func append(_ bytes: [UInt8]) {
        for byte in bytes { events.append(.byte(byte, now)) }
    }
}
