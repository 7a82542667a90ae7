import Glibc
import LumbarCore
import LumbarLinux
import LumbarTestKit
import Testing

@Suite(
    "What commands print for programs fits its schema",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct CommandSchemaTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func check(_ words: [String], _ name: String, status: Int32 = 0) throws -> [Substring] {
        let ended = try Program.run("lumbarctl", words)
        #expect(ended.status == status, "\(ended.errors)")
        let schema = try JSONSchema(file: "docs/schema/\(name).schema.json")
        let lines = ended.output.split(separator: "\n")
        for line in lines {
            #expect(schema.complaint(about: String(line)) == nil)
            #expect(line.hasPrefix("{\"type\":"), "\(line.prefix(80))")
        }
        return lines
    }

    @Test("a replay, with traces and attitudes, and the truth it was made of")
    func replay() throws {
        let scenario =
            "stand 20 s, walk 20 s, sit 26 min, stand 5 s, walk 10 s, lift 70 deg, bend 60 deg for 80 s, stand 40 s"
        let path = folder.path + "/made.rec"
        let made = try Program.run(
            "lumbarctl", ["simulate", "--scenario", scenario, "--rate", "20", "--perfect", "-o", path])
        #expect(made.status == 0, "\(made.errors)")
        let lines = try check(["replay", "--json", "--traces", path, path], "replay")
        for type in ["file", "posture", "bend", "alert", "trace", "summary"] {
            #expect(lines.contains { $0.hasPrefix("{\"type\":\"\(type)\"") }, "\(type)")
        }
        let alerts = lines.count { $0.hasPrefix("{\"type\":\"alert\"") }
        #expect(lines.count { $0.hasPrefix("{\"type\":\"trace\"") } == alerts)
        let without = try check(["replay", "--json", path], "replay")
        #expect(!without.contains { $0.hasPrefix("{\"type\":\"trace\"") })
        let short = folder.path + "/short.rec"
        _ = try Program.run(
            "lumbarctl", ["simulate", "--scenario", "stand 5 s", "--rate", "20", "-o", short])
        #expect(try check(["replay", "--json", "--attitude", short], "replay").count > 50)
        #expect(try check(["simulate", "--scenario", scenario, "--format", "truth"], "simulate").count > 8)
    }

    @Test("profiles, and a capture that nobody understands")
    func listening() throws {
        #expect(try check(["profile", "list", "--json"], "profile").count >= 12)
        let path = folder.path + "/noise.bytes"
        try PrivateFile.create(path).write(String(repeating: "no sensor says this\n", count: 200))
        let lines = try check(["sniff", "--json", path], "sniff", status: 1)
        #expect(lines.first?.contains("\"understood\":false,\"attempts\":[") == true)
    }

    @Test("devices that the configuration names, and the running system")
    func devices() throws {
        let config = folder.path + "/lumbard.conf"
        try PrivateFile.create(config).write("[sensor /dev/rfcomm77]\nuse=yes\nwearer=anna\n")
        let socket = folder.path + "/none.sock"
        let lines = try check(["devices", "--json", "--config", config, "--socket", socket], "device")
        #expect(lines.contains { $0.contains("\"node\":\"/dev/rfcomm77\"") && $0.contains("\"given\"") })
        let doctor = try Program.run("lumbarctl", ["doctor", "--json"])
        let schema = try JSONSchema(file: "docs/schema/doctor.schema.json")
        #expect(doctor.output.split(separator: "\n").count >= 8)
        for line in doctor.output.split(separator: "\n") {
            #expect(schema.complaint(about: String(line)) == nil)
        }
    }
}
