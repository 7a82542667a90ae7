import Glibc
import LumbarCore
import LumbarLinux
import LumbarStore
import LumbarTestKit
import Testing

@Suite(
    "lumbarctl load, beside a history that is being written",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct LoadCommandTests {
    private let folder: TemporaryFolder
    private let store: Store
    private var path: String { folder.path + "/lumbard.db" }

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(writing: folder.path + "/lumbard.db", bootID: "boot-1", host: FolderHost())
        let anchor = WallClockReader.anchor()
        try store.append(anchor: anchor)
        // What is asked for is today: at the beginning of it, so that it holds at any time of the day.
        let midnight = anchor.instant(at: anchor.zone.start(of: anchor.date(at: anchor.instant)))
        var minute = MinuteEpoch(wearer: .sole, start: midnight, length: .seconds(60))
        minute.postureSeconds[Posture.standing.index] = 60
        var table = ExposureTable()
        table.add(60_000, to: ExposureTable.flexionOnFeet, ExposureTable.flexionBin(12))
        minute.exposure = PackedExposure(table)
        try store.append(epochs: [minute])
        let lift = Lift(
            peakDegrees: 50, peakExtensionRateDps: 60, peakRiseVelocity: 0.5, peakJerkGps: 4, riseSeconds: 1,
            turnWhileBentDegrees: 0, peakMomentNm: 90, isUnderStrain: false, strain: [])
        for second in 1...3 {
            let end = midnight + .seconds(Double(second) * 10)
            let episode = Episode(
                .lift(lift), start: end - .seconds(3), end: end, decided: end, confidence: 0.6)
            try store.append(episode: episode, wearer: .sole)
        }
    }

    private func run(_ arguments: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", arguments + ["--db", path])
    }

    @Test("a load is declared, listed, told in the summary, exported and taken back")
    func declaring() throws {
        let declared = try run("load", "12kg", "--reach", "45cm", "--times", "20", "--at", "today")
        #expect(declared.status == 0)
        #expect(declared.errors == "Load 1: 12 kg at 45 cm, 20 times.\n")
        #expect(try run("load", "8", "--reach", "0.3m", "--at", "yesterday").status == 0)

        let list = try run("load", "--list").output.split(separator: "\n")
        #expect(list.count == 2)
        #expect(list.first?.hasSuffix("8 kg at 30 cm") == true)
        let json = try run("load", "--list", "--json").output
        #expect(json.contains(#""load_kg":12.000,"reach_m":0.450,"times":20"#))
        let schema = try JSONSchema(file: "docs/schema/load.schema.json")
        for line in json.split(separator: "\n") { #expect(schema.complaint(about: String(line)) == nil) }

        let summary = try run("summary").output
        #expect(summary.contains("Trunk    1 min"))
        #expect(summary.contains("Declared lifting\n  00:00  12 kg at 45 cm, 20 times: adds 53 N·m"))
        #expect(summary.contains("3 probable lifts seen, at most 0.2 a minute"))
        #expect(summary.contains("no diagnosis"))
        let object = try run("summary", "--json").output
        #expect(object.contains(#""declared_lifts":20,"seen_lifts":3"#))
        #expect(object.contains(#""zones_on_feet_s":[0.0,60.0,0.0,0.0]"#))
        #expect(try run("export").output.contains(#"{"type":"declared_load","id":1,"#))
        #expect(try run("export").output.contains(#""trunk":{"flexion_on_feet_ms":[[12,60000]]}"#))

        #expect(try run("load", "--remove", "1").status == 0)
        #expect(try run("load", "--remove", "1").status == 65)
        #expect(try !run("summary").output.contains("Declared lifting"))
    }

    @Test(
        "what is no load is named, and nothing is stored",
        arguments: [
            ["load"], ["load", "12kg"], ["load", "12 stone", "--reach", "45cm"],
            ["load", "300kg", "--reach", "45cm"],
            ["load", "12kg", "--reach", "5cm"], ["load", "12kg", "--reach", "45cm", "--times", "0"],
            ["load", "12kg", "--reach", "45cm", "--at", "noonish"], ["load", "12kg", "--list"],
        ])
    func mistakes(arguments: [String]) throws {
        let ended = try Program.run("lumbarctl", arguments + ["--db", path])
        #expect(ended.status == 64, "\(ended.errors)")
        #expect(try run("load", "--list").output.isEmpty)
    }

    @Test("a wrong path makes no file")
    func wrongPath() throws {
        let ended = try Program.run(
            "lumbarctl", ["load", "12kg", "--reach", "45cm", "--db", folder.path + "/other.db"])
        #expect(ended.status == 66)
        #expect(access(folder.path + "/other.db.entries", F_OK) != 0)
    }

    @Test("what is forgotten is forgotten here too")
    func forgetting() throws {
        #expect(try run("load", "12kg", "--reach", "45cm", "--at", "2026-01-01").status == 0)
        #expect(try run("load", "9kg", "--reach", "45cm").status == 0)
        let ended = try run("forget", "--before", "today", "--yes")
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(try run("load", "--list").output.split(separator: "\n").count == 1)
    }
}
