import Glibc
import LumbarCore
import LumbarLinux
import LumbarTestKit
import Testing

@Suite(
    "lumbarctl device trust and distrust",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct DeviceTrustTests {
    private let folder: TemporaryFolder
    private var config: String { folder.path + "/lumbard.conf" }
    private let id = "usb-Maker_Belt_A10K4F-if00"
    private var file: String { config + ".d/50-sensor-\(id).conf" }

    init() throws { folder = try TemporaryFolder() }

    private func device(_ words: String...) throws -> Program.Ended {
        let place = ["--config", config, "--rules-directory", folder.path + "/rules.d"]
        return try Program.run("lumbarctl", ["device"] + words + place)
    }

    private func text(_ path: String) -> String {
        String(decoding: (try? readSmallFile(path)) ?? [], as: UTF8.self)
    }

    @Test("what is trusted is written where the daemon reads it, and is what the daemon then goes by")
    func trusting() throws {
        try replaceFile(config, with: Array("[alerts]\nlift=no\n".utf8), access: FileAccess(mode: 0o640))
        let ended = try device(
            "trust", id, "--not-plugged-in", "--wearer", "anna", "--role", "thigh", "--mount",
            "up=-y,forward=+z",
            "--baud", "9600", "--protocol", "witmotion", "--yes")
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(ended.output.hasPrefix("\(id) is trusted now. lumbard was not told"))
        #expect(ended.errors.contains(file + ":\n"))
        #expect(
            text(file) == """
                # Written by lumbarctl device trust; lumbarctl device distrust takes it back.
                [sensor \(id)]
                use=yes
                wearer=anna
                role=thigh
                mount=up=-y,forward=+z
                protocol=witmotion
                baud=9600

                """)
        // The service, who is somebody else, can read it as far as it can read the main file.
        #expect(FileAccess(of: file)?.mode == 0o640 && FileAccess(of: config + ".d")?.mode == 0o755)
        let shown = try Program.run("lumbarctl", ["config", "show", "--changed", file]).output
        #expect(shown.hasPrefix("[sensor \(id)]\nwearer=anna\nrole=thigh\n"), "\(shown)")
        #expect(try Program.run("lumbard", ["--check-config", "--config", config]).status == 0)

        // Typed again it replaces, whole.
        let schema = try JSONSchema(file: "docs/schema/device.schema.json")
        let again = try device("trust", id, "--not-plugged-in", "--yes", "--json")
        #expect(again.status == 0 && schema.complaint(about: again.output) == nil)
        #expect(text(file).hasSuffix("[sensor \(id)]\nuse=yes\n"))
        let gone = try device("distrust", id)
        #expect(gone.status == 0 && gone.output.hasPrefix("\(id) is trusted no longer."), "\(gone)")
        #expect(text(file).isEmpty)
    }

    @Test("never again is written, and trust takes that back")
    func never() throws {
        #expect(try device("trust", id, "--not-plugged-in", "--yes").status == 0)
        let ended = try device("distrust", id, "--never")
        #expect(ended.status == 0 && ended.output.hasPrefix("\(id) is never used"), "\(ended)")
        #expect(text(file).hasSuffix("[sensor \(id)]\nuse=no\n"))
        #expect(try device("trust", id, "--not-plugged-in", "--yes").status == 0)
        #expect(text(file).hasSuffix("use=yes\n"))
    }

    @Test("what is declared elsewhere is named by file and line")
    func elsewhere() throws {
        try replaceFile(config, with: Array("[alerts]\n[sensor \(id)]\nwearer=anna\n".utf8))
        let ended = try device("distrust", id)
        #expect(ended.status == 1)
        #expect(ended.output.contains("there was nothing to take back"))
        #expect(ended.output.contains("It is still declared: \(config):2\n"))
        #expect(text(config).contains("wearer=anna"))

        // One that is read later and says otherwise is told, too.
        try makePublicDirectory(config + ".d")
        try replaceFile(config + ".d/99-mine.conf", with: Array("[sensor \(id)]\nuse=no\n".utf8))
        let overruled = try device("trust", id, "--not-plugged-in", "--yes")
        #expect(overruled.status == 78)
        #expect(overruled.errors.contains("99-mine.conf:2 is read later and says use = no"), "\(overruled)")
    }

    @Test("a configuration with errors is told, since the service would take none of it")
    func errors() throws {
        try replaceFile(config, with: Array("[alerts]\nlfit=no\n".utf8))
        let ended = try device("trust", id, "--not-plugged-in", "--yes")
        #expect(ended.status == 78)
        #expect(ended.errors.contains("lumbard.conf:2: alerts: there is no setting \"lfit\""), "\(ended)")
        #expect(ended.errors.contains("lumbard does not take a configuration with errors"))
    }

    @Test("a file of somebody else's is left alone")
    func strangersFile() throws {
        try makePublicDirectory(config + ".d")
        try replaceFile(file, with: Array("[sensor \(id)]\n".utf8))
        let ended = try device("distrust", id)
        #expect(ended.status == 1 && ended.output.contains("It is still declared: \(file):1\n"))
        #expect(text(file) == "[sensor \(id)]\n")
    }

    @Test(
        "what cannot be meant is refused, and nothing is written",
        arguments: [
            (["usb-x"], 66, "nothing called usb-x is plugged in"),
            (["usb-x", "--not-plugged-in"], 64, "nobody to ask; say --yes"),
            (
                ["usb-x", "--not-plugged-in", "--yes", "--role", "knee"], 64,
                "--role: \"knee\" is none of lumbar"
            ),
            (["usb-x", "--not-plugged-in", "--yes", "--mount", "up=+q"], 64, "--mount: up=+q is not like"),
            (
                ["usb-x", "--not-plugged-in", "--yes", "--protocol", "morse"], 64,
                "--protocol: there is no protocol"
            ),
            (["usb-x", "--not-plugged-in", "--yes", "--baud", "7"], 64, "--baud: 7 is outside"),
            (
                ["usb-x", "--not-plugged-in", "--yes", "--wearer", "a\n[alerts]\nlift=no"], 64,
                "control characters"
            ),
            (["usb-x", "--not-plugged-in", "--yes", "--wearer", ""], 64, "a wearer has a name"),
            (["usb-\u{202E}x", "--not-plugged-in", "--yes"], 64, "no control characters"),
        ])
    func refusals(words: [String], status: Int32, message: String) throws {
        let place = ["--config", config]
        let ended = try Program.run("lumbarctl", ["device", "trust"] + words + place)
        #expect(ended.status == status && ended.errors.contains(message), "\(ended)")
        #expect(access(config + ".d", F_OK) != 0)
    }

    @Test("without the right to write, the line to type is given")
    func rights() throws {
        let locked = folder.path + "/locked"
        try makePublicDirectory(locked)
        chmod(locked, 0o500)
        // Root may write anywhere; a file that is no folder stops root, too.
        let isRoot = geteuid() == 0
        let ended = try Program.run(
            "lumbarctl",
            ["device", "trust", "usb-x y", "--not-plugged-in", "--yes", "--config", locked + "/lumbard.conf"])
        #expect(isRoot || ended.status == 77)
        #expect(
            isRoot
                || ended.errors.contains("Type: sudo lumbarctl device trust 'usb-x y' --not-plugged-in --yes")
        )
    }

    @Test("names that differ only in what a file name cannot have are kept apart")
    func names() throws {
        try replaceFile(config, with: [])
        for id in ["path-usb-0:1", "path-usb-0=1", "/dev/rfcomm0"] {
            #expect(try device("trust", id, "--not-plugged-in", "--yes").status == 0)
        }
        let shown = try Program.run("lumbard", ["--check-config", "--config", config])
        #expect(shown.status == 0)
        for id in ["path-usb-0:1", "path-usb-0=1", "/dev/rfcomm0"] {
            let gone = try device("distrust", id)
            #expect(gone.status == 0 && gone.output.hasPrefix("\(id) is trusted no longer"), "\(gone)")
        }
    }
}
