import Glibc
import LumbarTestKit
import Testing

/// What commands say to what they cannot do, and with which status they end: the refusals that no other test asks for.
@Suite("Refusals", .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct RefusalTests {
    /// A call, the status it ends with (as in sysexits.h) and a part of what it says.
    struct Refusal: CustomTestStringConvertible, Sendable {
        let call: [String]
        let status: Int32
        let words: String
        var testDescription: String { call.joined(separator: " ") }

        init(_ call: String, _ status: Int32, _ words: String) {
            self.call = call.split(separator: "|").map(String.init)
            self.status = status
            self.words = words
        }
    }

    static let badOptions: [Refusal] = [
        Refusal("forget", 64, "Say what: --before DAY, or --between FROM TO."),
        Refusal("forget|--between|yesterday", 64, "--between wants two times"),
        Refusal("forget|--before|someday", 64, "--before \"someday\" is no day"),
        Refusal("load|nonsense|--reach|45cm", 64, "\"nonsense\" is no load; write 12kg"),
        Refusal("load|900kg|--reach|45cm", 64, "between 0.1 and 200 kg"),
        Refusal("report|--from|2026-02-03|--to|2026-02-01", 64, "is after --to 2026-02-01"),
        Refusal("report|--from|2020-01-01|--to|2026-01-01", 64, "is more than 366 days"),
        Refusal("report|--html|-|--markdown|-", 64, "Only one of --html and --markdown"),
        Refusal("simulate|--speed|2", 64, "--speed needs --pty."),
        Refusal("simulate|--configurable", 64, "--configurable needs --pty."),
        Refusal("simulate|--baud|9600", 64, "--baud and --ignores need --configurable."),
        Refusal("simulate|--mount|up=+z", 64, "--mount needs both axes here"),
        Refusal("simulate|--pty|--output|x.rec", 64, "--pty feeds a line; it writes no file."),
        Refusal("simulate|--with|thigh|--output|x.csv", 64, "--with needs a recording (.rec)"),
        Refusal("simulate|--pty|--with|thigh", 64, "run simulate --pty once for each sensor instead"),
        Refusal("simulate|--pty|--configurable|--ignores|nonsense", 64, "and not nonsense"),
        Refusal("record|--device|/dev/null|--protocol|nope", 64, "nope is no protocol; those are witmotion"),
        Refusal("replay|--protocol|nope|--rate|50|x.bin", 64, "nope is no protocol; those are witmotion"),
        Refusal("policy|profile|lazy", 64, "there are desk, manual, driving, flare, default."),
        Refusal("config|explain", 64, "there is no command explain"),
    ]

    static let missing: [Refusal] = [
        Refusal("record|--device|/dev/null", 74, "it is not a serial line"),
        Refusal("record|--device|/nonexistent", 66, "no such device is plugged in"),
        Refusal("sniff|/nonexistent", 66, "no such device is plugged in"),
        Refusal("profile|show|nope", 66, "there is no profile nope; there are ang"),
        Refusal("profile|test|/nonexistent", 66, "cannot open it: No such file or directory"),
        Refusal("convert|/nonexistent|--format|bids|--output|x", 66, "No such file or directory"),
        Refusal("replay|--config|/nonexistent|x.rec", 78, "cannot read /nonexistent"),
        Refusal("db|compact|--db|/nonexistent", 66, "there is no such file, or no way to it"),
        Refusal("db|backup|x|--db|/nonexistent", 66, "there is no such file, or no way to it"),
        Refusal("import|/nonexistent|--db|/nonexistent.db", 66, "there is no such file"),
        Refusal("export|--output|x|--db|/nonexistent", 66, "there is no such file, or no way to it"),
        Refusal("why|zzzzzzz|--db|/nonexistent", 66, "there is no such file, or no way to it"),
        Refusal("watch|--socket|/nonexistent", 69, "it is not running at /nonexistent"),
        Refusal("snooze|30m|--socket|/nonexistent", 69, "sudo systemctl start lumbard"),
        Refusal("pause|2h|--socket|/nonexistent", 69, "sudo systemctl start lumbard"),
        Refusal("status|--socket|/nonexistent|--db|/nonexistent", 69, "Nor can the history be read"),
    ]

    @Test("say what is wrong with the options", arguments: badOptions)
    func wrongOptions(_ refusal: Refusal) throws { try check(refusal) }

    @Test("say what is not there", arguments: missing)
    func absences(_ refusal: Refusal) throws { try check(refusal) }

    @Test("say which line of a file is wrong, and leave files alone that are there")
    func files() throws {
        let folder = try TemporaryFolder()
        func write(_ text: String, _ name: String) throws -> String {
            let path = folder.path + "/" + name
            try Files.write(text, to: path)
            return path
        }
        let recording = try write("line\n", "a.rec")
        let config = try write("[nope\n", "bad.conf")
        let profile = try write("x\n", "bad.profile")
        try check(
            ["convert", recording, "--format", "bids", "--output", folder.path + "/x"], 65, "no recording")
        try check(["replay", "--config", config, recording], 78, "bad.conf:1: \"[nope\" is not a [section]")
        try check(["replay", "--config", config, recording], 78, "nothing was replayed")
        try check(["replay", "--profile", profile, recording], 65, "this profile cannot be used")
        let history = try StoredHistory()
        for command in ["backup", "recover"] {
            let words =
                command == "backup"
                ? ["db", "backup", recording, "--db", history.path]
                : ["db", "recover", history.path, "--into", recording]
            try check(words, 73, "is there already; choose another name or remove it first")
        }
        let left = try Files.read(recording)
        #expect(left == Array("line\n".utf8))
    }

    private func check(_ refusal: Refusal) throws { try check(refusal.call, refusal.status, refusal.words) }

    private func check(_ call: [String], _ status: Int32, _ words: String) throws {
        let ended = try Program.run("lumbarctl", call)
        #expect(ended.status == status, "\(call): \(ended)")
        #expect(ended.errors.contains(words), "\(call): \(ended)")
        #expect(ended.output.isEmpty, "\(call): \(ended)")
    }
}
