import LumbarCore
import LumbarDecoders
import LumbarRecording
import LumbarStore

/// A recording, with the mount and the calibration that the command line says instead of its own.
struct RecordingSource: StreamSource {
    private var reader = RecordingReader()
    private let mount: Mount?
    private let calibrations: [StoredCalibration]

    init(mount: Mount?, calibrations: [StoredCalibration] = []) {
        self.mount = mount
        self.calibrations = calibrations
    }

    mutating func push(_ bytes: UnsafeRawBufferPointer, to replayer: inout Replayer) throws(RecordingError) {
        try reader.push(bytes) { event in
            guard mount != nil || !calibrations.isEmpty, case .attach(var device) = event.kind else {
                return replayer.play(event)
            }
            device.mount = mount ?? device.mount
            device.calibration = calibrations.calibration(of: device) ?? device.calibration
            replayer.play(RecordingEvent(.attach(device), at: event.time))
        }
    }

    mutating func finish(to replayer: inout Replayer) throws(RecordingError) {
        try reader.finish(to: &replayer)
    }
}

extension [StoredCalibration] {
    /// What is stored of `device`, or of the only sensor there is.
    func calibration(of device: Device) -> MountCalibration? {
        let found =
            first { $0.device == device.id && $0.wearer == device.wearer } ?? (count == 1 ? first : nil)
        return found?.calibration.rounded
    }
}

/// Raw bytes of a sensor, which carry no time: each sample is given the time that the rate says.
struct RawSource: StreamSource {
    private var decoder: any StreamDecoder
    private let device: Device
    private let rateHz: Double
    private var samples = 0
    private var chunk: [UInt8] = []
    private var hasBegun = false

    /// A source of bytes in `format`; nil when there is no such protocol.
    init?(_ format: RawFormat, device: Device) {
        guard let decoder = DecoderCatalog.builtIn.make(format.protocolName) else { return nil }
        self.decoder = decoder
        self.device = device
        rateHz = format.rateHz
    }

    private var now: Instant { .zero + .seconds(Double(samples) / rateHz) }

    mutating func push(_ bytes: UnsafeRawBufferPointer, to replayer: inout Replayer) throws(RecordingError) {
        if !hasBegun { replayer.attach(device, at: .zero) }
        hasBegun = true
        for byte in bytes {
            chunk.append(byte)
            guard decoder.push(byte, at: now) != nil else { continue }
            flush(to: &replayer)
            samples += 1
        }
    }

    mutating func finish(to replayer: inout Replayer) throws(RecordingError) {
        flush(to: &replayer)
        replayer.finish()
        guard samples > 0 else {
            throw RecordingError(
                line: 1, "no sample of \(device.protocolName ?? "any protocol") in these bytes",
                advice: "try another --protocol")
        }
    }

    private mutating func flush(to replayer: inout Replayer) {
        chunk.withUnsafeBytes { replayer.receive($0, from: device.id, at: now) }
        chunk.removeAll(keepingCapacity: true)
    }
}
