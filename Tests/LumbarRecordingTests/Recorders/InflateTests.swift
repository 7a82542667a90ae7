import LumbarSimulation
import LumbarTestKit
import Testing

@testable import LumbarRecording

@Suite("Unpacking DEFLATE")
struct InflateTests {
    private struct Unpacked {
        var bytes: [UInt8] = []
        var used: Int? = 0
        var isFinished = false
    }

    private func unpack(_ packed: [UInt8], chunk: Int = 1 << 20) -> Unpacked {
        var inflate = Inflate()
        var out = Unpacked()
        var start = 0
        while start < packed.count, !inflate.isFinished {
            let piece = Array(packed[start..<min(packed.count, start + chunk)])
            let used = piece.withUnsafeBytes { raw in
                inflate.push(raw) { out.bytes += $0 }
            }
            guard let used else {
                out.used = nil
                return out
            }
            out.used = (out.used ?? 0) + used
            start += chunk
        }
        out.isFinished = inflate.isFinished
        return out
    }

    /// What zlib 1.2.13 at level 9 makes of 2,600 letters, a..z repeated with every seventh an x: a block with tables.
    private static let letters = (0..<2600).map { $0 % 7 == 0 ? UInt8(0x78) : UInt8(0x61 + $0 % 26) }

    @Test(
        "a block with tables of its own, as zlib writes it, in chunks of any size",
        arguments: [1, 2, 3, 7, 64, 4096])
    func dynamic(chunk: Int) {
        let out = unpack(ZlibSamples.letters, chunk: chunk)
        #expect(out.isFinished)
        #expect(out.bytes == Self.letters)
        #expect(out.used == ZlibSamples.letters.count)
    }

    @Test("copies from far away, and lengths of 258")
    func far() {
        let out = unpack(ZlibSamples.far)
        #expect(out.isFinished)
        let noise = (0..<200).map { UInt8(truncatingIfNeeded: ($0 * $0 * 31 + $0 * 7) >> 3) }
        let half = noise + [UInt8](repeating: 0, count: 30_000)
        #expect(out.bytes == half + half)
    }

    @Test("blocks as they are and with the fixed code give back what went in")
    func roundTrips() {
        var random = SplitMix64(seed: 2)
        for count in [0, 1, 2, 255, 4000, 70_000, 200_000] {
            var bytes = random.bytes(count)
            // Runs, so that there are copies.
            for index in bytes.indices where index % 37 > 20 { bytes[index] = 7 }
            for packed in [Deflater.asIs(bytes), Deflater.fixed(bytes)] {
                let trailer: [UInt8] = [1, 2, 3]
                let out = unpack(packed + trailer, chunk: 1000 + count % 13)
                #expect(out.isFinished)
                #expect(out.bytes == bytes)
                if packed.count + 3 < 1000 { #expect(out.used == packed.count) }
            }
        }
    }

    @Test("random bytes, cut streams and flipped bits never trap, and give no more than DEFLATE can hold")
    func hostile() {
        var random = SplitMix64(seed: 3)
        for trial in 0..<Trials.count(3000) {
            var packed: [UInt8]
            switch trial % 3 {
            case 0: packed = random.bytes(Int.random(in: 0...300, using: &random))
            case 1: packed = ZlibSamples.letters
            default: packed = Deflater.fixed(Self.letters)
            }
            if trial % 3 != 0, !packed.isEmpty {
                packed = Array(packed.prefix(Int.random(in: 0...packed.count, using: &random)))
                for _ in 0..<Int.random(in: 0...4, using: &random) where !packed.isEmpty {
                    packed[Int.random(in: packed.indices, using: &random)] ^=
                        1 << UInt8.random(in: 0..<8, using: &random)
                }
            }
            let whole = unpack(packed)
            let pieces = unpack(packed, chunk: 3)
            #expect(whole.bytes.count <= 1032 * max(1, packed.count))
            #expect((whole.used == nil) == (pieces.used == nil))
            #expect(whole.bytes == pieces.bytes)
        }
    }
}
