import LumbarCore

/// Finds out which protocol a line speaks, for a device whose protocol was not declared.
///
/// Every byte is offered to every decoder of the catalog until exactly one of them is locked; that one is chosen, with
/// the state it has reached. Readings from before are not handed out: a decoder that is not sure may be wrong. The
/// choice falls on a byte, so it does not depend on how the stream was cut into chunks.
public struct ProtocolDetector: Sendable {
    private var candidates: [any StreamDecoder]
    /// Bytes offered since the start or the last `interrupt()`.
    public private(set) var bytesOffered = 0

    private let mostPerSecond: Int
    private var secondBegan = Instant(nanoseconds: .min)
    private var takenThisSecond = 0
    private var isSkipping = false

    /// What is listened to of a line that may be anything, bytes per second: each costs all decoders together some
    /// hundred times what it costs the chosen one. The fastest sensors send less (a WT931 at 1000 Hz, 33 kB), and what
    /// is looked at comes in one piece, a second's share at a time.
    static let liveBytesPerSecond = 40_000

    /// A detector that offers the bytes to `candidates`, which have seen nothing; of what comes faster than
    /// `bytesPerSecond`, only the beginning of each second.
    public init(
        _ candidates: [any StreamDecoder] = DecoderCatalog.builtIn.candidates(), bytesPerSecond: Int = .max
    ) {
        self.candidates = candidates
        mostPerSecond = bytesPerSecond
    }

    /// A detector for a line that is being read, which may be flooded.
    public static func live(_ candidates: [any StreamDecoder]) -> ProtocolDetector {
        ProtocolDetector(candidates, bytesPerSecond: liveBytesPerSecond)
    }

    /// Takes a chunk read at `arrival`; returns the chosen decoder on the chunk in which exactly one locked.
    ///
    /// The rest of that chunk has then been decoded by it, into `buffer`. Give all later bytes to that decoder.
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, at arrival: Instant, into buffer: inout ReadingBuffer
    ) -> (any StreamDecoder)? {
        for offset in bytes.indices {
            guard mayTakeMore(at: arrival) else { return nil }
            guard let (decoder, reading) = offer(bytes[offset], at: arrival) else { continue }
            if let reading { buffer.append(reading) }
            var chosen = decoder
            chosen.push(UnsafeRawBufferPointer(rebasing: bytes[(offset + 1)...]), at: arrival, into: &buffer)
            return chosen
        }
        return nil
    }

    /// Forgets half-received frames in every decoder.
    public mutating func interrupt() {
        bytesOffered = 0
        for index in candidates.indices { candidates[index].interrupt() }
    }

    /// What each protocol's decoder made of the bytes so far, in catalog order: tells why none was chosen.
    public var outcomes: [(protocolName: String, outcomes: DecodeOutcomes)] {
        candidates.map { ($0.protocolName, $0.outcomes) }
    }

    /// What keeps a sender from being understood, when a decoder can tell.
    public var complaint: String? { candidates.lazy.compactMap(\.complaint).first }

    private mutating func mayTakeMore(at arrival: Instant) -> Bool {
        if takenThisSecond >= mostPerSecond {
            guard arrival.nanoseconds &- secondBegan.nanoseconds >= 1_000_000_000 else {
                isSkipping = true
                return false
            }
            takenThisSecond = 0
        }
        if takenThisSecond == 0 { secondBegan = arrival }
        takenThisSecond += 1
        if isSkipping {
            // What follows does not belong to what came before.
            isSkipping = false
            for index in candidates.indices { candidates[index].interrupt() }
        }
        return true
    }

    private mutating func offer(
        _ byte: UInt8, at arrival: Instant
    ) -> (chosen: any StreamDecoder, reading: Reading?)? {
        bytesOffered += 1
        var lockedCount = 0
        var result: (any StreamDecoder, Reading?)?
        for index in candidates.indices {
            let reading = candidates[index].push(byte, at: arrival)
            guard candidates[index].isLocked else { continue }
            lockedCount += 1
            result = (candidates[index], reading)
        }
        return lockedCount == 1 ? result : nil
    }
}
