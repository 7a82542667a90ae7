import LumbarCore
import LumbarSimulation
import LumbarTestKit
import Testing

@testable import LumbarRecording

@Suite("Recordings of ActiGraph GT3X+ and later")
struct GT3XTests {
    private let start = RecorderPlaying.start / 1_000_000_000

    private func second(_ index: Int, _ rate: Int = 30) -> [(Double, Double, Double)] {
        (0..<rate).map { (0.125 + Double(index) / 64, -0.5 + Double($0) / 128, 0.75) }
    }

    private func writer(_ form: GT3XWriter.Form, seconds: Int, rate: Int = 30) -> GT3XWriter {
        var writer = GT3XWriter(form, rate: rate)
        for index in 0..<seconds { writer.append(second: start + Int64(index), second(index, rate)) }
        return writer
    }

    private func play(_ bytes: [UInt8], chunk: Int = 1 << 18) -> (RecorderPlaying.Played, RecorderFindings) {
        var source = GT3XSource(device: RecorderPlaying.device, place: RecorderPlaying.place)
        let played = RecorderPlaying.play(&source, bytes, chunk: chunk)
        return (played, source.findings)
    }

    @Test(
        "every sample arrives with its value and its time", arguments: GT3XWriter.Form.allCases,
        ZIPWriter.Packing.allCases)
    func values(form: GT3XWriter.Form, packing: ZIPWriter.Packing) {
        let writer = writer(form, seconds: 4)
        let bytes = writer.file(packing)
        #expect(bytes.withUnsafeBytes { GT3XSource.recognizes($0) })
        let (played, findings) = play(bytes)
        #expect(played.error == nil)
        #expect(
            findings
                == {
                    var f = RecorderFindings(); f.samples = 120; return f
                }())
        for (index, chunk) in played.chunks.dropFirst().enumerated() {
            let fields = chunk.text.dropLast().split(separator: ",").compactMap { Double($0) }
            let sample = second(index / 30)[index % 30]
            #expect((fields[0] - Double(index) / 30).magnitude < 1e-6)
            #expect((fields[1] - writer.stored(sample.0)).magnitude < 1e-6, "\(chunk.text)")
            #expect((fields[2] - writer.stored(sample.1)).magnitude < 1e-6)
            #expect((fields[3] - writer.stored(sample.2)).magnitude < 1e-6)
        }
        #expect(played.anchor?.wall == WallTime(unixSeconds: 1_795_255_200))
    }

    @Test("twelve bits are unpacked as ActiGraph's own example says")
    func example() {
        var log = GT3XLog()
        var writer = GT3XWriter(.packed, rate: 3, hasParameters: false)
        writer.append(
            type: 0, time: 0,
            [0x00, 0x60, 0x08, 0xEB, 0xD0, 0x07, 0x00, 0x9E, 0xBF, 0x00, 0x70, 0x08, 0xEB, 0xF0])
        var counts: [Int16] = []
        writer.log.withUnsafeBytes { raw in
            log.push(raw) { if case .second(let second) = $0 { counts = second.counts } }
        }
        #expect(counts == [8, 6, -323, 9, 7, -321, 8, 7, -321])
    }

    @Test("numbers of 24 bits and an exponent are read as in ActiGraph's examples")
    func floats() {
        #expect(GT3XLog.float(0x0940_0000) == 256)
        #expect(GT3XLog.float(0x0C40_0000) == 2048)
        #expect((GT3XLog.float(0x0541_8937) ?? 0).rounded() == 16)
        #expect(GT3XLog.float(0) == 0)
        #expect(GT3XLog.float(0x007F_FFFF) == nil)
    }

    @Test("counts per g come from the log, else from info.txt, else from the kind of recorder")
    func scales() {
        func firstX(_ info: String, parameters: Bool) -> Double {
            var writer = GT3XWriter(.wide, rate: 1, hasParameters: parameters)
            writer.append(second: start, [(1, 0, 0)])
            var archive = ZIPWriter()
            archive.add("info.txt", Array(info.utf8), .stored)
            archive.add("log.bin", writer.log, .stored)
            let line = play(archive.finished).0.chunks.last?.text ?? ""
            return line.split(separator: ",").dropFirst().first.flatMap { Double($0) } ?? .nan
        }
        #expect(firstX("Acceleration Scale: 128.0\n", parameters: true) == 1)
        #expect(firstX("Acceleration Scale: 128.0\n", parameters: false) == 2)
        #expect(firstX("Serial Number: CLE2B\n", parameters: false) == 0.750733)
        #expect(firstX("", parameters: false) == 1)
    }

    @Test("info.txt may come after the log: it is looked for before")
    func infoLast() {
        let bytes = writer(.packed, seconds: 2).file(.deflated, infoFirst: false)
        var reader = GT3XInfoReader()
        _ = bytes.withUnsafeBytes { reader.push($0) }
        #expect(reader.info?.rateHz == 30)
        #expect(reader.info?.serial == "CLE2B21130054")
        #expect(play(bytes).1.samples == 60)
    }

    @Test("seconds asleep, damaged records and other records are what they are")
    func gaps() {
        var writer = GT3XWriter(.wide, rate: 30)
        for index in [0, 1, 2, 12, 13] {
            writer.append(type: 0x02, time: start, [0x10, 0x10])
            writer.append(second: start + Int64(index), second(index))
        }
        writer.append(type: 0x1A, time: start + 14, [0])
        var log = writer.log
        log += [0, 0, 0]
        let damaged = log.count
        var more = GT3XWriter(.wide, rate: 30, hasParameters: false)
        more.append(second: start + 14, second(14))
        log += more.log
        log[damaged + 60] ^= 0x10
        var last = GT3XWriter(.wide, rate: 30, hasParameters: false)
        last.append(second: start + 15, second(15))
        log += last.log
        var archive = ZIPWriter()
        archive.add("info.txt", writer.info, .stored)
        archive.add("log.bin", log, .deflated)
        let (played, findings) = play(archive.finished)
        #expect(played.error == nil)
        #expect(findings.samples == 6 * 30)
        #expect(findings.gaps == 2)
        #expect((Double(findings.gapNanoseconds) / 1e9).rounded() == 10)
        #expect(findings.damaged == 1)
    }

    @Test("what is no such file is an error that says so")
    func errors() {
        var archive = ZIPWriter()
        archive.add("word/document.xml", Array("<x/>".utf8), .deflated)
        #expect(play(archive.finished).0.error?.reason == "an archive without log.bin")
        archive.add("activity.bin", [1, 2, 3], .stored)
        #expect(play(archive.finished).0.error?.reason.contains("firmware 2.5") == true)
        var empty = ZIPWriter()
        empty.add("log.bin", [], .stored)
        #expect(play(empty.finished).0.error?.reason == "no second of samples in log.bin")
        var odd = writer(.wide, seconds: 1).file()
        odd[8] = 12
        #expect(play(odd).0.error?.reason == "the archive is encrypted, or packed in another way")
        let cut = play(Array(writer(.wide, seconds: 9).file().prefix(1200)))
        #expect(cut.0.error == nil)
        #expect(cut.1.breaksOff)
        #expect(cut.1.samples > 0)
    }

    @Test("no bytes at all make it trap, however they are cut")
    func hostile() {
        var random = SplitMix64(seed: 6)
        for trial in 0..<Trials.count(80) {
            let packing = ZIPWriter.Packing.allCases[trial % 4]
            var bytes = writer(trial % 8 < 4 ? .wide : .packed, seconds: 3, rate: 30).file(packing)
            if trial % 10 == 0 { bytes = [0x50, 0x4B, 3, 4] + random.bytes(500) }
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
            let (whole, found) = play(bytes)
            let (pieces, foundAgain) = play(bytes, chunk: 11)
            #expect(found == foundAgain)
            #expect((whole.error == nil) == (pieces.error == nil))
            #expect(whole.lines == pieces.lines)
        }
    }
}
