import Glibc
import LumbarCore
import LumbarDecoders
import LumbarLinux
import LumbarRecording

/// Listens to one serial line and writes what comes as a recording.
final class LineRecorder {
    private enum Token { case line, signals, timer }

    private let device: Device
    private let port: SerialPort
    private let rates: [Int]
    private let signals: SignalSource
    private var timer: WakeTimer
    private var poller: Poller<Token>
    private let decoders: DecoderCatalog
    private var detector: ProtocolDetector
    private var readings = ReadingBuffer()
    private var protocolName: String?
    private var chunk = [UInt8](repeating: 0, count: 4096)

    private static let listenFor = Elapsed.seconds(2)

    /// Opens the line.
    init(device: Device, path: String, rates: [Int], decoders: DecoderCatalog) throws {
        self.device = device
        self.decoders = decoders
        detector = ProtocolDetector(decoders.candidates(declared: device.protocolName))
        self.rates = rates
        do throws(SystemError) {
            signals = try SignalSource.open()
            timer = try WakeTimer.open()
            poller = try Poller<Token>.open()
            port = try SerialPort.open(path, baud: rates[0])
            _ = try poller.add(signals.descriptor, token: .signals)
            _ = try poller.add(timer.descriptor, token: .timer)
            _ = try poller.add(port.descriptor, token: .line)
        } catch {
            throw Failure(error, otherwise: error.isAbsence ? .noInput : error.isBusy ? .unavailable : .io)
        }
    }

    /// Records until told to stop, until the sensor is gone, or for `duration`.
    func run(to output: String?, notes: [String], for duration: Elapsed?) throws {
        do {
            guard try findRate() else { return }
            let anchor = WallClockReader.anchor()
            let target = try RecordingTarget.open(output, at: anchor)
            var writer = RecordingWriter(
                header: RecordingHeader(
                    isSimulated: port.isPseudoTerminal, recorded: anchor.date(at: anchor.instant).description,
                    recordedBy: "lumbarctl record", notes: notes))
            var text: [UInt8] = []
            writer.write(RecordingEvent(.anchor(anchor), at: anchor.instant), to: &text)
            writer.write(RecordingEvent(.attach(device), at: anchor.instant), to: &text)
            let end = duration.map { anchor.instant + $0 }
            let last = try listen(since: anchor.instant, until: end, &writer, &text, target)
            writer.write(RecordingEvent(.end, at: last), to: &text)
            try target.write(text)
            let length = DecimalText.fixed((last - anchor.instant).seconds, 1)
            StandardError.write(
                "\(target.name): \(length) s recorded\(protocolName.map { ", " + $0 } ?? "").")
            if protocolName == nil {
                StandardError.write(
                    "lumbarctl: warning: no known sensor spoke; the bytes are kept all the same")
            }
        } catch let error as SystemError {
            throw Failure(error, otherwise: error.number == EEXIST ? .cannotCreate : .io)
        }
    }

    /// Tries the rates until a sensor is understood; false when the user gave up.
    private func findRate() throws -> Bool {
        guard rates.count > 1, !port.isPseudoTerminal else { return true }
        while true {
            for rate in rates {
                StandardError.write("Listening at \(rate) bits per second ...")
                try port.setBaud(rate)
                detector = ProtocolDetector(decoders.candidates(declared: device.protocolName))
                timer.set(BootClock.now() + LineRecorder.listenFor)
                switch try listenOnce() {
                case .found: return true
                case .stopped: return false
                case .silent: break
                }
            }
        }
    }

    private enum Heard { case found, silent, stopped }

    private func listenOnce() throws -> Heard {
        while true {
            _ = try poller.wait()
            while let event = poller.next() {
                switch event.token {
                case .signals: return .stopped
                case .timer:
                    timer.acknowledge()
                    return .silent
                case .line:
                    guard let count = try read() else {
                        throw Failure(.io, "\(port.path): the sensor is gone")
                    }
                    detect(count, at: BootClock.now())
                    if protocolName != nil { return .found }
                }
            }
        }
    }

