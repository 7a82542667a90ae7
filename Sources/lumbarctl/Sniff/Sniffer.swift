import LumbarCore
import LumbarDecoders
import LumbarLinux

/// Listens to a serial line at one rate after the other, until a sensor is understood. Writes nothing.
final class Sniffer {
    private enum Token { case line, signals, timer }

    private let path: String
    private let catalog: DecoderCatalog
    private let port: SerialPort
    private let signals: SignalSource
    private var timer: WakeTimer
    private var poller: Poller<Token>
    private var chunk = [UInt8](repeating: 0, count: 4096)
    private var isStopped = false

    private static let listenFor = Elapsed.seconds(2)

    /// Opens the line.
    init(path: String, baud: Int, _ catalog: DecoderCatalog) throws {
        self.path = path
        self.catalog = catalog
        do throws(SystemError) {
            signals = try SignalSource.open()
            timer = try WakeTimer.open()
            poller = try Poller<Token>.open()
            port = try SerialPort.open(path, baud: baud)
            _ = try poller.add(signals.descriptor, token: .signals)
            _ = try poller.add(timer.descriptor, token: .timer)
            _ = try poller.add(port.descriptor, token: .line)
        } catch {
            throw Failure(opening: error)
        }
    }

    /// Tries the rates; the last attempt is the one that understood the sensor, if any did.
    ///
    /// - Parameter seconds: how long is listened once it is understood, or at the one rate given.
    func run(rates: [Int], seconds: Double) throws -> [SniffAttempt] {
        do {
            var attempts: [SniffAttempt] = []
            for rate in rates where !isStopped {
                try port.setBaud(rate)
                var attempt = SniffAttempt(baud: rate, catalog)
                let errors = port.lineErrors?.framing
                let only = rates.count == 1
                try listen(&attempt, for: only ? .seconds(seconds) : Self.listenFor, untilFound: !only)
                if !only, attempt.decoder != nil {
                    try listen(&attempt, for: .seconds(seconds), untilFound: false)
                }
                if let errors, let now = port.lineErrors?.framing { attempt.framingErrors = now - errors }
                attempts.append(attempt)
                if attempt.decoder != nil { break }
            }
            if StandardError.isTerminal { StandardError.put("\r\u{1B}[K") }
            return attempts
        } catch let error as SystemError {
            throw Failure(error, otherwise: .io)
        }
    }

    private func listen(_ attempt: inout SniffAttempt, for duration: Elapsed, untilFound: Bool) throws {
        let start = BootClock.now()
        let end = start + duration
        defer { attempt.seconds += (BootClock.now() - start).seconds }
        while !isStopped {
            let now = BootClock.now()
            guard now < end else { return }
            show(attempt, until: end, at: now)
            timer.set(min(end, now + .milliseconds(500)))
            _ = try poller.wait()
            while let event = poller.next() {
                switch event.token {
                case .timer: timer.acknowledge()
                case .signals: isStopped = true
                case .line: try take(&attempt)
                }
            }
            if untilFound, attempt.decoder != nil { return }
        }
    }

    private func take(_ attempt: inout SniffAttempt) throws {
        switch chunk.withUnsafeMutableBytes({ port.read(into: $0) }) {
        case .bytes(let count):
            let now = BootClock.now()
            chunk.withUnsafeBytes { attempt.push(UnsafeRawBufferPointer(rebasing: $0[..<count]), at: now) }
        case .nothing: break
        case .hangUp:
            // What came until then may say enough.
            guard attempt.bytes.total > 0 else {
                throw Failure(.io, "\(Printable.text(path)): the sensor is gone")
            }
            isStopped = true
        case .failure(let error): throw error
        }
    }

    private func show(_ attempt: SniffAttempt, until end: Instant, at now: Instant) {
        guard StandardError.isTerminal else { return }
        let what = attempt.decoder?.protocolName ?? "\(attempt.bytes.total) bytes, not understood yet"
        let left = DecimalText.fixed((end - now).seconds.rounded(.up), 0)
        StandardError.put("\r\u{1B}[KListening at \(attempt.baud ?? 0) baud, \(left) s more: \(what)")
    }
}
