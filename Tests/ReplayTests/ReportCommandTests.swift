import Glibc
import LumbarTestKit
import Testing

@Suite(
    "lumbarctl report, and summary of weeks",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct ReportCommandTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/history.db" }

    init() throws {
        folder = try TemporaryFolder()
        let made = try Program.run(
            "lumbar-days", ["--history", folder.path + "/history.db", "--days", "2", "--from", "2026-11-02"])
        #expect(made.status == 0, "\(made.errors)")
    }

    private func run(_ arguments: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", arguments + ["--db", path])
    }

    @Test("a week is written as a page and as text, and told on the terminal")
    func week() throws {
        let page = folder.path + "/week.html"
        let both = try run("report", "--week", "--until", "2026-11-08", "--html", page, "--markdown", "-")
        #expect(both.status == 0, "\(both.errors)")
        #expect(both.output.hasPrefix("# Movement and posture, Monday 2 to Sunday 8 November 2026\n"))
        #expect(both.output.contains("| Tue 3 Nov"))
        let html = String(decoding: try Files.read(page), as: UTF8.self)
        #expect(html.hasPrefix("<!DOCTYPE html>\n<html"))
        #expect(html.contains("data-day=\"2026-11-03\""))

        let told = try run("summary", "--week", "2026-11-08")
        #expect(told.output.hasPrefix("Monday 2 to Sunday 8 November 2026.\n"))
        #expect(told.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(told.output)")
        let schema = try JSONSchema(file: "docs/schema/summary.schema.json")
        for arguments in [
            ["--week", "2026-11-08"], ["--month", "2026-11-08"], ["2026-11-03"],
            ["2026-11-03", "--days", "2"],
        ] {
            let json = try Program.run("lumbarctl", ["summary", "--json", "--db", path] + arguments).output
            #expect(!json.isEmpty)
            for line in json.split(separator: "\n") { #expect(schema.complaint(about: String(line)) == nil) }
        }
    }

    private static let mistakes: [(arguments: [String], status: Int32, text: String)] = [
        (["report", "--day", "today", "--week"], 64, "Choose one of"),
        (["report", "--to", "today"], 64, "--to goes with --from"),
        (["report", "--day", "today", "--until", "today"], 64, "--until goes with"),
        (["report", "--day", "someday"], 64, "--day \"someday\" is no day"),
        (["report", "--from", "2026-11-05", "--to", "2026-11-01"], 64, "is after"),
        (["report", "--from", "2020-01-01", "--to", "2026-11-01"], 64, "more than 366 days"),
        (["report", "--html", "-", "--markdown", "-"], 64, "standard output"),
        (["report", "--day", "2020-01-01"], 66, "nothing is stored for Wednesday 1 January 2020"),
        (["report", "--day", "2026-11-03", "--wearer", "nobody"], 64, "nobody called nobody"),
        (["report", "--day", "2026-11-03", "--html", "/nowhere/x.html"], 73, "/nowhere/x.html"),
        (["summary", "--week", "--month"], 64, "Choose one of"),
        (["summary", "today", "--date", "today"], 64, "Say the day once"),
        (["summary", "--week", "someday"], 64, "DAY \"someday\" is no day"),
    ]

    @Test("what cannot be meant is refused")
    func refusals() throws {
        for mistake in Self.mistakes {
            let ended = try Program.run("lumbarctl", mistake.arguments + ["--db", path])
            #expect(ended.status == mistake.status, "\(ended.errors)")
            #expect(ended.errors.contains(mistake.text), "\(ended.errors)")
            #expect(ended.output.isEmpty)
        }
    }

    @Test("a history that is not there is said to be missing")
    func missing() throws {
        let ended = try Program.run("lumbarctl", ["report", "--db", folder.path + "/none.db"])
        #expect(ended.status == 66)
        #expect(
            try run("summary", "--week", "2020-01-05").errors.contains(
                "Nothing is stored for 2019-12-30 to 2020-01-05."))
    }

    @Test("a history is not written over")
    func writing() throws {
        #expect(try Program.run("lumbar-days", ["--history", path]).status == 73)
    }
}
