import LumbarCore
import LumbarDecoders

/// What every decoder promises about any bytes at all.
enum DecoderCheck {
    /// Runs `stream` byte by byte and in chunks, holds the results to each other and to reason, and says how many
    /// readings there were.
    static func run<Decoder: BuiltInDecoder>(
        _ type: Decoder.Type, _ stream: FuzzStream, upTolerance: Double = 1e-6
    ) -> Int {
        run(type.init(), stream, upTolerance: upTolerance)
    }

    /// The same for a decoder that has seen nothing, whose readings take `shortestReading` bytes at least and whose
    /// `deviceUp` has length 1 within `upTolerance`.
    static func run<Decoder: StreamDecoder>(
        _ fresh: Decoder, _ stream: FuzzStream, shortestReading: Int = 8, upTolerance: Double = 1e-6
    ) -> Int {
        var byByte = fresh
        var readings: [Reading] = []
        var place = 0
        for stretch in stream.stretches {
            for byte in stream.bytes[place..<stretch.end] {
                if let reading = byByte.push(byte, at: stretch.arrival) { readings.append(reading) }
            }
            place = stretch.end
            if stretch.isInterrupted { byByte.interrupt() }
        }
        check(readings, byByte.outcomes, of: stream)
        precondition(readings.count <= stream.length / shortestReading)
        for up in readings.map(\.deviceUp) {
            precondition(up == .zero || (up.length - 1).magnitude < upTolerance)
        }

        for seed: UInt64 in [1, 2] {
            var byChunk = fresh
            let chunked = inChunks(stream, seed: seed, decoder: &byChunk)
            precondition(chunked == readings, "chunks give other readings")
            precondition(byChunk.outcomes == byByte.outcomes, "chunks are counted otherwise")
            precondition(byChunk.isLocked == byByte.isLocked, "chunks lock otherwise")
        }
        return readings.count
    }

    private static func check(_ readings: [Reading], _ outcomes: DecodeOutcomes, of stream: FuzzStream) {
        precondition(outcomes.readings == readings.count)
        precondition(outcomes.deadAccelerometer <= outcomes.insane)
        precondition(outcomes.lostSamples >= readings.reduce(0) { $0 + Int($1.lostBefore) })
        precondition(outcomes.skippedBytes <= stream.length)
        var last = Instant.zero
        for reading in readings {
            precondition(reading.acceleration.isFinite && reading.acceleration.length <= 500)
            precondition(reading.angularRate.isFinite && reading.angularRate.length <= 200)
            precondition(reading.hasAngularRate || reading.angularRate == .zero)
            precondition(reading.acceleration != .zero)
            precondition(reading.hasAcceleration || (reading.acceleration.length - 1).magnitude < 1e-6)
            precondition(reading.arrival >= last)
            last = reading.arrival
        }
    }

    /// Cuts where the instant changes or an interruption comes, and at places that `seed` decides.
    private static func inChunks<Decoder: StreamDecoder>(
        _ stream: FuzzStream, seed: UInt64, decoder: inout Decoder
    ) -> [Reading] {
        var state = seed
        let longest: UInt64 = seed == 1 ? 32 : 2048
        var buffer = ReadingBuffer(capacity: 16)
        stream.bytes.withUnsafeBytes { bytes in
            var place = 0
            for stretch in stream.stretches {
                repeat {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    let cut = min(stretch.end, place + Int((state >> 33) % longest))
                    let chunk = UnsafeRawBufferPointer(rebasing: bytes[place..<cut])
                    decoder.push(chunk, at: stretch.arrival, into: &buffer)
                    place = cut
                } while place < stretch.end
                if stretch.isInterrupted { decoder.interrupt() }
            }
        }
        return buffer.readings
    }
}