    /// Writes what comes; returns when it ended.
    private func listen(
        since start: Instant, until end: Instant?, _ writer: inout RecordingWriter, _ text: inout [UInt8],
        _ target: borrowing RecordingTarget
    ) throws -> Instant {
        var progress = RecordProgress(start: start)
        // Once a second the file gets what came, so that a power cut costs a second; the first time at once.
        var due = start
        while true {
            timer.set(min(due, end ?? due))
            _ = try poller.wait()
            while let event = poller.next() {
                let now = BootClock.now()
                switch event.token {
                case .timer: timer.acknowledge()
                case .signals: return finish(&progress, at: now)
                case .line:
                    guard let count = try read() else {
                        writer.write(RecordingEvent(.detach(device.id), at: now), to: &text)
                        _ = finish(&progress, at: now)
                        StandardError.write("The sensor is gone.")
                        return now
                    }
                    chunk.withUnsafeBytes { bytes in
                        writer.write(
                            UnsafeRawBufferPointer(rebasing: bytes[..<count]), from: device.id, at: now,
                            to: &text)
                    }
                    progress.bytes += count
                    detect(count, at: now)
                }
            }
            let now = BootClock.now()
            if now >= due {
                due = now + .seconds(1)
                try target.write(text)
                text.removeAll(keepingCapacity: true)
            }
            progress.show(at: now, protocolName: protocolName)
            if let end, now >= end { return finish(&progress, at: now) }
        }
    }

    private func finish(_ progress: inout RecordProgress, at now: Instant) -> Instant {
        progress.finish()
        return now
    }

    /// Reads a chunk; nil when the line is gone.
    private func read() throws -> Int? {
        switch chunk.withUnsafeMutableBytes({ port.read(into: $0) }) {
        case .bytes(let count): return count
        case .nothing: return 0
        case .hangUp: return nil
        case .failure(let error): throw error
        }
    }

    private func detect(_ count: Int, at now: Instant) {
        guard protocolName == nil else { return }
        let found = chunk.withUnsafeBytes { bytes in
            detector.push(UnsafeRawBufferPointer(rebasing: bytes[..<count]), at: now, into: &readings)
        }
        readings.removeAll()
        protocolName = found.map { $0.protocolName }
    }
}

/// Where a recording goes.
struct RecordingTarget: ~Copyable {
    let name: String
    private let file: PrivateFile?

    /// Makes the file `output`, or one named after the present time. Not an initialiser: Swift 6.0 cannot compile one
    /// that throws between its stored properties.
    static func open(_ output: String?, at anchor: WallAnchor) throws(SystemError) -> RecordingTarget {
        if output == "-" { return RecordingTarget(name: "standard output", file: nil) }
        let name = output ?? fileName(anchor)
        return RecordingTarget(name: name, file: try PrivateFile.create(name))
    }

    private init(name: String, file: consuming PrivateFile?) {
        self.name = name
        self.file = file
    }

    func write(_ bytes: [UInt8]) throws {
        if file == nil {
            let output = StandardOutput()
            try output.write(bytes: bytes)
            try output.flush()
        } else {
            try file?.write(bytes)
        }
    }

    /// `recording-2026-11-21-0914.rec`, local time.
    private static func fileName(_ anchor: WallAnchor) -> String {
        let local = anchor.wall.unixSeconds + Int64(anchor.zone.offset(at: anchor.wall))
        let minute = local / 60 % 1440
        return "recording-\(anchor.date(at: anchor.instant))-" + DecimalText.padded(minute / 60, width: 2)
            + DecimalText.padded(minute % 60, width: 2) + ".rec"
    }
}

/// How far a recording is, on the standard error when that is a terminal.
private struct RecordProgress {
    let start: Instant
    var bytes = 0
    private let isShown = StandardError.isTerminal
    private var shown: Instant

    init(start: Instant) {
        self.start = start
        shown = start
    }

    mutating func show(at now: Instant, protocolName: String?) {
        guard isShown, now - shown >= .milliseconds(500) else { return }
        shown = now
        let seconds = DecimalText.fixed((now - start).seconds, 0)
        let what = protocolName ?? (bytes == 0 ? "nothing comes yet" : "no known sensor yet")
        StandardError.put("\r\u{1B}[K\(seconds) s, \(bytes) bytes, \(what). Ctrl-C stops.")
    }

    func finish() {
        if isShown { StandardError.put("\r\u{1B}[K") }
    }
}
