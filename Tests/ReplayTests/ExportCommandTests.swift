import Glibc
import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarStore
import LumbarTestKit
import Testing

@Suite("lumbarctl export", .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct ExportCommandTests {
    private let history: StoredHistory
    private var folder: String { history.folder.path }

    init() throws { history = try StoredHistory() }

    private func run(_ arguments: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", ["export", "--db", history.path] + arguments)
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try Files.read(folder + "/" + name), as: UTF8.self)
    }

    /// What is in the folder, hidden files too.
    private func everything() throws -> String {
        try Program.run(systemProgram: "/bin/ls", ["-A", folder]).output
    }

    // MARK: NDJSON

    @Test("every line fits the schema, and the format's name changes nothing")
    func ndjson() throws {
        let schema = try JSONSchema(file: "docs/schema/export.schema.json")
        let ended = try run()
        #expect(ended.status == 0, "\(ended.errors)")
        let lines = ended.output.split(separator: "\n").map(String.init)
        #expect(lines.count == history.rows)
        for line in lines { #expect(schema.complaint(about: line) == nil) }
        #expect(try run("--format", "ndjson").output == ended.output)
    }

    @Test("--since and --until leave out what is not between them, in every format")
    func spans() throws {
        let lines = try run("--since", "today 00:00", "--until", "today 00:02").output.split(separator: "\n")
        let kinds = lines.compactMap { try? JSONReader.read(String($0), limits: .reply)["type"]?.text }
        #expect(kinds.filter { $0 == "epoch" }.count == 2)
        #expect(!kinds.contains("alert"))
        let csv = try run(
            "--format", "csv", "--table", "minutes", "--since", "today 00:00", "--until", "today 00:02")
        #expect(csv.output.split(separator: "\n").count == 3)
        #expect(
            try run("--format", "csv", "--table", "minutes", "--until", "today").output.split(separator: "\n")
                .count == 1)
    }

    // MARK: CSV

    @Test("csv is a folder of tables that agree with the summary")
    func csv() throws {
        let ended = try run("--format", "csv", "--output", folder + "/tables")
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(ended.output.isEmpty)
        let days = try text("tables/days.csv").split(separator: "\n")
        #expect(days.count == 2)
        let summary = try Program.run("lumbarctl", ["summary", "--json", "--db", history.path]).output
        let day = try JSONReader.read(
            summary.split(separator: "\n").first.map(String.init) ?? "", limits: .reply)
        let columns = days[0].split(separator: ",").map(String.init)
        let cells = days[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        for name in ["sitting_s", "standing_s", "bends", "steps", "alerts", "worn_s"] {
            let index = try #require(columns.firstIndex(of: name))
            #expect(Double(cells[index]) == day[name]?.double, "\(name)")
        }
        #expect(try text("tables/alerts.csv").contains("\"'=HYPERLINK(\"\"http://x\"\")\""))
        let standard = try run("--format", "csv", "--table", "minutes")
        #expect(try text("tables/minutes.csv") == standard.output)
    }

    @Test(
        "python reads the tables as they were meant",
        .enabled(if: access("/usr/bin/python3", X_OK) == 0, "python3 is not installed"))
    func python() throws {
        #expect(try run("--format", "csv", "--output", folder + "/t").status == 0)
        let script = """
            import csv, sys
            from datetime import datetime
            n = 0
            for name, moment in [("minutes", "start"), ("episodes", "start"), ("postures", "start"), ("alerts", None)]:
                with open(sys.argv[1] + "/" + name + ".csv", newline="", encoding="utf-8") as f:
                    for row in csv.DictReader(f, strict=True):
                        assert None not in row and None not in row.values(), row
                        prefix = moment + "_" if moment else ""
                        t = datetime.fromisoformat(row[prefix + "time"])
                        assert abs(t.timestamp() - float(row[prefix + "epoch_s"])) < 1e-6, row
                        n += 1
            print(n)
            """
        let ended = try Program.run(systemProgram: "/usr/bin/python3", ["-c", script, folder + "/t"])
        #expect(ended.status == 0, "\(ended.errors)")
        // The anchor and the load are no rows of these.
        #expect(ended.output == "\(history.rows - 2)\n")
    }

    // MARK: The others

    @Test("every data point is what IEEE 1752.1 asks for")
    func ieee1752() throws {
        let ended = try run("--format", "ieee1752")
        #expect(ended.status == 0)
        let lines = ended.output.split(separator: "\n").map(String.init)
        // Today is not over: its walking is no data point yet.
        #expect(lines.count == 1)
        var names: Set<String> = []
        for line in lines {
            let point = try JSONReader.read(line, limits: .reply)
            #expect(IEEE1752Check.complaint(point) == nil, "\(line)")
            names.insert(point["header"]?["uuid"]?.text ?? "")
        }
        #expect(names.count == 1)
        #expect(ended.errors.contains("1 of unknown posture"))
        #expect(try run("--format", "ieee1752").output == ended.output)
    }

    @Test("the bundle has the structure of FHIR R4")
    func fhir() throws {
        let ended = try run("--format", "fhir", "--output", folder + "/bundle.json")
        #expect(ended.status == 0, "\(ended.errors)")
        let bundle = try JSONReader.read(try text("bundle.json"), limits: .reply)
        #expect(FHIRCheck.complaint(bundle) == nil)
        let observations =
            bundle["entry"]?.elements.compactMap { $0["resource"] }
            .filter { $0["resourceType"]?.text == "Observation" } ?? []
        // The day is not over: no steps of 24 hours, and nothing is final.
        #expect(observations.count == 13)
        #expect(observations.allSatisfy { $0["status"]?.text == "preliminary" })
        #expect(!(try text("bundle.json")).contains(":\"me\""))
    }

    @Test("prometheus is totals and today, in a file that is replaced whole")
    func prometheus() throws {
        let ended = try run("--format", "prometheus", "--output", folder + "/lumbard.prom")
        #expect(ended.status == 0, "\(ended.errors)")
        let made = try text("lumbard.prom")
        #expect(made.hasSuffix("\n"))
        #expect(made.contains("\nlumbard_alerts_total{rule=\"sitting\"} 1\n"))
        #expect(made.contains("\nlumbard_today_bends 4\n"))
        #expect(!made.contains("wearer="))
        #expect(try !everything().contains(".tmp"))
    }

    @Test(
        "promtool takes it", .enabled(if: access("/usr/bin/promtool", X_OK) == 0, "promtool is not installed")
    )
    func promtool() throws {
        #expect(try run("--format", "prometheus", "--output", folder + "/lumbard.prom").status == 0)
        let ended = try Program.run(
            systemProgram: "/bin/sh", ["-c", "/usr/bin/promtool check metrics <'\(folder)/lumbard.prom'"])
        #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
    }

    // MARK: Mistakes

    @Test(
        "what cannot be meant is named",
        arguments: [
            (["--format", "xml"], "xml"), (["--format", "csv"], "name a folder"),
            (["--table", "days"], "--table is of --format csv"),
            (["--format", "prometheus", "--since", "today"], "no --since"),
            (["--since", "noonish"], "is no time"),
            (["--since", "today", "--until", "yesterday"], "not after --since"),
            (["--wearer", "nobody"], "nobody called nobody"),
            (["--format", "csv", "--table", "weeks"], "weeks"),
        ])
    func mistakes(arguments: [String], words: String) throws {
        let ended = try Program.run("lumbarctl", ["export", "--db", history.path] + arguments)
        #expect(ended.status == 64, "\(ended.errors)")
        #expect(ended.errors.contains(words), "\(ended.errors)")
        #expect(ended.output.isEmpty)
    }

    @Test(
        "what is written is its owner's alone, and the person's who typed sudo; a collector may read its own")
    func modes() throws {
        #expect(try run("--format", "csv", "--output", folder + "/tables").status == 0)
        #expect(try run("--format", "fhir", "--output", folder + "/bundle.json").status == 0)
        #expect(try run("--format", "prometheus", "--output", folder + "/lumbard.prom").status == 0)
        let wanted: [(String, mode_t)] = [
            ("tables", 0o700), ("tables/days.csv", 0o600), ("bundle.json", 0o600), ("lumbard.prom", 0o644),
        ]
        for (name, mode) in wanted {
            var status = stat()
            #expect(stat(folder + "/" + name, &status) == 0 && status.st_mode & 0o777 == mode, "\(name)")
        }
        guard geteuid() == 0 else { return }
        let words = [
            BuiltProgram.path("lumbarctl"), "export", "--db", history.path, "--output", folder + "/mine",
        ]
        let ended = try Program.run(
            systemProgram: "/usr/bin/env", ["SUDO_UID=65534", "SUDO_GID=65534"] + words)
        var status = stat()
        #expect(ended.status == 0 && stat(folder + "/mine", &status) == 0)
        #expect(status.st_uid == 65534 && status.st_gid == 65534 && status.st_mode & 0o777 == 0o600)
    }

    @Test("an output that cannot be made is said, with its status, and nothing is left behind")
    func refusals() throws {
        let folderForFile = try run("--output", folder)
        #expect(folderForFile.status == 73)
        #expect(folderForFile.errors.contains("this is a folder"))
        let missing = try run("--output", folder + "/none/x.json")
        #expect(missing.status == 73)
        #expect(missing.errors.contains("cannot write it"))
        let fileForFolder = try run("--format", "csv", "--output", history.path)
        #expect(fileForFolder.status == 73)
        #expect(fileForFolder.errors.contains("cannot write it"))
        let ended = try Program.run("lumbarctl", ["export", "--db", folder + "/other.db"])
        #expect(ended.status == 66)
        #expect(try !everything().contains(".tmp"))
    }
}
