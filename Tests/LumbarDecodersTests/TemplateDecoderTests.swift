import LumbarCore
import LumbarDecoders
import LumbarTestKit
import Testing

@Suite struct TemplateDecoderTests {
    private static func frame(_ counts: [Int16], length: UInt8 = 7, flags: UInt8 = 0) -> [UInt8] {
        let body = [length] + WitMotionFrames.words(counts) + [flags]
        return [0xA5, 0x5A] + body + [body.reduce(0, &+)]
    }

    @Test func readsFrames() {
        var decoder = TemplateDecoder()
        let readings = decoder.readings(of: (1...3).flatMap { Self.frame([$0 * 500, 0, -1000]) })
        #expect(
            readings.map(\.acceleration) == [Vector3(0.5, 0, -1), Vector3(1, 0, -1), Vector3(1.5, 0, -1)])
        #expect(decoder.isLocked)
        #expect(decoder.outcomes.rejects == 0)
    }

    @Test func countsEachKindOfReject() {
        var decoder = TemplateDecoder()
        var wrongSum = Self.frame([1, 2, 3])
        wrongSum[10] ^= 1
        var stream: [UInt8] = [0x00, 0xA5]
        stream += Self.frame([1, 2, 3], length: 8)
        stream += wrongSum
        stream += Self.frame([1, 2, 3], flags: 1)
        stream += Self.frame([16_001, 0, 0])
        stream += Self.frame([1, 2, 3])
        #expect(decoder.readings(of: stream).count == 1)
        #expect(decoder.outcomes.badLength == 1)
        #expect(decoder.outcomes.badChecksum == 1)
        #expect(decoder.outcomes.insane == 2)
        #expect(decoder.outcomes.skippedBytes == 2 + 11 + 11)
    }

    @Test func findsTheFrameHiddenBehindAFalsePreamble() {
        var decoder = TemplateDecoder()
        #expect(decoder.readings(of: [0xA5, 0xA5, 0x5A, 0x07, 0xA5] + Self.frame([1, 2, 3])).count == 1)
    }

    @Test func chunksGiveExactlyWhatBytesGive() {
        var random = SplitMix64(seed: 3)
        let clean = (0..<500).flatMap { Self.frame([$0, 0x5AA5, 0x07]) }
        let stream = corrupted(clean, onceIn: 50, using: &random).readInBursts(&random, longest: 40)
        var byByte = TemplateDecoder()
        var byChunk = TemplateDecoder()
        #expect(
            byChunk.readings(of: stream, cutBy: &random, longest: 64) == byByte.readings(of: stream))
        #expect(byChunk.outcomes == byByte.outcomes)
    }

    @Test func isNotListed() {
        #expect(!DecoderCatalog.builtIn.names.contains(TemplateDecoder.protocolName))
    }
}
