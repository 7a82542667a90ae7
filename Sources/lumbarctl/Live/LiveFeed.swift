import Glibc
import LumbarCore
import LumbarSimulation

/// Feeds a simulated sensor into a pseudo-terminal at its own pace, or some times faster.
struct LiveFeed {
    let simulation: Simulation
    let speed: Double

    /// Prints the path to open, waits until somebody does, and plays the scenario to its end.
    func run() throws {
        let line = try PseudoTerminal()
        let output = StandardOutput()
        try output.write(line: line.path)
        try output.flush()
        while !line.isOpen { Self.sleep(until: Self.now() + .milliseconds(20)) }

        var stream = simulation.stream
        var bytes: [UInt8] = []
        let begun = Self.now()
        while let time = stream.nextChunk(into: &bytes) {
            Self.sleep(until: begun + .seconds((time - .zero).seconds / speed))
            // A sensor sends whether or not anybody listens, and what nobody read is not kept for later.
            if line.isOpen { line.send(bytes) }
        }
        // What is on the line is lost when it is closed: leave a moment to read it.
        Self.sleep(until: Self.now() + .milliseconds(200))
    }

    private static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    private static func sleep(until time: Instant) {
        var target = timespec()
        target.tv_sec = Int(time.nanoseconds / 1_000_000_000)
        target.tv_nsec = Int(time.nanoseconds % 1_000_000_000)
        while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &target, nil) == EINTR {}
    }
}
