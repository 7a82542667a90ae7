import LumbarCore
import LumbarSimulation
import LumbarTestKit
import Testing

@testable import LumbarRecording

@Suite("Recordings of Axivity AX3 and AX6")
struct CWATests {
    private func samples(_ count: Int, from first: Int = 0) -> [CWAWriter.Sample] {
        (first..<(first + count)).map { index in
            let t = Double(index) / 100
            return ((0.25 + 0.1 * (t - t.rounded()), -0.5, 0.8125), (12.5, -3, 0.5))
        }
    }

    /// A file of whole blocks that follow each other at 100 Hz.
    private func file(_ form: CWAWriter.Form, blocks: Int, hasFraction: Bool = true) -> [UInt8] {
        var writer = CWAWriter(form, hasFraction: hasFraction)
        var bytes = writer.header
        for block in 0..<blocks {
            let first = block * form.samplesPerBlock
            bytes += writer.block(
                samples(form.samplesPerBlock, from: first),
                at: RecorderPlaying.start + Int64(first) * 10_000_000)
        }
        return bytes
    }

    private func play(_ bytes: [UInt8], chunk: Int = 1 << 18) -> (RecorderPlaying.Played, RecorderFindings) {
        var source = CWASource(device: RecorderPlaying.device, place: RecorderPlaying.place)
        let played = RecorderPlaying.play(&source, bytes, chunk: chunk)
        return (played, source.findings)
    }

    @Test(
        "every sample arrives with its value and its time", arguments: CWAWriter.Form.allCases, [true, false])
    func values(form: CWAWriter.Form, hasFraction: Bool) throws {
        let bytes = file(form, blocks: 5, hasFraction: hasFraction)
        #expect(bytes.withUnsafeBytes { CWASource.recognizes($0) })
        let (played, findings) = play(bytes)
        #expect(played.error == nil)
        #expect(
            findings
                == {
                    var f = RecorderFindings(); f.samples = 5 * form.samplesPerBlock; return f
                }())
        let writer = CWAWriter(form)
        let lines = played.chunks.dropFirst()
        #expect(lines.count == findings.samples)
        for (index, chunk) in lines.enumerated() {
            let stored = writer.stored(samples(1, from: index)[0])
            let fields = chunk.text.dropLast().split(separator: ",").compactMap { Double($0) }
            #expect(fields.count == (form == .withGyroscope ? 7 : 4))
            // Blocks' times are exact to 1/32768 s, or to a sample.
            #expect((fields[0] - Double(index) / 100).magnitude < 1e-4, "\(chunk.text)")
            #expect((fields[1] - stored.acceleration.0).magnitude < 1e-6)
            #expect((fields[2] - stored.acceleration.1).magnitude < 1e-6)
            #expect((fields[3] - stored.acceleration.2).magnitude < 1e-6)
            if form == .withGyroscope { #expect((fields[4] - stored.rate.0).magnitude < 1e-6) }
            #expect(chunk.time == Instant(nanoseconds: Int64((fields[0] * 1e6).rounded()) * 1000))
        }
    }

    @Test("the beginning becomes the anchor, in the zone that was said")
    func anchor() {
        let (played, _) = play(file(.wide, blocks: 2))
        #expect(played.anchor?.instant == .zero)
        #expect(played.anchor?.wall == WallTime(unixSeconds: 1_795_255_200))
        #expect(played.anchor?.zone.name == "Europe/Amsterdam")
    }

    @Test("chunks of any size give the same", arguments: [1, 3, 511, 512, 513, 1500])
    func chunks(size: Int) {
        let bytes = file(.wide, blocks: 3)
        let (whole, pieces) = (play(bytes).0, play(bytes, chunk: size).0)
        #expect(whole.chunks.map(\.text) == pieces.chunks.map(\.text))
        #expect(whole.lines == pieces.lines)
    }

