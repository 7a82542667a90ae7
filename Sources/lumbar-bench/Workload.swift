import LumbarCore
import LumbarSimulation

/// Bytes of a simulated day at 100 Hz, in chunks as a serial line delivers them, all in memory.
struct Workload {
    var bytes: [UInt8] = []
    /// End of each chunk in `bytes`, and when it was read.
    var chunks: [(end: Int, time: Instant)] = []

    static let rateHz = 100.0

    /// An hour in which a bit of everything happens.
    static let hour = """
        sit 24 min shifting each 6 min, stand 1 min, walk 4 min, 3x(lift 60 deg, walk 20 s), stand 2 min,
        stoop 70 deg for 4 s, stand 1 min, squat, walk 3 min, sit 12 min, stand 30 s, bend 50 deg for 20 s, walk 5 min,
        lift 65 deg hard then twist 40 deg left, stand 4 min, turn 90 deg left, walk 2 min
        """

    /// `hours` of an scenario hour that repeats itself, as WitMotion frames or as text lines.
    init(hours: Double, wire: SensorModel.Wire, seed: UInt64 = 1) {
        guard let scenario = try? Scenario(parsing: Self.hour) else {
            preconditionFailure("the hour does not parse")
        }
        var seed = seed
        var origin = Instant(nanoseconds: 1_000_000_000)
        let end = origin + .hours(hours)
        var chunk: [UInt8] = []
        while origin < end {
            var sensor = SensorModel()
            sensor.wire = wire
            sensor.rateHz = Self.rateHz
            var stream = SimulatedStream(
                scenario: scenario, seed: seed, sensor: sensor, origin: origin)
            let before = chunks.count
            while let time = stream.nextChunk(into: &chunk), time < end {
                bytes.append(contentsOf: chunk)
                chunks.append((bytes.count, time))
            }
            guard chunks.count > before, let last = chunks.last else { break }
            origin = last.time + .milliseconds(10)
            seed += 1
        }
    }

    /// Gives every chunk to `body`, in order.
    func forEachChunk(
        from first: Int = 0, to last: Int? = nil, _ body: (UnsafeRawBufferPointer, Instant) -> Void
    ) {
        bytes.withUnsafeBytes { all in
            var start = first == 0 ? 0 : chunks[first - 1].end
            for i in first..<(last ?? chunks.count) {
                body(UnsafeRawBufferPointer(rebasing: all[start..<chunks[i].end]), chunks[i].time)
                start = chunks[i].end
            }
        }
    }

    /// Gives one chunk to `body`.
    func withChunk(_ index: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        bytes.withUnsafeBytes { all in
            let start = index == 0 ? 0 : chunks[index - 1].end
            body(UnsafeRawBufferPointer(rebasing: all[start..<chunks[index].end]))
        }
    }

    /// Index of the first chunk read at or after `time`.
    func index(at time: Instant) -> Int { chunks.firstIndex { $0.time >= time } ?? chunks.count }
}
