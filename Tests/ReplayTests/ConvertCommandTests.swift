import LumbarCore
import LumbarLive
import LumbarReport
import LumbarTestKit
import Testing

@Suite("lumbarctl convert", .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct ConvertCommandTests {
    private let folder: TemporaryFolder
    private let recording = Repository.root + "/Recordings/witmotion/bend-twice/stream.rec"

    init() throws { folder = try TemporaryFolder() }

    private func convert(_ arguments: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", ["convert"] + arguments)
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try Files.read(folder.path + "/" + name), as: UTF8.self)
    }

    @Test("a table for GGIR has the recording's time, and gives its bends when replayed")
    func table() throws {
        let ended = try convert(recording, "--format", "csv", "--output", folder.path + "/csv")
        #expect(ended.status == 0, "\(ended.errors)")
        let lines = try text("csv/sub-01_lumbar.csv").split(separator: "\n")
        #expect(lines.first == "t_s,epoch_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps")
        #expect(lines.count > 600)
        var last = -1.0
        for line in lines.dropFirst() {
            let cells = line.split(separator: ",").compactMap { Double($0) }
            try #require(cells.count == 8)
            #expect(cells[0] > last)
            last = cells[0]
            // 2026-03-02 08:30 UTC, when it was made.
            #expect((cells[1] - 1_772_440_200 - cells[0]).magnitude < 1)
            #expect((cells[2] * cells[2] + cells[3] * cells[3] + cells[4] * cells[4]).squareRoot() < 3)
        }
        let bends = { (path: String) in
            let ended = try Program.run(
                "lumbarctl", ["replay", path, "--json", "--mount", "up=+z,forward=+x"])
            return ended.output.split(separator: "\n").filter { $0.hasPrefix(#"{"type":"bend""#) }.count
        }
        #expect(try bends(folder.path + "/csv/sub-01_lumbar.csv") == bends(recording))
        #expect(try bends(recording) > 0)
    }

    @Test("a data set has the files and the fields that Motion-BIDS asks for")
    func bids() throws {
        let ended = try convert(recording, "--format", "bids", "--output", folder.path + "/set")
        #expect(ended.status == 0, "\(ended.errors)")
        let stem = "set/sub-01/motion/sub-01_task-recording_tracksys-lumbar_"
        let channels = try text(stem + "channels.tsv").split(separator: "\n").map {
            $0.split(separator: "\t").map(String.init)
        }
        #expect(Array(channels[0].prefix(5)) == ["name", "component", "type", "tracked_point", "units"])
        let types = ["ACCEL", "GYRO", "LATENCY"]
        for channel in channels.dropFirst() {
            #expect(channel.count == channels[0].count)
            #expect(types.contains(channel[2]))
            #expect(["x", "y", "z", "n/a"].contains(channel[1]))
        }
        let samples = try text(stem + "motion.tsv").split(separator: "\n")
        #expect(samples.allSatisfy { $0.split(separator: "\t").count == channels.count - 1 })
        #expect(samples[0].hasPrefix("0.000000\t"))
        let sidecar = try JSONReader.read(try text(stem + "motion.json"), limits: .reply)
        #expect(sidecar["SamplingFrequency"]?.double == 20)
        #expect(sidecar["TaskName"]?.text == "recording")
        #expect(sidecar["MotionChannelCount"]?.double == Double(channels.count - 1))
        #expect(sidecar["TrackingSystemName"]?.text == "lumbar")
        let frames = try JSONReader.read(try text(stem + "channels.json"), limits: .reply)
        #expect(frames["reference_frame"]?["Levels"]?["sensor"]?["SpatialAxes"]?.text == "ALS")
        let dataset = try JSONReader.read(try text("set/dataset_description.json"), limits: .reply)
        #expect(dataset["Name"]?.text?.isEmpty == false && dataset["BIDSVersion"]?.text == "1.9.0")
        #expect(try text("set/participants.tsv") == "participant_id\nsub-01\n")
        #expect(try text("set/sub-01/sub-01_scans.tsv").hasSuffix("_motion.tsv\t2026-03-02T08:30:00Z\n"))
    }

    @Test(
        "axes are told by how the sensor was declared to sit",
        arguments: [
            ("up=+z,forward=+x", "ALS"), ("up=-y,forward=+z", "RIA"), ("up=+x,forward=-z", "SLP"),
        ])
    func axes(mount: String, axes: String) throws {
        let mount = try #require(Mount(mount))
        let files = BIDSMotion(subject: 1, label: "lumbar", mount: mount, role: .lumbar, hasRate: true)
        #expect(
            files.channelDescription.contains("\"SpatialAxes\":\"\(axes)\""), "\(files.channelDescription)")
        let unknown = BIDSMotion(
            subject: 1, label: "lumbar", mount: .undeclared, role: .lumbar, hasRate: true)
        #expect(!unknown.channelDescription.contains("SpatialAxes"))
    }

    @Test("what cannot be converted is named, with its status, and leaves nothing behind")
    func mistakes() throws {
        let csv = folder.path + "/a.csv"
        try Files.write("t_s,ax_g,ay_g,az_g\n0,0,0,1\n", to: csv)
        let other = try convert(csv, "--format", "bids", "--output", folder.path + "/x")
        #expect(other.status == 65)
        #expect(other.errors.contains("no recording"))
        #expect(try convert(folder.path + "/none", "--format", "csv", "--output", folder.path).status == 66)
        #expect(try convert(recording, "--format", "edf", "--output", folder.path).status == 64)
        #expect(try convert(recording, "--format", "csv").status == 64)
        let refused = try convert(recording, "--format", "csv", "--output", csv + "/y")
        #expect(refused.status == 73)
        #expect(refused.errors.contains("cannot make this folder"))
        let empty = folder.path + "/empty.rec"
        try Files.write(
            "lumbar-recording 1\nsimulated: yes\ndevice: 1 a\n\n1.0 attach 1\n2.0 end\n", to: empty)
        let nothing = try convert(empty, "--format", "csv", "--output", folder.path + "/z")
        #expect(nothing.status == 65)
        #expect(nothing.errors.contains("no sample"))
        let cut = folder.path + "/cut.rec"
        try Files.write(bytes: Array(try Files.read(recording).prefix(20_000)), to: cut)
        let half = try convert(cut, "--format", "csv", "--output", folder.path + "/half")
        #expect(half.status == 0)
        #expect(half.errors.contains("breaks off"))
        let left = try Program.run(systemProgram: "/bin/ls", ["-AR", folder.path]).output
        #expect(!left.contains(".tmp"))
    }
}
