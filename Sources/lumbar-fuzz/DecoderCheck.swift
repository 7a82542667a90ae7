import LumbarCore
import LumbarDecoders

/// What every decoder promises about any bytes at all.
enum DecoderCheck {
    /// Runs `stream` byte by byte and in chunks, and holds the results to each other and to reason.
    static func run<Decoder: BuiltInDecoder>(
        _ type: Decoder.Type, _ stream: FuzzStream, upTolerance: Double = 1e-6
    ) {
        run(type.init(), stream, upTolerance: upTolerance)
    }

    /// The same for a decoder that has seen nothing, whose readings take `shortestReading` bytes at least and whose
    /// `deviceUp` has length 1 within `upTolerance`.
    static func run<Decoder: StreamDecoder>(
        _ fresh: Decoder, _ stream: FuzzStream, shortestReading: Int = 8, upTolerance: Double = 1e-6
    ) {
        var byByte = fresh
        var readings: [Reading] = []
        for event in stream.events {
            switch event {
            case .byte(let byte, let arrival):
                if let reading = byByte.push(byte, at: arrival) { readings.append(reading) }
            case .interrupt: byByte.interrupt()
            }
        }
        check(readings, byByte.outcomes, of: stream)
        precondition(readings.count <= stream.events.count / shortestReading)
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
    }

    private static func check(_ readings: [Reading], _ outcomes: DecodeOutcomes, of stream: FuzzStream) {
        precondition(outcomes.readings == readings.count)
        precondition(outcomes.deadAccelerometer <= outcomes.insane)
        precondition(outcomes.lostSamples >= readings.reduce(0) { $0 + Int($1.lostBefore) })
        precondition(outcomes.skippedBytes <= stream.events.count)
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
        var buffer = ReadingBuffer(capacity: 64)
        var chunk: [UInt8] = []
        var arrival = Instant.zero
        func flush() {
            chunk.withUnsafeBytes { decoder.push($0, at: arrival, into: &buffer) }
            chunk.removeAll(keepingCapacity: true)
        }
        for event in stream.events {
            switch event {
            case .byte(let byte, let instant):
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let longest = seed == 1 ? 16 : 1024
                if instant != arrival || (state >> 33) % UInt64(longest) == 0 { flush() }
                arrival = instant
                chunk.append(byte)
            case .interrupt:
                flush()
                decoder.interrupt()
            }
        }
        flush()
        return buffer.readings
    }
}
