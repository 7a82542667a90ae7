import LumbarSimulation
import LumbarTestKit
import Testing

@Suite(
    "lumbarctl replay of recorders' files",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct RecorderCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func replay(_ arguments: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", ["replay"] + arguments)
    }

    private func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = folder.path + "/" + name
        try Files.write(bytes: bytes, to: path)
        return path
    }

    /// A minute of a wearer who stands, from 11:00 of 2026-11-21 by the recorder's clock.
    private var cwa: [UInt8] {
        var writer = CWAWriter(.wide)
        var bytes = writer.header
        for block in 0..<75 {
            let samples = [CWAWriter.Sample](repeating: ((0, 0, 1), (0, 0, 0)), count: 80)
            bytes += writer.block(samples, at: 1_795_258_800_000_000_000 + Int64(block) * 800_000_000)
        }
        return bytes
    }

    private var gt3x: [UInt8] {
        var writer = GT3XWriter(.packed, rate: 30)
        for second in 0..<60 {
            writer.append(second: 1_795_258_800 + Int64(second), Array(repeating: (0, 0, 1), count: 30))
        }
        return writer.file(.deflated, infoFirst: false)
    }

    @Test("both kinds are known by their content, and local time is that of --zone")
    func known() throws {
        for path in [try file("a.cwa", cwa), try file("b", gt3x)] {
            let ended = try replay(
                path, "--json", "--mount", "up=+z,forward=+x", "--zone", "America/New_York")
            #expect(ended.status == 0, "\(ended.errors)")
            #expect(ended.errors.isEmpty)
            #expect(ended.output.contains(#""date":"2026-11-21""#))
        }
    }

    @Test("a zone nobody knows, a cut and a damaged file are said")
    func mistakes() throws {
        let path = try file("a.cwa", cwa)
        for zone in ["Mars/Olympus", "../../etc/passwd", ""] {
            let ended = try replay(path, "--zone", zone)
            #expect(ended.status == 64)
            #expect(ended.errors.contains("is no zone"))
        }
        let cut = try replay(try file("cut.cwa", Array(cwa.dropLast(100))))
        #expect(cut.status == 0)
        #expect(cut.errors.contains("the file breaks off; what came before was used"))
        var bytes = cwa
        bytes[1024 + 10 * 512 + 200] ^= 1
        let damaged = try replay(try file("damaged.cwa", bytes))
        #expect(damaged.errors.contains("1 damaged blocks were skipped"))
        let empty = try replay(try file("empty.cwa", Array(cwa.prefix(1024))))
        #expect(empty.status == 65)
        #expect(empty.errors.contains("no block of samples"))
        var other = ZIPWriter()
        other.add("mimetype", Array("text".utf8), .stored)
        let document = try replay(try file("other.zip", other.finished))
        #expect(document.status == 65)
        #expect(document.errors.contains("an archive without log.bin"))
    }
}
