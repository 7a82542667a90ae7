import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarDecoders

@Suite struct ProtocolDetectorTests {
    /// A valid stream of each protocol of the catalog.
    private static func stream(_ name: String, using random: inout SplitMix64) -> [UInt8] {
        switch name {
        case "witmotion": WitMotionFrames.stream(types: [0x51, 0x52, 0x53], groups: 800, using: &random)
        case "witmotion-ble": WitMotionFrames.combinedStream(frames: 1200, using: &random)
        default: Array(PlainTextStream.text(lines: 500, using: &random).utf8)
        }
    }

    @Test func catalogListsEachProtocolOnceAndMakesIt() {
        #expect(DecoderCatalog.builtIn.names.starts(with: DecoderCatalog.all.map { $0.protocolName }))
        for name in DecoderCatalog.builtIn.names {
            #expect(DecoderCatalog.builtIn.make(name).map { $0.protocolName } == name)
        }
        #expect(DecoderCatalog.builtIn.make("template") == nil)
    }

    /// A line at 3 Mbaud: of noise, a part of each second is looked at; a sensor that then speaks is recognised, and one
    /// at a usual rate is looked at whole.
    @Test func aFloodIsLookedAtInPartAndASensorIsStillFound() {
        var random = SplitMix64(seed: 11)
        var detector = ProtocolDetector.live(DecoderCatalog.builtIn.candidates())
        var buffer = ReadingBuffer()
        func push(_ bytes: [UInt8], at seconds: Double) -> String? {
            bytes.withUnsafeBytes {
                detector.push($0, at: Instant.zero + .seconds(seconds), into: &buffer)?.protocolName
            }
        }
        for hundredth in 0..<400 {
            let noise = (0..<3000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let found = push(noise, at: Double(hundredth) / 100)
            #expect(found == nil)
        }
        #expect(detector.bytesOffered == 4 * ProtocolDetector.liveBytesPerSecond)
        let frames = WitMotionFrames.stream(types: [0x51, 0x52, 0x53], groups: 100, using: &random)
        let found = push(frames, at: 5)
        #expect(found == "witmotion")
        detector = .live(DecoderCatalog.builtIn.candidates())
        let slow = [UInt8](repeating: 0, count: 3000)
        for tenth in 0..<100 { _ = push(slow, at: Double(tenth) / 10) }
        #expect(detector.bytesOffered == 300_000)
    }

    @Test(arguments: ["witmotion", "witmotion-ble", "text"])
    func everyStreamIsClaimedByExactlyOneDecoder(name: String) {
        var random = SplitMix64(seed: 31)
        for rarity in [200, 1_000_000] {
            let bytes = corrupted(Self.stream(name, using: &random), onceIn: rarity, using: &random)
            for type in DecoderCatalog.all {
                var decoder = type.init()
                var everLocked = false
                for byte in bytes {
                    _ = decoder.push(byte, at: .zero)
                    everLocked = everLocked || decoder.isLocked
                }
                #expect(everLocked == (type.protocolName == name))
                #expect((decoder.outcomes.readings > 100) == (type.protocolName == name))
            }
        }
    }

    @Test(arguments: ["witmotion", "witmotion-ble", "text"])
    func choosesTheSameDecoderAndLosesNothingHoweverTheStreamIsCut(name: String) throws {
        var random = SplitMix64(seed: 32)
        let bytes = Self.stream(name, using: &random)
        var all: [[Reading]] = []
        for longest in [1, 50, 100_000] {
            var detector = ProtocolDetector()
            var chosen: (any StreamDecoder)?
            var buffer = ReadingBuffer()
            var index = 0
            while index < bytes.count {
                let end = min(bytes.count, index + longest)
                bytes[index..<end].withUnsafeBytes { chunk in
                    if chosen == nil {
                        chosen = detector.push(chunk, at: .zero, into: &buffer)
                    } else {
                        chosen?.push(chunk, at: .zero, into: &buffer)
                    }
                }
                index = end
            }
            let decoder = try #require(chosen)
            #expect(decoder.protocolName == name)
            all.append(buffer.readings)
            // All but the readings before the lock.
            #expect(decoder.outcomes.readings - buffer.count <= 1)
        }
        #expect(all[0] == all[1])
        #expect(all[0] == all[2])
    }

    @Test func undecidedStreamsExplainThemselves() {
        var detector = ProtocolDetector()
        var buffer = ReadingBuffer()
        let chosen = Array("t_s,ax,ay,az\n".utf8).withUnsafeBytes {
            detector.push($0, at: .zero, into: &buffer)
        }
        #expect(chosen == nil)
        #expect(detector.bytesOffered == 13)
        #expect(
            detector.outcomes.map(\.protocolName) == DecoderCatalog.builtIn.candidates().map(\.protocolName))
        #expect(detector.complaint == "column ax has no unit: write ax_g, ax_mg or ax_mps2")
        detector.interrupt()
        #expect(detector.bytesOffered == 0)
    }

    @Test func twoLockedAtOnceIsNoChoice() {
        var detector = ProtocolDetector([WitMotionDecoder(), WitMotionDecoder()])
        var buffer = ReadingBuffer()
        var random = SplitMix64(seed: 33)
        let bytes = WitMotionFrames.stream(types: [0x51, 0x52], groups: 20, using: &random)
        let chosen = bytes.withUnsafeBytes { detector.push($0, at: .zero, into: &buffer) }
        #expect(chosen == nil)
        #expect(buffer.count == 0)
    }

    @Test func garbageIsNobodys() {
        var random = SplitMix64(seed: 34)
        var detector = ProtocolDetector()
        var buffer = ReadingBuffer()
        for _ in 0..<Trials.count(8) {
            let chosen = random.bytes(65_536).withUnsafeBytes { detector.push($0, at: .zero, into: &buffer) }
            #expect(chosen == nil)
        }
        #expect(buffer.count == 0)
    }
}
