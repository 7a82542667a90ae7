import LumbarCore
import LumbarTestKit
import Testing

@Suite(
    "lumbarctl replay and simulate, as a person or a script runs them",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct ReplayCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func replay(_ arguments: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", ["replay"] + arguments)
    }

    private func csv(
        seconds: Int, from start: Double = 0, columns: String = "t_s,ax_g,ay_g,az_g", row: String = "0,0,1"
    ) -> String {
        var text = columns + "\n"
        for i in 0..<(seconds * 50) {
            let time: Double = start + Double(i) / 50
            text += DecimalText.fixed(time, 2) + "," + row + "\n"
        }
        return text
    }

    @Test(
        "what cannot be replayed is named, with a status of sysexits.h",
        arguments: [
            ("t,ax,ay,az\n0,0,0,1\n", 65, ":1: column t has no unit: write t_s"),
            ("t_s,ax_g,ay_g\n0,0,0\n", 65, ":1: column az is missing"),
            ("# a note\nt_s,ax_q,ay_g,az_g\n0,0,0,1\n", 65, ":2: column ax_q has an unknown unit"),
            (
                "0,0,0,1\n0.1,0,0,1\n", 65,
                ":1: no header line names the columns: begin with one like t_s,ax_g"
            ),
            ("", 65, ": the file is empty"),
            ("t_s,ax_g,ay_g,az_g\nx,0,0,1\n", 65, ":2: no line has a readable time"),
            ("\u{0}\u{1}\u{2}\n", 65, "neither a recording nor a CSV"),
            ("lumbar-recording 1\nsimulated: yes\ncolour: red\n", 65, ":3: \"colour\" is no description"),
        ])
    func dataErrors(text: String, status: Int32, message: String) throws {
        let ended = try replay(try folder.file("input", text))
        #expect(ended.status == status)
        #expect(ended.errors.contains("input" + message) || ended.errors.contains(message), "\(ended.errors)")
        #expect(ended.errors.hasPrefix("lumbarctl: "))
    }

    @Test("a missing file is 66, a folder too, wrong usage 64, a wrong setting 78")
    func otherErrors() throws {
        let missing = try replay(folder.path + "/nothing")
        #expect(missing.status == 66)
        #expect(missing.errors.contains("No such file"))
        #expect(try replay(folder.path).status == 66)
        let good = try folder.file("good.csv", csv(seconds: 1))
        #expect(try replay().status == 64)
        #expect(try replay("--mount", "up=q", good).status == 64)
        #expect(try replay("--protocol", "morse", "--rate", "5", good).status == 64)
        #expect(try replay("--attitude", good).status == 64)
        let settings = try folder.file("bad.conf", "[signal]\nno_such_setting=1\n")
        let wrong = try replay("--config", settings, good)
        #expect(wrong.status == 78)
        #expect(wrong.errors.contains("bad.conf:2"))
    }

    @Test("a recording that breaks off is replayed as far as it goes, and warned about")
    func truncated() throws {
        let whole = try Program.run(
            "lumbarctl", ["simulate", "--scenario", "stand 5 s", "--rate", "20", "--protocol", "text"])
        #expect(whole.status == 0)
        let cut = try folder.file("cut.rec", String(whole.output.dropLast(whole.output.count / 3)))
        let ended = try replay("--transcript", cut)
        #expect(ended.status == 0)
        #expect(ended.errors.contains("warning: ") && ended.errors.contains("breaks off"))
        #expect(ended.output.contains(" summary "))
    }

    @Test("JSON times are those of the file, postures cover it, and unknown columns are named")
    func json() throws {
        let path = try folder.file(
            "late.csv", csv(seconds: 20, from: 5, columns: "t_s,ax_g,ay_g,az_g,mood", row: "0,0,1,good"))
        let ended = try replay("--json", "--mount", "up=+z,forward=+x", path)
        #expect(ended.status == 0)
        #expect(ended.errors.contains("columns ignored: mood"))
        let lines = ended.output.split(separator: "\n")
        #expect(lines.allSatisfy { $0.hasPrefix("{\"type\":") && $0.hasSuffix("}") })
        let postures = lines.filter { $0.hasPrefix("{\"type\":\"posture\"") }
        #expect(postures.first?.contains("\"start_s\":5.0") == true, "\(ended.output)")
        #expect(postures.last?.contains("\"end_s\":24.9") == true, "\(ended.output)")
        #expect(lines.last?.hasPrefix("{\"type\":\"summary\"") == true)
    }

    @Test("an attitude for every sample, at the sample's own time")
    func attitude() throws {
        let path = try folder.file("still.csv", csv(seconds: 10))
        let ended = try replay("--json", "--attitude", "--mount", "up=+z", path)
        let lines = ended.output.split(separator: "\n").filter { $0.hasPrefix("{\"type\":\"attitude\"") }
        #expect(lines.count > 450)
        #expect(
            lines.contains {
                $0.hasPrefix("{\"type\":\"attitude\",\"t_s\":5.0200,\"up\":[0.000000,0.000000,1.000000]")
            })
    }

    @Test("compressed files are read through")
    func compressed() throws {
        let path = try folder.file("plain.csv", csv(seconds: 4))
        let plain = try replay("--transcript", path)
        let made = try Program.run(systemProgram: "gzip", ["-k", path])
        #expect(made.status == 0)
        let compressed = try replay("--transcript", path + ".gz")
        #expect(compressed.status == 0)
        #expect(compressed.output.replacing("plain.csv.gz", with: "plain.csv") == plain.output)
        let bytes = try Files.read(path + ".gz")
        try Files.write(bytes: Array(bytes.dropLast(20)), to: path + ".gz")
        let damaged = try replay("--transcript", path + ".gz")
        #expect(damaged.status == 65)
        #expect(damaged.errors.contains("damaged"))
    }

    @Test("the same scenario and seed give the same bytes, another seed others")
    func simulation() throws {
        let arguments = [
            "simulate", "--scenario", "stand 3 s, walk 3 s", "--rate", "20", "--protocol", "text",
        ]
        let first = try Program.run("lumbarctl", arguments)
        #expect(try Program.run("lumbarctl", arguments).output == first.output)
        #expect(try Program.run("lumbarctl", arguments + ["--seed", "2"]).output != first.output)
        #expect(first.output.hasPrefix("lumbar-recording 1\nsimulated: yes\n"))
    }

    @Test("every named scenario can be acted out")
    func namedScenarios() throws {
        let help = try Program.run("lumbarctl", ["help", "simulate"]).output
        let list = help.split(separator: "Scenarios: ").last?.prefix { $0 != "." } ?? ""
        let names = list.split { $0 == "," || $0.isWhitespace }.map(String.init)
        #expect(names.contains("office-day"))
        for name in names {
            let truth = try Program.run(
                "lumbarctl", ["simulate", "--scenario", name, "--rate", "10", "--format", "truth"])
            #expect(truth.status == 0, "\(name): \(truth.errors)")
            #expect(truth.output.contains("\"posture\""))
        }
    }

    @Test("a CSV, raw bytes and a recording of one simulation lead to the same number of samples")
    func forms() throws {
        let scenario = ["simulate", "--scenario", "stand 10 s", "--rate", "50", "--perfect"]
        for end in ["csv", "rec", "bin"] {
            let made = try Program.run("lumbarctl", scenario + ["-o", folder.path + "/a." + end])
            #expect(made.status == 0)
        }
        let raw = try replay(
            "--protocol", "witmotion", "--rate", "50", "--transcript", folder.path + "/a.bin")
        let recorded = try replay("--transcript", folder.path + "/a.rec")
        #expect(raw.output.contains("locked protocol=witmotion"))
        #expect(recorded.output.contains("locked protocol=witmotion"))
        #expect(try replay("--transcript", folder.path + "/a.csv").output.contains("locked protocol=text"))
    }
}
