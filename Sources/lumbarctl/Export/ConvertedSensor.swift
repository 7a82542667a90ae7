import LumbarCore
import LumbarDecoders
import LumbarReport
import LumbarSignal

/// One sensor of a recording: its bytes become samples, and they lines of a file.
struct ConvertedSensor {
    private(set) var device: Device
    private(set) var files: BIDSMotion
    private(set) var samples = 0
    /// When the first sample was taken; nil when the recording does not say.
    private(set) var wallStart: WallTime?

    private let folder: String
    private let format: ConvertCommand.Format
    private var decoder: (any StreamDecoder)?
    private var detector: ProtocolDetector?
    private var readings = ReadingBuffer()
    private var timing = SampleTiming()
    private var start = Instant.zero
    private var last = Instant.zero
    private var file: ReplacedFile?

    init(device: Device, files: BIDSMotion, folder: String, format: ConvertCommand.Format) {
        (self.device, self.files, self.folder, self.format) = (device, files, folder, format)
    }

    /// It is attached: what a decoder held of before is of before.
    mutating func begin(_ device: Device, _ catalog: DecoderCatalog) {
        self.device = device
        var catalog = catalog
        if !device.profiles.isEmpty { _ = catalog.add(device.profiles) }
        decoder = catalog.make(for: device)
        detector = decoder == nil ? .live(catalog.candidates()) : nil
        timing.interrupt()
    }

    /// Takes a chunk of its bytes.
    mutating func receive(_ bytes: UnsafeRawBufferPointer, at now: Instant, _ anchor: WallAnchor?) throws {
        readings.removeAll()
        decoder?.push(bytes, at: now, into: &readings)
        if let found = detector?.push(bytes, at: now, into: &readings) { (decoder, detector) = (found, nil) }
        for reading in readings.readings where reading.hasAcceleration {
            if timing.isAhead(of: reading.arrival) { continue }
            let stamp = timing.stamp(
                arrival: reading.arrival, deviceNanoseconds: reading.deviceNanoseconds,
                lost: reading.lostBefore)
            let sample = MotionSample(
                time: stamp.time, acceleration: reading.acceleration, rate: reading.angularRate)
            if samples == 0 { try open(reading, at: stamp.time, anchor) }
            try write(sample, anchor)
        }
    }

    private var path: String {
        format == .csv
            ? "\(folder)/\(files.subjectName)_\(files.label).csv" : "\(folder)/\(files.stem)_motion.tsv"
    }

    /// The first sample says whether there is a gyroscope.
    private mutating func open(_ reading: Reading, at time: Instant, _ anchor: WallAnchor?) throws {
        files.hasRate = reading.hasAngularRate
        start = time
        wallStart = anchor.map { $0.wall(at: time) }
        file = try ReplacedFile(path: path)
        if format == .csv { try file?.output.write(line: MotionLine.tableHeader(hasRate: files.hasRate)) }
    }

    private mutating func write(_ sample: MotionSample, _ anchor: WallAnchor?) throws {
        samples += 1
        last = sample.time
        switch format {
        case .csv:
            let wall = anchor.map { $0.wall(at: sample.time) }
            try file?.output.write(
                line: MotionLine.table(sample, since: start, wall: wall, hasRate: files.hasRate))
        case .bids:
            try file?.output.write(line: MotionLine.bids(sample, since: start, hasRate: files.hasRate))
        }
    }

    /// Puts its files in their places.
    func finish(rateHz: Double?) throws {
        try file?.commit()
        guard format == .bids else { return }
        // A sensor is set to a round number; what is measured is off by its clock's error.
        let fitted = timing.sampleRateHz > 0 ? timing.sampleRateHz.rounded() : 0
        let description = files.description(
            rateHz: rateHz ?? fitted, samples: samples, seconds: (last - start).seconds,
            device: device.id.text)
        try ConvertRun.write(description, to: "\(folder)/\(files.stem)_motion.json")
        try ConvertRun.write(files.channelTable, to: "\(folder)/\(files.stem)_channels.tsv")
        try ConvertRun.write(files.channelDescription, to: "\(folder)/\(files.stem)_channels.json")
    }
}
