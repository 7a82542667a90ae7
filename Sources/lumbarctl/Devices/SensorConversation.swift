import LumbarCore
import LumbarDecoders
import LumbarLinux

/// Talks to a WitMotion sensor: sends a command, waits as the manual asks for, and reads the answer.
final class SensorConversation {
    private enum Token { case line, signals, timer }

    private let port: CommandPort
    private let signals: SignalSource
    private var timer: WakeTimer
    private var poller: Poller<Token>
    private var chunk = [UInt8](repeating: 0, count: 4096)
    private var reader = WitMotionReplyReader()
    /// Bits per second of the line.
    private(set) var baud: Int

    /// The pause behind a command; the vendor's examples leave a tenth of a second.
    static let pause = Elapsed.milliseconds(100)
    private static let answerWithin = Elapsed.milliseconds(600)
    private static let listenFor = Elapsed.seconds(2)
    // Frames in a row that make sure of a rate: a false one passes its sum once in 256.
    private static let enoughFrames = 4

    /// Opens the line at `baud`.
    init(path: String, baud: Int) throws {
        self.baud = baud
        do throws(SystemError) {
            signals = try SignalSource.open()
            timer = try WakeTimer.open()
            poller = try Poller<Token>.open()
            port = CommandPort(try SerialPort.open(path, baud: baud))
            _ = try poller.add(signals.descriptor, token: .signals)
            _ = try poller.add(timer.descriptor, token: .timer)
            _ = try poller.add(port.descriptor, token: .line)
        } catch {
            throw Failure(opening: error)
        }
    }

    /// Whether the sensor sends the combined frame, as far as it was heard.
    var isCombined: Bool { reader.isCombined }

    /// Listens at one rate after the other; false when no WitMotion sensor was understood at any.
    func find(_ rates: [Int]) throws -> Bool {
        for rate in rates {
            StandardError.write("Listening at \(rate) bits per second ...")
            try setBaud(rate)
            if try listen(for: Self.listenFor, until: { $0.run >= Self.enoughFrames }) { return true }
        }
        return false
    }

    /// Sends a command, and leaves the pause behind it.
    func send(_ command: [UInt8]) throws {
        try onTheLine { () throws(SystemError) in try port.send(command) }
        _ = try listen(for: Self.pause) { _ in false }
    }

    /// What a setting's register holds, or nil when the sensor does not answer; asks twice.
    func read(_ setting: WitMotionSetting) throws -> UInt16? {
        for _ in 0..<2 {
            reader.expect(setting.rawValue)
            try onTheLine { () throws(SystemError) in try port.send(setting.read) }
            if try listen(for: Self.answerWithin, until: { $0.reply != nil }), let reply = reader.reply {
                return reply.values[0]
            }
        }
        return nil
    }

    /// Goes on at another rate.
    func setBaud(_ rate: Int) throws {
        try onTheLine { () throws(SystemError) in try port.setBaud(rate) }
        baud = rate
        reader.restart()
    }

    /// Samples a second, counted for `duration`.
    func measureRate(for duration: Elapsed) throws -> Double {
        let before = reader.samples
        _ = try listen(for: duration) { _ in false }
        return Double(reader.samples - before) / duration.seconds
    }

    /// Takes what comes until `isEnough`, or until the time is over; true when it was enough.
    private func listen(for duration: Elapsed, until isEnough: (WitMotionReplyReader) -> Bool) throws -> Bool
    {
        timer.set(BootClock.now() + duration)
        while true {
            try onTheLine { () throws(SystemError) in _ = try poller.wait() }
            while let event = poller.next() {
                switch event.token {
                case .signals: throw Failure(.unavailable, "stopped; what was sent until then stays set")
                case .timer:
                    timer.acknowledge()
                    return false
                case .line: if try take(), isEnough(reader) { return true }
                }
            }
        }
    }

    private func onTheLine(_ body: () throws(SystemError) -> Void) throws {
        do throws(SystemError) { try body() } catch { throw Failure(error, otherwise: .io) }
    }

    /// Reads a chunk; false when there was none.
    private func take() throws -> Bool {
        var count: Int? = 0
        try onTheLine { () throws(SystemError) in count = try receive() }
        guard let count else { throw Failure(.io, "\(Printable.text(port.path)): the sensor is gone") }
        reader.push(chunk[..<count])
        return count > 0
    }

    private func receive() throws(SystemError) -> Int? {
        // The closure is not typed: the buffer's own call knows of no kind of error before Swift 6.1.
        var failure: SystemError?
        let count = chunk.withUnsafeMutableBytes { buffer -> Int? in
            do throws(SystemError) { return try port.read(into: buffer) } catch { failure = error }
            return nil
        }
        if let failure { throw failure }
        return count
    }
}
