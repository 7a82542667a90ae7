import LumbarCore

/// The loop that decoders of frames with preamble, length and checksum share; each says what a frame is and what it means.
///
/// Not public, so a decoder's own `push` only calls it.
protocol FramedDecoder {
    /// The bytes not decided on, and how sure the decoder is.
    var trust: FrameTrust { get set }
    /// What the bytes at the head of the window are; it holds one at least.
    func verdict(_ window: FrameWindow) -> FrameTrust.Verdict
    /// What the whole frame of `length` bytes at the head of the window gives.
    mutating func accept(_ length: Int, at arrival: Instant) -> Reading?
}

extension FramedDecoder {
    /// Takes the next byte; returns a reading when it completes one.
    @inline(__always)
    mutating func takeByte(_ byte: UInt8, at arrival: Instant) -> Reading? {
        guard trust.hold(byte) else { return nil }
        return decide(at: arrival)
    }

    private mutating func decide(at arrival: Instant) -> Reading? {
        while trust.window.count > 0 {
            let verdict = verdict(trust.window)
            switch verdict {
            case .incomplete(let count):
                trust.wait(for: count)
                return nil
            case .whole(let length):
                var reading = accept(length, at: arrival)
                trust.take(length)
                guard reading != nil else { continue }
                reading?.followsDamage = trust.takeDamage()
                return reading
            case .notAFrame, .badLength, .badChecksum:
                trust.refuse(verdict)
            }
        }
        return nil
    }

    /// Takes a chunk: what cannot end a frame at once, the rest byte by byte.
    @inline(__always)
    mutating func takeChunk(
        _ bytes: UnsafeRawBufferPointer, at arrival: Instant, into buffer: inout ReadingBuffer
    ) {
        var offset = 0
        while offset < bytes.count {
            trust.hold(bytes, from: &offset)
            guard offset < bytes.count else { return }
            if let reading = takeByte(bytes[offset], at: arrival) { buffer.append(reading) }
            offset += 1
        }
    }
}