    @Test("a lost and a damaged block are gaps, counted and told")
    func gaps() {
        var writer = CWAWriter(.wide)
        var bytes = writer.header
        for block in 0..<6 {
            if block == 2 { writer.loseBlock() }
            if block == 2 { continue }
            bytes += writer.block(samples(80), at: RecorderPlaying.start + Int64(block) * 800_000_000)
        }
        // Of the fifth, one bit.
        bytes[1024 + 3 * 512 + 100] ^= 1
        bytes += [UInt8](repeating: 0xFF, count: 1024)
        let (played, findings) = play(bytes)
        #expect(played.error == nil)
        #expect(findings.samples == 4 * 80)
        #expect(findings.damaged == 1)
        #expect(findings.missing == 2)
        #expect(findings.gaps == 2)
        #expect((Double(findings.gapNanoseconds) / 1e9 - 1.6).magnitude < 1e-4)
        #expect(
            findings.remarks == [
                "1 damaged blocks were skipped", "2 blocks are missing", "2 gaps without samples, 2 s in all",
            ])
    }

    @Test("a clock that is set back begins anew, with an anchor of its own")
    func setBack() {
        var writer = CWAWriter(.wide)
        var bytes = writer.header
        bytes += writer.block(samples(80), at: RecorderPlaying.start)
        bytes += writer.block(samples(80), at: RecorderPlaying.start - 3_600_000_000_000)
        let (played, findings) = play(bytes)
        #expect(findings.setBack == 1)
        #expect(findings.samples == 160)
        #expect(played.anchor?.wall == WallTime(unixSeconds: 1_795_255_200 - 3600))
    }

    @Test("a recorder whose clock runs fast has its samples spread between the blocks")
    func spread() throws {
        var writer = CWAWriter(.wide)
        var bytes = writer.header
        for block in 0..<4 {
            bytes += writer.block(samples(80), at: RecorderPlaying.start + Int64(block) * 780_000_000)
        }
        let (played, findings) = play(bytes)
        #expect(findings.gaps == 0)
        let times = played.chunks.dropFirst().map { ($0.time - .zero).seconds }
        let steps = zip(times, times.dropFirst()).prefix(200).map { $1 - $0 }
        #expect(steps.allSatisfy { ($0 - 0.00975).magnitude < 1e-4 })
    }

    @Test("a file without a whole block, or of another kind, is an error that says so")
    func errors() {
        let header = CWAWriter(.wide).header
        #expect(play(header).0.error?.reason == "no block of samples in this file that is whole")
        #expect(![UInt8]("MD,t_s\n".utf8).withUnsafeBytes { CWASource.recognizes($0) })
        #expect(!(header.prefix(3)).withUnsafeBytes { CWASource.recognizes($0) })
        let cut = play(Array(file(.wide, blocks: 2).dropLast(10)))
        #expect(cut.1.breaksOff)
        #expect(cut.1.samples == 80)
    }

    @Test("times that no calendar has are none")
    func calendar() {
        #expect(CWABlock.time(CWAWriter.packed(1_795_258_800)) == RecorderPlaying.start)
        // The 30th of February, and the 25th hour.
        #expect(CWABlock.time(26 << 26 | 2 << 22 | 30 << 17) == nil)
        #expect(CWABlock.time(26 << 26 | 2 << 22 | 3 << 17 | 25 << 12) == nil)
        #expect(CWABlock.time(0) == nil)
        #expect(CWABlock.time(.max) == nil)
    }

    @Test("no bytes at all make it trap, and what it keeps stays small")
    func hostile() {
        var random = SplitMix64(seed: 4)
        let good = file(.withGyroscope, blocks: 4)
        for trial in 0..<Trials.count(80) {
            var bytes = good
            if trial % 4 == 0 { bytes = Array(good[..<1024]) + random.bytes(2048) }
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                bytes[at] = UInt8.random(in: 0...255, using: &random)
                // Now and then under a sum that fits, so that the fields are reached.
                let block = at / 512 * 512
                guard Bool.random(using: &random), block >= 1024, block + 512 <= bytes.count else { continue }
                let sum = stride(from: 0, to: 510, by: 2).reduce(UInt16(0)) {
                    $0 &+ (UInt16(bytes[block + $1]) | UInt16(bytes[block + $1 + 1]) << 8)
                }
                bytes[block + 510] = UInt8(truncatingIfNeeded: 0 &- sum)
                bytes[block + 511] = UInt8(truncatingIfNeeded: (0 &- sum) >> 8)
            }
            bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
            let (whole, found) = play(bytes)
            let (pieces, foundAgain) = play(bytes, chunk: 100)
            #expect(found == foundAgain)
            #expect(whole.error == pieces.error)
            #expect(found.samples <= bytes.count / 4)
        }
    }
}
