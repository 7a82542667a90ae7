import LumbarCore
import LumbarDecoders
import LumbarTestKit
import Testing

/// What every binary protocol must do with any line.
@Suite struct BinaryPropertyTests {
    private func decoder(_ name: String) throws -> any StreamDecoder {
        try #require(DecoderCatalog.builtIn.make(name))
    }

    private func clean(_ wire: NumberedProtocol, samples: Range<Int>) -> [UInt8] {
        samples.flatMap { wire.frame($0).own + wire.frame($0).rest }
    }

    private func isRight(_ reading: Reading, _ wire: NumberedProtocol, _ index: Int) -> Bool {
        (reading.acceleration - wire.acceleration(index)).length < 1e-9
    }

    @Test(arguments: NumberedProtocol.all)
    func everyFrameOfACleanLineIsRead(_ wire: NumberedProtocol) throws {
        var decoder = try decoder(wire.name)
        let readings = decoder.readings(of: clean(wire, samples: 0..<600))
        #expect(decoder.isLocked)
        #expect(decoder.outcomes.rejects == 0 && decoder.outcomes.skippedBytes == 0)
        #expect(decoder.outcomes.lostSamples == 0)
        #expect(readings.count >= 597)
        let first = 600 - readings.count - (wire.name == "witmotion-ble" ? 1 : 0)
        for (offset, reading) in readings.enumerated() { #expect(isRight(reading, wire, first + offset)) }
    }

    @Test(arguments: NumberedProtocol.all, [1, 7, 64, 4096])
    func chunksGiveExactlyWhatBytesGive(_ wire: NumberedProtocol, _ longest: Int) throws {
        var random = SplitMix64(seed: UInt64(longest))
        for rarity in [30, 300, 100_000] {
            let stream = corrupted(clean(wire, samples: 0..<400), onceIn: rarity, using: &random)
                .readInBursts(&random, longest: 150)
            var byByte = try decoder(wire.name)
            var byChunk = try decoder(wire.name)
            let expected = byByte.readings(of: stream)
            #expect(byChunk.readings(of: stream, cutBy: &random, longest: longest) == expected)
            #expect(byChunk.outcomes == byByte.outcomes)
            #expect(byChunk.isLocked == byByte.isLocked)
        }
    }

    /// One byte in a hundred changed: the frames it spared are read, and the others are not.
    @Test(arguments: NumberedProtocol.all, [0.002, 0.01])
    func aBadLineCostsOnlyTheFramesItDamages(_ wire: NumberedProtocol, _ share: Double) throws {
        var random = SplitMix64(seed: UInt64(share * 1000))
        let samples = 7000
        var decoder = try decoder(wire.name)
        var undamaged = [Bool](repeating: false, count: samples)
        var numbers: [Int: Int] = [:]
        var stream: [UInt8] = []
        for index in 0..<samples {
            let frame = wire.frame(index)
            var bytes = frame.own + frame.rest
            // The lock comes first, and what follows the last frame vouches for it.
            var isDamaged = index < 4 || index > samples - 3
            for at in bytes.indices where index >= 4 && Double.random(in: 0..<1, using: &random) < share {
                bytes[at] ^= UInt8.random(in: 1...255, using: &random)
                if at < frame.own.count { isDamaged = true }
            }
            undamaged[index] = !isDamaged
            numbers[Int((wire.acceleration(index).x * 1e6).rounded())] = index
            stream += bytes
        }
        var read = 0
        var wrong = 0
        for reading in decoder.readings(of: stream) {
            let index = numbers[Int((reading.acceleration.x * 1e6).rounded())]
            if let index, isRight(reading, wire, index) {
                read += undamaged[index] ? 1 : 0
            } else {
                wrong += 1
                #expect(reading.acceleration.isFinite && reading.acceleration.length < 140)
            }
        }
        let whole = undamaged.filter { $0 }.count
        #expect(Double(read) >= 0.999 * Double(whole), "\(read) of \(whole)")
        if let odds = wire.checksumOdds {
            // Three deviations above what the checksum lets through.
            let expected = Double(samples - whole) * odds
            #expect(Double(wrong) <= expected + 3 * expected.squareRoot() + 1, "\(wrong), odds \(expected)")
        }
    }

    @Test(arguments: NumberedProtocol.all)
    func readsAgainSoonAfterGarbage(_ wire: NumberedProtocol) throws {
        var random = SplitMix64(seed: 5)
        let good = clean(wire, samples: 0..<60)
        for _ in 0..<Trials.count(100) {
            var decoder = try decoder(wire.name)
            _ = decoder.readings(of: good)
            let cut = Int.random(in: 0..<good.count, using: &random)
            let garbage = random.bytes(Int.random(in: 1...700, using: &random))
            // A cut frame, garbage, and the line opened in the middle of a frame.
            _ = decoder.readings(of: Array(good[..<cut]) + garbage)
            let start = Int.random(in: 0..<80, using: &random)
            let rest = Array(clean(wire, samples: 0..<70)[start...])
            let readings = decoder.readings(of: Array(rest.prefix(wire.resyncBytes + 80)))
            #expect(!readings.isEmpty)
        }
    }

    @Test(arguments: NumberedProtocol.all)
    func garbageIsNobodys(_ wire: NumberedProtocol) throws {
        var random = SplitMix64(seed: 6)
        var decoder = try decoder(wire.name)
        var readings = 0
        for _ in 0..<Trials.count(20) { readings += decoder.readings(of: random.bytes(65_536)).count }
        #expect(readings == 0)
        #expect(!decoder.isLocked)
    }

    @Test(arguments: NumberedProtocol.all)
    func onlyItsOwnDecoderClaimsAStream(_ wire: NumberedProtocol) throws {
        var random = SplitMix64(seed: 7)
        for rarity in [150, 1_000_000] {
            let stream = corrupted(clean(wire, samples: 0..<500), onceIn: rarity, using: &random)
            let claims = DecoderCatalog.all.filter { type in
                var decoder = type.init()
                return stream.contains { byte in
                    _ = decoder.push(byte, at: .zero)
                    return decoder.isLocked
                }
            }
            #expect(claims.map { $0.protocolName } == [wire.name])
        }
    }

    @Test(arguments: NumberedProtocol.all)
    func anInterruptionAsksForTheLockAgain(_ wire: NumberedProtocol) throws {
        var decoder = try decoder(wire.name)
        _ = decoder.readings(of: clean(wire, samples: 0..<10))
        decoder.interrupt()
        #expect(!decoder.isLocked)
        let readings = decoder.readings(of: clean(wire, samples: 100..<120))
        #expect(readings.count >= 17 && decoder.isLocked)
        #expect(readings.allSatisfy { $0.lostBefore == 0 })
    }
}
