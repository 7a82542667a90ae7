@preconcurrency import Glibc
import LumbarCore
import LumbarDecoders
import LumbarMonitor

/// What many sensors at once cost, each on a wearer of its own, through one monitor as the daemon drives it: chunks as
/// `read(2)` returns them, interleaved by when they were read, and the outputs drained after each.
///
/// Every row plays the same hundred streams of WitMotion frames at 100 Hz, so many at a time: rows differ in nothing
/// but how many share a monitor. CPU is measured without looking at the clock in between; latency in a run of its
/// own.
enum ManySensors {
    /// Each divides the streams into whole groups.
    private static let counts = [1, 10, 25, 50, 100]
    private static let streams = 100
    private static let span = Elapsed.minutes(2)
    private static let recordings = 4

    /// One stream: a stretch of one of the recordings, moved to begin with the others.
    private struct Stream {
        let device: Device
        let recording: Int
        let first: Int
        let shift: Elapsed
    }

    /// A chunk in the order of reading.
    private struct Step {
        let time: Instant
        let stream: Int
        let chunk: Int
    }

    static func measure(runs: Int) {
        let work = (0..<recordings).map {
            Workload(hours: 1, wire: .witMotion, seed: UInt64(1000 * ($0 + 1)))
        }
        let all = (0..<streams).map { stream($0, work) }
        print(
            "\n\(streams) streams of WitMotion frames at 100 Hz, \(Int(span.seconds)) s each, by sensors in one monitor"
        )
        print("                CPU us per   share of one   x one    receive to output, us")
        print("sensors      sensor-second           core  sensor   median     99 %      max")
        var ofOne = 0.0
        for count in counts {
            let groups = stride(from: 0, to: streams, by: count).map { first in
                schedule(all, first..<first + count, work)
            }
            let seconds = cpuSeconds(groups, all, work, count, runs: runs)
            let perSensorSecond = seconds / Double(streams) / span.seconds
            if count == 1 { ofOne = perSensorSecond }
            let late = latencies(groups, all, work, count)
            print(
                right("\(count)", 7) + right(DecimalText.fixed(perSensorSecond * 1e6, 2), 19)
                    + right(DecimalText.fixed(perSensorSecond * Double(count) * 100, 4) + " %", 15)
                    + right(DecimalText.fixed(perSensorSecond / ofOne, 2), 8)
                    + right(microseconds(late, 0.5), 9) + right(microseconds(late, 0.99), 9)
                    + right(microseconds(late, 1), 9))
        }
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private static func microseconds(_ sorted: [UInt32], _ share: Double) -> String {
        let index = min(sorted.count - 1, Int(Double(sorted.count) * share))
        return DecimalText.fixed(Double(sorted[index]) * 1e-3, 1)
    }

    // MARK: The streams

    /// Streams begin at different minutes of the hour, and not on the same millisecond.
    private static func stream(_ index: Int, _ work: [Workload]) -> Stream {
        let recording = index % recordings
        let begin = Instant(nanoseconds: 1_000_000_000) + .minutes(Double(7 * index % 55))
        let phase = Elapsed(nanoseconds: Int64(index) * 6_180_340 % 10_000_000)
        let device = Device(
            id: DeviceID("usb-1a86_USB_Serial_\(100 + index)-if00"),
            protocolName: WitMotionDecoder.protocolName, wearer: WearerID("wearer-\(index)"))
        return Stream(
            device: device, recording: recording, first: work[recording].index(at: begin),
            shift: Instant(nanoseconds: 1_000_000_000) - begin + phase)
    }

    private static func schedule(_ all: [Stream], _ group: Range<Int>, _ work: [Workload]) -> [Step] {
        var steps: [Step] = []
        let end = Instant(nanoseconds: 1_000_000_000) + span
        for index in group {
            let chunks = work[all[index].recording].chunks
            var chunk = all[index].first
            while chunk < chunks.count, chunks[chunk].time + all[index].shift < end {
                steps.append(Step(time: chunks[chunk].time + all[index].shift, stream: index, chunk: chunk))
                chunk += 1
            }
        }
        return steps.sorted { ($0.time, $0.stream) < ($1.time, $1.stream) }
    }

    // MARK: One way through

    private static func monitor(for group: ArraySlice<Stream>) -> Monitor {
        var monitor = Monitor()
        for stream in group { monitor.attach(stream.device, at: .zero) }
        monitor.drain { _ in }
        return monitor
    }

    /// Plays `steps`; `body` is called around what one chunk leads to.
    @inline(__always)
    private static func play(
        _ steps: [Step], _ all: [Stream], _ work: [Workload], into monitor: inout Monitor,
        around body: (() -> Void) -> Void
    ) {
        for step in steps {
            let stream = all[step.stream]
            work[stream.recording].withChunk(step.chunk) { bytes in
                body {
                    monitor.receive(bytes, from: stream.device.id, at: step.time)
                    monitor.drain { _ in }
                }
            }
        }
    }

    private static func cpuSeconds(
        _ groups: [[Step]], _ all: [Stream], _ work: [Workload], _ count: Int, runs: Int
    ) -> Double {
        var taken: [Double] = []
        for _ in 0..<runs {
            var seconds = 0.0
            for (index, steps) in groups.enumerated() {
                var monitor = monitor(for: all[(index * count)..<(index * count + count)])
                let start = CPUTime.now
                play(steps, all, work, into: &monitor) { $0() }
                seconds += CPUTime.now - start
            }
            taken.append(seconds)
        }
        return taken.sorted()[taken.count / 2]
    }

    /// Nanoseconds on the wall's clock from the bytes to everything they led to, sorted.
    private static func latencies(
        _ groups: [[Step]], _ all: [Stream], _ work: [Workload], _ count: Int
    ) -> [UInt32] {
        var late: [UInt32] = []
        late.reserveCapacity(groups.reduce(0) { $0 + $1.count })
        for (index, steps) in groups.enumerated() {
            var monitor = monitor(for: all[(index * count)..<(index * count + count)])
            play(steps, all, work, into: &monitor) { work in
                let start = CPUTime.wallNanoseconds
                work()
                late.append(UInt32(clamping: CPUTime.wallNanoseconds - start))
            }
        }
        return late.sorted()
    }
}
