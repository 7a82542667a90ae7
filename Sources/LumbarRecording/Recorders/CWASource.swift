import LumbarCore

/// Plays a recording of an Axivity AX3 or AX6 (`.cwa`).
///
/// A block is held until the next one is there: when that follows it, its samples are spread evenly between the two times,
/// since a recorder's own rate is off by a part in a hundred; otherwise they are taken at the nominal rate, and what lies
/// between is a gap. Damaged blocks are counted and skipped.
public struct CWASource: StreamSource, Sendable {
    private var feed: RecorderFeed
    private var sector: [UInt8] = []
    private var headerLeft: Int?
    private var pending: CWABlock?

    /// What was found besides samples.
    public var findings: RecorderFindings { feed.findings }

    /// A source that plays as `device`; `place` says which moment a local time is.
    public init(
        device: Device,
        place: @escaping @Sendable (_ localNanoseconds: Int64) -> (wall: WallTime, zone: ZoneRule)
    ) {
        feed = RecorderFeed(device: device, place: place)
    }

    /// Whether a file begins with `bytes` as a recording of these does.
    public static func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 4, bytes[0] == 0x4D, bytes[1] == 0x44 else { return false }
        return headerSize(bytes[2], bytes[3]) != nil
    }

    /// Bytes before the first block: the header in whole sectors.
    private static func headerSize(_ low: UInt8, _ high: UInt8) -> Int? {
        switch Int(low) | Int(high) << 8 {
        case 508: 512
        case 1020: 1024
        default: nil
        }
    }

    /// Plays the next bytes of the file.
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, to replayer: inout Replayer
    ) throws(RecordingError) {
        var rest = bytes[...]
        while let byte = rest.first {
            if headerLeft == nil, sector.count == 4 {
                headerLeft = Self.headerSize(sector[2], sector[3]).map { $0 - 4 } ?? 0
            }
            if let left = headerLeft, left > 0 {
                let count = min(left, rest.count)
                rest = rest.dropFirst(count)
                headerLeft = left - count
                sector.removeAll(keepingCapacity: true)
                continue
            }
            guard headerLeft != nil else {
                sector.append(byte)
                rest = rest.dropFirst()
                continue
            }
            let piece = rest.prefix(CWABlock.size - sector.count)
            sector.append(contentsOf: piece)
            rest = rest.dropFirst(piece.count)
            if sector.count == CWABlock.size { try take(&replayer) }
        }
    }

    /// The file is over: plays the last block, and ends the stream.
    public mutating func finish(to replayer: inout Replayer) throws(RecordingError) {
        if !sector.isEmpty { feed.note { $0.breaksOff = true } }
        if let pending { try play(pending, until: nil, &replayer) }
        pending = nil
        replayer.finish()
        guard feed.findings.samples > 0 else {
            throw RecordingError(
                line: 1, "no block of samples in this file that is whole",
                advice: "was the recording begun, and copied to its end?")
        }
    }

    // MARK: Blocks

    private mutating func take(_ replayer: inout Replayer) throws(RecordingError) {
        defer { sector.removeAll(keepingCapacity: true) }
        guard let block = sector.withUnsafeBytes({ CWABlock($0) }) else {
            let isBlank = sector.allSatisfy { $0 == 0 } || sector.allSatisfy { $0 == 0xFF }
            feed.note { $0.damaged += isBlank ? 0 : 1 }
            return
        }
        if let before = pending {
            let nominal = Double(before.count) * 1e9 / before.rateHz
            let measured = Double(block.start - before.start)
            let follows = block.session == before.session && block.number == before.number &+ 1
            let isNear = (measured - nominal).magnitude <= 0.1 * nominal + 1e9 / before.rateHz
            if block.session == before.session, block.number > before.number &+ 1 {
                let lost = Int(block.number - before.number) - 1
                feed.note { $0.missing += min(lost, 1_000_000) }
            }
            try play(before, until: follows && isNear ? block.start : nil, &replayer)
        }
        pending = block
    }

    private mutating func play(
        _ block: CWABlock, until end: Int64?, _ replayer: inout Replayer
    ) throws(RecordingError) {
        let period = end.map { Double($0 - block.start) / Double(block.count) } ?? 1e9 / block.rateHz
        for index in 0..<block.count {
            let time = block.start + Int64((Double(index) * period).rounded())
            try feed.play(block.sample(index, at: time), period: Int64(period), to: &replayer)
        }
    }
}
