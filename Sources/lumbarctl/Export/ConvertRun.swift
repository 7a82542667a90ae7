import Glibc
import LumbarCore
import LumbarDecoders
import LumbarRecording
import LumbarReport

/// One conversion: events of a recording in, files of samples out.
struct ConvertRun {
    private let format: ConvertCommand.Format
    private let folder: String
    private let decoders: DecoderCatalog
    private var sensors: [ConvertedSensor] = []
    private var wearers: [WearerID] = []
    private var anchor: WallAnchor?
    private var first: Instant?
    private var now = Instant.zero

    init(format: ConvertCommand.Format, folder: String, decoders: DecoderCatalog) {
        (self.format, self.folder, self.decoders) = (format, folder, decoders)
    }

    /// How much of the recording was read.
    var elapsed: Elapsed { first.map { now - $0 } ?? .zero }

    /// Takes the next event.
    mutating func take(_ event: RecordingEvent) throws {
        first = first ?? event.time
        now = event.time
        switch event.kind {
        case .anchor(let anchor): self.anchor = anchor
        case .attach(let device): try attach(device)
        case .data(let id, let bytes):
            guard let index = sensors.firstIndex(where: { $0.device.id == id }) else { return }
            try bytes.withUnsafeBytes { try sensors[index].receive($0, at: event.time, anchor) }
        case .detach, .control, .end: break
        }
    }

    private mutating func attach(_ device: Device) throws {
        if let index = sensors.firstIndex(where: { $0.device.id == device.id }) {
            return sensors[index].begin(device, decoders)
        }
        if !wearers.contains(device.wearer) { wearers.append(device.wearer) }
        let subject = (wearers.firstIndex(of: device.wearer) ?? 0) + 1
        let others = sensors.count { $0.device.wearer == device.wearer && $0.device.role == device.role }
        let label = device.role.rawValue + (others > 0 ? "\(others + 1)" : "")
        let files = BIDSMotion(
            subject: subject, label: label, mount: device.mount, role: device.role, hasRate: false)
        var sensor = ConvertedSensor(device: device, files: files, folder: try folder(files), format: format)
        sensor.begin(device, decoders)
        sensors.append(sensor)
    }

    /// The folder of a sensor's files, made when it is not there.
    private func folder(_ files: BIDSMotion) throws -> String {
        var path = folder
        try Self.make(path)
        guard format == .bids else { return path }
        for name in [files.subjectName, "motion"] {
            path += "/" + name
            try Self.make(path)
        }
        return path
    }

    private static func make(_ path: String) throws {
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw Failure(.cannotCreate, "cannot make this folder", path, errno: errno)
        }
    }

    /// The recording is over: what describes the samples is written, and the files take their places.
    func finish(rateHz: Double?, name: String) throws {
        let found = sensors.filter { $0.samples > 0 }
        guard !found.isEmpty else {
            throw Failure(.data, "\(name): no sample in this recording that can be read")
        }
        for sensor in found { try sensor.finish(rateHz: rateHz) }
        for sensor in sensors where sensor.samples == 0 {
            StandardError.write("lumbarctl: warning: no sample of \(Printable.text(sensor.device.id.text))")
        }
        if found.contains(where: { $0.wallStart == nil }) {
            StandardError.write("lumbarctl: warning: the recording does not say what time of the day it was")
        }
        guard format == .bids else { return }
        try Self.write(BIDSMotion.dataset, to: folder + "/dataset_description.json")
        try Self.write(BIDSMotion.participants(wearers.count), to: folder + "/participants.tsv")
        try Self.write(
            "Samples of a recording made with lumbard, as Motion-BIDS. Acceleration is specific force.\n",
            to: folder + "/README")
        for subject in Set(found.map(\.files.subject)).sorted() {
            let scans = found.filter { $0.files.subject == subject }
            let lines = scans.map { $0.files.scan(start: $0.wallStart) }
            guard let subject = scans.first?.files.subjectName else { continue }
            try Self.write(
                "filename\tacq_time\n" + lines.joined(), to: "\(folder)/\(subject)/\(subject)_scans.tsv")
        }
    }

    /// Writes a small file anew, whole.
    static func write(_ text: String, to path: String) throws {
        let file = try ReplacedFile(path: path)
        try file.output.write(bytes: Array(text.utf8))
        try file.commit()
    }
}
