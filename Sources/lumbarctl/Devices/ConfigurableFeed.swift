import LumbarCore
import LumbarLinux
import LumbarSimulation

/// A simulated sensor on a pseudo-terminal that obeys what is written to it.
///
/// Bytes come out as a line carries them: whoever listens at another rate than the sensor's gets garbage, and is not
/// understood; and what does not fit the line is dropped by the sensor, sample by sample.
struct ConfigurableFeed {
    private(set) var sensor: ConfigurableWitMotion

    init(sensor: ConfigurableWitMotion) { self.sensor = sensor }

    /// Prints the path to open, waits until somebody does, and plays the scenario to its end.
    func run() throws {
        let line = try PseudoTerminal()
        let output = StandardOutput()
        try output.write(line: line.path)
        try output.flush()
        while !line.isOpen { line.wait(milliseconds: 20) }

        var sensor = sensor
        let begun = BootClock.now()
        var due = 0.0
        // Until when the bytes sent so far keep the line busy, seconds.
        var busyUntil = 0.0
        while true {
            let now = (BootClock.now() - begun).seconds
            try obey(line, &sensor, at: now)
            guard now >= due else {
                line.wait(milliseconds: Int32(max(1, min(20, (due - now) * 1000))))
                continue
            }
            var bytes: [UInt8] = []
            guard sensor.appendSample(at: due, to: &bytes) else { return }
            due = max(due + 1 / sensor.rateHz, now - 1)
            guard busyUntil <= now + 0.05 else { continue }
            busyUntil = max(busyUntil, now) + Double(bytes.count * 10) / Double(sensor.baud)
            send(bytes, from: sensor, to: line)
        }
    }

    private func obey(_ line: PseudoTerminal, _ sensor: inout ConfigurableWitMotion, at now: Double) throws {
        let bytes = line.receive()
        guard !bytes.isEmpty, line.baud == sensor.baud else { return }
        var answer: [UInt8] = []
        sensor.receive(bytes, at: now, answer: &answer)
        send(answer, from: sensor, to: line)
    }

    private func send(_ bytes: [UInt8], from sensor: ConfigurableWitMotion, to line: PseudoTerminal) {
        guard line.isOpen else { return }
        line.send(MismatchedLine.receive(bytes, sent: sensor.baud, received: line.baud))
    }
}
