import Glibc
import LumbarCore
import LumbarLinux
import LumbarStore
import LumbarTestKit
import Testing

@Suite(
    "lumbarctl doctor, on a made-up system",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct DoctorCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func file(_ path: String, _ text: String = "") {
        var made = folder.path
        for part in path.split(separator: "/").dropLast() {
            made += "/" + part
            mkdir(made, 0o755)
        }
        let number = open(folder.path + path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o660)
        let bytes = Array(text.utf8)
        _ = write(number, bytes, bytes.count)
        close(number)
    }

    private func doctor(_ arguments: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", ["doctor", "--root", folder.path] + arguments)
    }

    /// A system in which a Bluetooth sensor is read.
    private func makeHealthy() {
        file("/dev/rfcomm0")
        file("/sys/class/tty/rfcomm0/dev", "216:0\n")
        var about = stat()
        stat(folder.path + "/dev/rfcomm0", &about)
        file("/etc/group", "dialout:x:\(about.st_gid):\n")
        file("/usr/lib/systemd/system/lumbard.service", "[Service]\nSupplementaryGroups=dialout\n")
        file("/etc/systemd/system/multi-user.target.wants/lumbard.service")
        file("/usr/lib/udev/rules.d/60-lumbard.rules")
        file("/proc/7/comm", "lumbard\n")
        file("/run/systemd/timesync/synchronized")
    }

    @Test("a system with nothing wrong is 0, with a line per check and nothing to type")
    func fine() throws {
        makeHealthy()
        let ended = try doctor()
        #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
        #expect(ended.output.contains("ok       sensor: these are there: /dev/rfcomm0\n"))
        #expect(!ended.output.contains("problem") && !ended.output.contains("type:"), "\(ended.output)")
    }

    @Test("a pause and a snooze in the history are mentioned while they hold, and no profile is")
    func asked() throws {
        makeHealthy()
        file("/var/lib/lumbard/.keep")
        let path = folder.path + "/var/lib/lumbard/lumbard.db"
        let store = try Store(writing: path, bootID: "boot-1", host: FolderHost())
        let now = WallClockReader.anchor().wall
        func ask(_ kind: AskedControl.Kind, of wearer: WearerID, hours: Double) throws {
            let until = Instant.zero + .hours(100)
            try store.append(
                control: AskedControl(
                    wearer: wearer, kind: kind,
                    term: .init(since: .zero, until: until, untilWall: now + .seconds(hours * 3600))))
        }
        try ask(.profile, of: .sole, hours: 5)
        try ask(.pause, of: .sole, hours: 2)
        try ask(.snooze, of: .sole, hours: -1)
        let one = try doctor().output
        #expect(one.contains("advice   pause: a pause was asked for until 20"), "\(one)")
        #expect(one.contains("\n         type: lumbarctl resume\n"))
        #expect(!one.contains("snooze") && !one.contains("profile"))
        try ask(.snooze, of: WearerID("ben b"), hours: 3)
        let json = try doctor("--json")
        let schema = try JSONSchema(file: "docs/schema/doctor.schema.json")
        for line in json.output.split(separator: "\n") {
            #expect(schema.complaint(about: String(line)) == nil)
        }
        #expect(json.output.contains(#""text":"ben b: a snooze was asked for until 20"#), "\(json.output)")
        #expect(json.output.contains(#""command":"lumbarctl wake --wearer 'ben b'""#), "\(json.output)")
    }

    @Test("a problem is 1, with the line to type under it")
    func problem() throws {
        makeHealthy()
        unlink(folder.path + "/proc/7/comm")
        file("/etc/lumbard/lumbard.conf", "[device]\npath=/dev/rfcomm1\nno-such-key=1\n")
        let ended = try doctor()
        #expect(ended.status == 1)
        #expect(
            ended.output.contains(
                "problem  daemon: lumbard does not run\n         type: sudo systemctl enable --now lumbard"),
            "\(ended.output)")
        #expect(ended.output.contains("problem  node: the configuration names /dev/rfcomm1"))
        #expect(ended.output.contains("problem  configuration: \(folder.path)/etc/lumbard/lumbard.conf:3"))
    }

    @Test("an empty system: every check still has a line")
    func empty() throws {
        let ended = try doctor("--json")
        #expect(ended.status == 1)
        let lines = ended.output.split(separator: "\n")
        #expect(lines.count >= 8)
        #expect(lines.allSatisfy { $0.hasPrefix("{\"type\":\"check\",\"check\":\"") })
        let schema = try JSONSchema(file: "docs/schema/doctor.schema.json")
        for line in lines { #expect(schema.complaint(about: String(line)) == nil) }
        #expect(ended.output.contains("\"check\":\"sensor\",\"state\":\"problem\""))
        #expect(ended.output.contains("\"command\":\"sudo dmesg | tail -20\""))
    }

    @Test("the running system can be asked, listening too, and a root that is not there cannot")
    func options() throws {
        let live = try Program.run("lumbarctl", ["doctor"])
        #expect(live.status == 0 || live.status == 1)
        #expect(live.output.contains("disk: "))
        let both = try Program.run("lumbarctl", ["doctor", "--root", "/tmp", "--listen"])
        #expect(both.status == 64 && both.errors.contains("--listen is for the running system"))
        let nowhere = try Program.run("lumbarctl", ["doctor", "--root", "/no/such/root"])
        #expect(nowhere.status == 66 && nowhere.errors.contains("there is no such folder"))
    }

    @Test("with --listen a line of the configuration is heard, and a rate that is not tried is named")
    func listening() throws {
        let sensor = try Program(
            "lumbarctl",
            [
                "simulate", "--pty", "--configurable", "--baud", "115200", "--perfect", "--rate", "50",
                "--scenario", "stand 1 min",
            ])
        let path = sensor.firstLine()
        file("/good.conf", "[device]\npath=\(path)\n")
        let good = try Program.run(
            "lumbarctl", ["doctor", "--listen", "--config", folder.path + "/good.conf"])
        #expect(
            good.output.contains("ok       sensor speaks: witmotion at 115200 baud on \(path)"),
            "\(good.output)")
        #expect(good.output.contains("ok       scale: |a| at rest is 1.0"), "\(good.output)")
        file("/odd.conf", "[device]\npath=\(path)\nbaud=57600\n")
        let odd = try Program.run("lumbarctl", ["doctor", "--listen", "--config", folder.path + "/odd.conf"])
        #expect(odd.status == 1)
        #expect(odd.output.contains("a rate that the configuration does not try"), "\(odd.output)")
        sensor.terminate()
        _ = sensor.end()
    }
}
