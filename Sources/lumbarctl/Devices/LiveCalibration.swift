import Glibc
import LumbarAlerts
import LumbarCore
import LumbarDecoders
import LumbarLinux
import LumbarMonitor

/// Now, on the clock that stored rows count by.
enum BootTime {
    static var now: Instant { BootClock.now() }
}

/// A calibration gesture made in front of a sensor, with prompts.
final class LiveCalibration {
    private enum Token { case line, signals, timer }

    private let sensor: SensorLine
    private let port: SerialPort
    private let rates: [Int]
    private let signals: SignalSource
    private var timer: WakeTimer
    private var poller: Poller<Token>
    private let decoders: DecoderCatalog
    private var monitor: Monitor
    private var seen = CalibrationRun()
    private var prompts = CalibrationPrompts()
    private var chunk = [UInt8](repeating: 0, count: 4096)

    private static let listenFor = Elapsed.seconds(2)
    /// Whoever has not bowed by then has gone away.
    private static let longest = Elapsed.minutes(5)

    /// Opens the line.
    init(_ sensor: SensorLine, rates: [Int]) throws {
        self.sensor = sensor
        self.rates = rates
        decoders = try KnownProtocols.catalog()
        var settings = CalibrationRun.settings
        settings.decoders = decoders
        monitor = Monitor(settings: settings)
        do throws(SystemError) {
            signals = try SignalSource.open()
            timer = try WakeTimer.open()
            poller = try Poller<Token>.open()
            port = try SerialPort.open(sensor.path, baud: rates[0])
            _ = try poller.add(signals.descriptor, token: .signals)
            _ = try poller.add(timer.descriptor, token: .timer)
            _ = try poller.add(port.descriptor, token: .line)
        } catch {
            guard error.number == EBUSY else {
                throw Failure(
                    error.isAbsence ? .noInput : error.isPermission ? .noPermission : .io, "\(error)")
            }
            throw Failure(
                .unavailable, "\(error). If that is lumbard, stop it meanwhile: sudo systemctl stop lumbard")
        }
    }

    /// Listens until the gesture is accepted.
    func run() throws -> CalibrationRun.Result {
        defer { prompts.end() }
        do {
            let name = try findProtocol()
            let device = Device(id: sensor.identity, protocolName: name)
            monitor.attach(device, at: BootClock.now())
            return try listen()
        } catch let error as SystemError {
            throw Failure(.io, error.description)
        }
    }

    /// Tries the rates until a sensor is understood.
    private func findProtocol() throws -> String? {
        // A line that has no rate, or one that is given, is left to the monitor.
        guard rates.count > 1, !port.isPseudoTerminal else { return nil }
        for _ in 0..<2 {
            for rate in rates {
                prompts.show(.listening(rate: rate))
                try port.setBaud(rate)
                if let name = try hear() { return name }
            }
        }
        throw Failure(.io, "\(port.path): no sensor speaks; check that it is switched on")
    }

    private func hear() throws -> String? {
        var detector = ProtocolDetector(decoders.candidates())
        var readings = ReadingBuffer()
        timer.set(BootClock.now() + Self.listenFor)
        while true {
            _ = try poller.wait()
            while let event = poller.next() {
                switch event.token {
                case .signals: throw Self.stopped
                case .timer:
                    timer.acknowledge()
                    return nil
                case .line:
                    let count = try read()
                    let found = chunk.withUnsafeBytes { bytes in
                        detector.push(
                            UnsafeRawBufferPointer(rebasing: bytes[..<count]), at: BootClock.now(),
                            into: &readings)
                    }
                    if let found { return found.protocolName }
                }
            }
        }
    }

    private func listen() throws -> CalibrationRun.Result {
        let end = BootClock.now() + Self.longest
        while BootClock.now() < end {
            timer.set(BootClock.now() + .milliseconds(500))
            _ = try poller.wait()
            while let event = poller.next() {
                switch event.token {
                case .signals: throw Self.stopped
                case .timer: timer.acknowledge()
                case .line: try receive()
                }
            }
            monitor.advance(to: BootClock.now())
            monitor.drain { seen.take($0) }
            if var result = seen.result {
                result.calibration.established = BootClock.now()
                return result
            }
            if seen.hasScaleFault { throw seen.failure }
            if seen.isSilent { throw Failure(.io, "\(port.path): the sensor sends nothing any more") }
            if let refusal = seen.refusal {
                prompts.show(.refused(refusal))
                seen.clearRefusal()
            } else if let progress = monitor.gestureProgress(of: sensor.identity) {
                prompts.show(.gesture(progress))
            }
        }
        throw seen.failure
    }

    private func receive() throws {
        let count = try read()
        chunk.withUnsafeBytes { bytes in
            monitor.receive(
                UnsafeRawBufferPointer(rebasing: bytes[..<count]), from: sensor.identity, at: BootClock.now())
        }
    }

    private func read() throws -> Int {
        switch chunk.withUnsafeMutableBytes({ port.read(into: $0) }) {
        case .bytes(let count): return count
        case .nothing: return 0
        case .hangUp: throw Failure(.io, "\(port.path): the sensor is gone")
        case .failure(let error): throw error
        }
    }

    private static let stopped = Failure(.unavailable, "stopped; nothing was changed")
}

/// What the wearer reads meanwhile: a line that changes on a terminal, one line a step elsewhere.
struct CalibrationPrompts {
    /// What there is to say.
    enum Prompt {
        case listening(rate: Int)
        case gesture(GestureProgress)
        case refused(CalibrationOutcome)
    }

    private let isTerminal = StandardError.isTerminal
    private var last = ""
    private var lastStep = ""
    private var isOnScreen = false

    /// Says it, unless it was just said.
    mutating func show(_ prompt: Prompt) {
        if case .refused(let outcome) = prompt {
            end()
            StandardError.write("Not yet. " + MountText.advice(outcome) + " Once more, from the start:")
            lastStep = ""
            return
        }
        let (step, detail) = words(prompt)
        if isTerminal {
            let line = step + detail
            guard line != last else { return }
            last = line
            StandardError.put("\r\u{1B}[K" + line)
            isOnScreen = true
        } else if step != lastStep {
            lastStep = step
            StandardError.write(step)
        }
    }

    /// The line is left as it stands.
    mutating func end() {
        if isOnScreen { StandardError.put("\r\u{1B}[K") }
        isOnScreen = false
        last = ""
    }

    private func words(_ prompt: Prompt) -> (step: String, detail: String) {
        switch prompt {
        case .listening(let rate): return ("Listening at \(rate) bits per second ...", "")
        case .refused: return ("", "")
        case .gesture(let progress):
            switch progress {
            case .standing(let seconds):
                return (
                    "Stand upright and still for five seconds.",
                    seconds > 0 ? "  \(DecimalText.fixed(seconds.rounded(.down), 0)) s" : ""
                )
            case .ready:
                return ("Now bow forward three times, hands to the knees, and come back up each time.", "")
            case .bowing(let number, let degrees):
                return ("Bow \(number) of 3.", "  \(DecimalText.fixed(degrees, 0)) degrees")
            case .between(let done): return ("\(done) of 3 done.", "  Again, when you are upright.")
            case .settling: return ("Stand still.", "")
            }
        }
    }
}
