import LumbarDecoders
import LumbarTestKit
import Testing

@Suite("lumbarctl profile", .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct ProfileCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let profile =
        "[profile]\nname=mine\nprefix=IMU\ndelimiter=blanks\n[columns]\nax=1 mg\nay=2 mg\naz=3 mg\n"

    @Test("a capture is explained line by line")
    func test() throws {
        let profile = try folder.file("my.profile", Self.profile)
        let capture = try folder.file(
            "capture",
            "boot v1\nIMU 0 0 1000\r\nIMU 20 0\nIMU 0 x 1000\nFIFO overflow!\nIMU 100 0 980\nIMU 0 0 990")
        let ended = try Program.run("lumbarctl", ["profile", "test", profile, "--capture", capture])
        #expect(ended.status == 0)
        let lines = ended.output.split(separator: "\n").map(String.init)
        #expect(lines.first == "7 lines read, 3 readings")
        #expect(lines.contains { $0.contains("2 no data; the first is line 1: boot v1") })
        #expect(
            lines.contains {
                $0.contains("wrong number of cells") && $0.hasSuffix("the first is line 3: IMU 20 0")
            })
        #expect(lines.contains { $0.hasSuffix("the first is line 4: IMU 0 x 1000") })
        #expect(lines.contains("  ax from column 1 in mg"))
        #expect(lines.contains { $0.contains("az") && $0.hasSuffix("0.980 to 1.000 g") })
        let json = try Program.run("lumbarctl", ["profile", "test", profile, "--capture", capture, "--json"])
        #expect(
            json.output.hasPrefix(
                "{\"type\":\"profile_test\",\"profile\":\"mine\",\"lines\":7,\"readings\":3,"))
        #expect(try JSONSchema(file: "docs/schema/profile.schema.json").complaint(about: json.output) == nil)
        #expect(json.output.contains("\"kind\":\"badLength\",\"count\":1,\"first_line\":3"))
    }

    @Test("what is wrong has a status of its own")
    func failures() throws {
        let capture = try folder.file("capture", "IMU 0 0 1000\n")
        let bad = try folder.file("bad.profile", Self.profile.replacingFirst("ax=1 mg", "ax=1"))
        let refused = try Program.run("lumbarctl", ["profile", "test", bad, "--capture", capture])
        #expect(refused.status == 65)
        #expect(refused.errors.contains("bad.profile:6: columns.ax: it has no unit"))
        let good = try folder.file("my.profile", Self.profile)
        #expect(try Program.run("lumbarctl", ["profile", "test", folder.path + "/none"]).status == 66)
        #expect(
            try Program.run("lumbarctl", ["profile", "test", good, "--capture", folder.path + "/none"]).status
                == 66)
        let other = try folder.file("other", "t=1\n")
        #expect(try Program.run("lumbarctl", ["profile", "test", good, "--capture", other]).status == 65)
        #expect(try Program.run("lumbarctl", ["profile", "show", "none"]).status == 66)
    }

    @Test("what comes with the program is listed and shown, and can be tried at once")
    func shipped() throws {
        let list = try Program.run("lumbarctl", ["profile", "list"])
        #expect(list.status == 0)
        for profile in DecoderCatalog.builtIn.profiles { #expect(list.output.contains(profile.name)) }
        let shown = try Program.run("lumbarctl", ["profile", "show", "ypr"])
        #expect(shown.output.hasPrefix("# The sketch MPU6050_DMP6"))
        let copy = try folder.file("ypr.profile", shown.output)
        let capture = try folder.file("capture", "ypr\t74.65\t-12.55\t9.63\n")
        #expect(try Program.run("lumbarctl", ["profile", "test", copy, "--capture", capture]).status == 0)
    }

    @Test("raw bytes are replayed by a profile that is given")
    func replay() throws {
        let profile = try folder.file("my.profile", Self.profile)
        let bytes = try folder.file("bytes", String(repeating: "IMU 0 20 1000\n", count: 200))
        let arguments = ["replay", "--protocol", "mine", "--rate", "25", "--transcript", bytes]
        let ended = try Program.run("lumbarctl", arguments + ["--profile", profile])
        #expect(ended.status == 0)
        #expect(ended.output.contains("locked protocol=mine"))
        #expect(try Program.run("lumbarctl", arguments).status == 64)
    }

    /// The table that is compiled in, against the files that are installed.
    @Test("the profiles of the program are those of the files")
    func embedded() throws {
        let installed = Files.names(in: Repository.root + "/systemd/profiles").filter {
            $0.hasSuffix(".profile")
        }
        #expect(installed.count == DecoderCatalog.builtIn.profiles.count)
        for name in installed {
            let text = String(
                decoding: try Files.read(Repository.root + "/systemd/profiles/" + name), as: UTF8.self)
            let profile = DecoderCatalog.builtIn.profile(String(name.dropLast(8)))
            #expect(profile.map { $0.text + "\n" } == text, "\(name): run make bless")
        }
    }
}

extension String {
    fileprivate func replacingFirst(_ old: String, _ new: String) -> String {
        guard let place = firstRange(of: old) else { return self }
        return String(self[..<place.lowerBound]) + new + String(self[place.upperBound...])
    }
}
