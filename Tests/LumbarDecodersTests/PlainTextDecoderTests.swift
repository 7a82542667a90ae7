import LumbarCore
import LumbarDecoders
import LumbarTestKit
import Testing

@Suite struct PlainTextDecoderTests {
    private static let header = "t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n"

    private func decode(_ text: String) -> (readings: [Reading], decoder: PlainTextDecoder) {
        var decoder = PlainTextDecoder()
        return (decoder.readings(of: Array(text.utf8)), decoder)
    }

    @Test func readsALine() throws {
        let (readings, decoder) = decode(Self.header + "12.340,0.5,-0.25,1,90,0,-180\n")
        let reading = try #require(readings.first)
        #expect(reading.acceleration == Vector3(0.5, -0.25, 1))
        #expect(reading.angularRate == Vector3(90 * radiansPerDegree, 0, -180 * radiansPerDegree))
        #expect(reading.deviceNanoseconds == 12_340_000_000)
        #expect(reading.hasAngularRate)
        #expect(
            decoder.outcomes
                == {
                    var o = DecodeOutcomes(); o.readings = 1; return o
                }())
    }

    @Test func unitsOrderAndIgnoredColumnsAreTheHeaders() throws {
        let (readings, decoder) = decode(
            "note,az_mps2,t_us,ay_mg,ax_g,gz_radps,gy_radps,gx_dps\nx y,9.80665,1500.5,-500,2,3,2,180\n")
        let reading = try #require(readings.first)
        #expect(reading.acceleration == Vector3(2, -0.5, 1))
        #expect(reading.angularRate == Vector3(180 * radiansPerDegree, 2, 3))
        #expect(reading.deviceNanoseconds == 1_500_500)
        #expect(decoder.header?.ignoredColumns == ["note"])
    }

    @Test func blanksLineEndsCommentsAndTrailingCommasAreTolerated() {
        let (readings, decoder) = decode(
            "# a log\r\n \t\r\n\r\nt_ms , ax_g,ay_g,\taz_g\r\n  1 ,\t0,0 , 1 \r\n# note\n2,0,0,1,\n")
        #expect(readings.map(\.deviceNanoseconds) == [1_000_000, 2_000_000])
        #expect(readings.allSatisfy { !$0.hasAngularRate })
        #expect(decoder.outcomes.rejects == 0)
    }

    @Test func emptyGyroscopeCellsGiveAReadingWithoutRate() {
        let (readings, _) = decode(Self.header + "1,0,0,1,,,\n2,0,0,1,1,,3\n3,0,0,1,1,2,3\n")
        #expect(readings.map(\.hasAngularRate) == [false, false, true])
        #expect(readings[1].angularRate == .zero)
    }

    @Test(arguments: [
        "1,0,0", "1,0,0,1,0,0", "1,0,0,1,0,0,0,0", "1,0,0,1,0,0,01,0,0,1,0,0,0", "5", "1,0,0,1,0,0,0, x",
    ])
    func wrongNumberOfCells(line: String) {
        let (readings, decoder) = decode(Self.header + line + "\n")
        #expect(readings.isEmpty)
        #expect(decoder.outcomes.badLength == 1)
        #expect(decoder.outcomes.rejects == 1)
    }

    @Test(arguments: [
        "nan,0,0,1,0,0,0", "1,nan,0,1,0,0,0", "1,inf,0,1,0,0,0", "1,0,,1,0,0,0", ",0,0,1,0,0,0",
        "1,0,0,1,0,0,x",
        "1,0,0,1 1,0,0,0", "1,0,0,1e999,0,0,0", "1,0,0,257,0,0,0", "1,0,0,1,0,6000,0", "1,0,0,0,1,2,3",
        "9223372037,0,0,1,0,0,0", "1,0,0,0x1,0,0,0", "FIFO overflow!,0,0,1,1,1,1",
    ])
    func linesThatCannotBeTrue(line: String) {
        let (readings, decoder) = decode(Self.header + line + "\n")
        #expect(readings.isEmpty)
        #expect(decoder.outcomes.insane == 1)
        #expect(decoder.outcomes.rejects == 1)
    }

    @Test func chatterBeforeTheHeaderIsSkippedAndAFaultyHeaderIsExplained() {
        let chatter = "Initializing...\n1,2,3,4\n\u{0}\u{1}\n"
        var (readings, decoder) = decode(chatter)
        #expect(readings.isEmpty)
        #expect(decoder.outcomes.skippedBytes == chatter.utf8.count)
        #expect(decoder.headerError == nil)
        readings = decoder.readings(of: Array("t_s,ax,ay,az\n1,0,0,1\n".utf8))
        #expect(readings.isEmpty)
        #expect(decoder.headerError?.description == "column ax has no unit: write ax_g, ax_mg or ax_mps2")
        readings = decoder.readings(of: Array("t_s,ax_g,ay_g,az_g\n1,0,0,1\n".utf8))
        #expect(readings.count == 1)
        #expect(decoder.headerError == nil)
    }

    @Test func aLaterHeaderReplacesTheFirst() {
        let (readings, _) = decode("t_s,ax_g,ay_g,az_g\n1,0,0,1\nt_ms,ax_mg,ay_mg,az_mg\n2,0,0,1000\n")
        #expect(readings.map(\.deviceNanoseconds) == [1_000_000_000, 2_000_000])
        #expect(readings.map(\.acceleration) == [Vector3(0, 0, 1), Vector3(0, 0, 1)])
    }

    @Test func declaredHeaderPassesOverTheFirstLine() throws {
        var decoder = PlainTextDecoder(header: try TextHeader("t_s,ax_g,ay_g,az_g"))
        // The rest of "12.5,0,0,1": half a line that looks whole.
        let readings = decoder.readings(of: Array("5,0,0,1\n13.5,0,0,1\n14.5,0,0,1\n".utf8))
        #expect(readings.map(\.deviceNanoseconds) == [13_500_000_000, 14_500_000_000])
        #expect(decoder.outcomes.skippedBytes == 8)
        #expect(decoder.isLocked)
    }

    @Test func interruptKeepsTheHeaderAndDistrustsTheNextLineUnlessItIsAHeader() {
        var (readings, decoder) = decode(Self.header + "1,0,0,1,0,0,0\n2,0,0,1,0,0,0\n3,0,0")
        #expect(decoder.isLocked)
        decoder.interrupt()
        #expect(!decoder.isLocked)
        readings = decoder.readings(of: Array("4,0,0,1,0,0,0\n5,0,0,1,0,0,0\n".utf8))
        #expect(readings.map(\.deviceNanoseconds) == [5_000_000_000])
        decoder.interrupt()
        readings = decoder.readings(of: Array("t_ms,ax_g,ay_g,az_g\n6,0,0,1\n".utf8))
        #expect(readings.map(\.deviceNanoseconds) == [6_000_000])
    }

    @Test func overlongLinesAreRefusedAndTheNextLineIsRead() {
        let head = "t_s,ax_g,ay_g,az_g,note\n"
        let fits = "1,0,0,1," + String(repeating: "n", count: 504) + "\n"
        let tooLong = "1,0,0,1," + String(repeating: "n", count: 505) + "\n"
        var (readings, decoder) = decode(head + fits + tooLong + fits)
        #expect(readings.count == 2)
        #expect(decoder.outcomes.badLength == 1)
        #expect(decoder.outcomes.skippedBytes == 514)
        readings = decoder.readings(
            of: [UInt8](repeating: 0x31, count: 100_000) + Array(("\n" + fits).utf8))
        #expect(readings.count == 1)
        #expect(decoder.outcomes.badLength == 2)
    }

    @Test func locksOnTwoGoodLinesAndUnlocksOnEightBadOnes() {
        let good = "1,0,0,1,0,0,0\n"
        var decoder = decode(Self.header + good + "x\n" + good).decoder
        #expect(!decoder.isLocked)
        _ = decoder.readings(of: Array((good + String(repeating: "x\n", count: 7)).utf8))
        #expect(decoder.isLocked)
        _ = decoder.readings(of: Array("x\n".utf8))
        #expect(!decoder.isLocked)
    }

    @Test func lastLineWithoutItsEndIsNotGuessed() {
        #expect(decode(Self.header + "1,0,0,1,0,0,0\n2,0,0,1,0,0,0").readings.count == 1)
    }

    @Test(arguments: [1, 7, 64, 700, 4096])
    func chunksGiveExactlyWhatBytesGive(longest: Int) {
        var random = SplitMix64(seed: UInt64(longest))
        for rarity in [30, 300, 100_000] {
            let text = PlainTextStream.text(lines: 300, using: &random)
            let stream = corrupted(Array(text.utf8), onceIn: rarity, using: &random)
                .readInBursts(&random, longest: 300)
            var byByte = PlainTextDecoder()
            var byChunk = PlainTextDecoder()
            let expected = byByte.readings(of: stream)
            #expect(byChunk.readings(of: stream, cutBy: &random, longest: longest) == expected)
            #expect(byChunk.outcomes == byByte.outcomes)
            #expect(byChunk.header == byByte.header)
            #expect(byChunk.isLocked == byByte.isLocked)
        }
    }

    @Test func garbageGivesNothing() {
        var random = SplitMix64(seed: 7)
        var decoder = PlainTextDecoder()
        var readings = 0
        for _ in 0..<Trials.count(16) { readings += decoder.readings(of: random.bytes(65_536)).count }
        #expect(readings == 0)
        #expect(!decoder.isLocked)
    }
}

/// Text streams as a sketch prints them.
enum PlainTextStream {
    static func text(lines: Int, using random: inout SplitMix64) -> String {
        var text = "boot v1\nt_ms,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n"
        for line in 0..<lines {
            let cells = (0..<6).map { _ in
                let thousandths = Int.random(in: -2000...2000, using: &random)
                return (thousandths < 0 ? "-" : "") + String(abs(thousandths) / 1000) + "."
                    + String(String(1000 + abs(thousandths) % 1000).dropFirst())
            }
            text += String(line * 10) + "," + cells.joined(separator: ",") + "\n"
        }
        return text
    }
}
