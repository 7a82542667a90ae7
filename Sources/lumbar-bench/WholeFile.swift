@preconcurrency import Glibc
import LumbarCore
import LumbarDecoders
import LumbarMonitor

/// The whole chain over a file of raw WitMotion bytes at 100 Hz, in 4 KiB reads, as a replay sees them.
enum WholeFile {
    static func measure(path: String, runs: Int) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            fputs("lumbar-bench: \(path): \(String(cString: strerror(errno)))\n", stderr)
            exit(66)
        }
        defer { close(descriptor) }
        var status = stat()
        fstat(descriptor, &status)
        let length = Int(status.st_size)
        guard length > 0,
            let memory = mmap(nil, length, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0),
            memory != MAP_FAILED
        else {
            fputs("lumbar-bench: \(path): cannot be mapped\n", stderr)
            exit(74)
        }
        let bytes = UnsafeRawBufferPointer(start: memory, count: length)
        var samples = 0
        var outputs = 0
        let seconds = CPUTime.median(runs) {
            outputs = 0
            samples = replay(bytes) { outputs += 1 }
        }
        let perSample = seconds / Double(max(1, samples)) * 1e9
        print(
            "\(samples) samples, \(outputs) outputs: \(DecimalText.fixed(seconds, 3)) CPU s, "
                + "\(DecimalText.fixed(perSample, 1)) ns per sample")
    }

    /// 33 bytes a sample and 10 ms a sample: a chunk is read when its last byte came.
    private static func replay(_ bytes: UnsafeRawBufferPointer, _ count: () -> Void) -> Int {
        var monitor = Monitor()
        let device = Device(id: DeviceID("file"), protocolName: WitMotionDecoder.protocolName)
        monitor.attach(device, at: .zero)
        let chunk = 33 * 4
        var offset = 0
        while offset < bytes.count {
            let end = min(offset + chunk, bytes.count)
            let now = Instant(nanoseconds: Int64(end) * 10_000_000 / 33)
            monitor.receive(UnsafeRawBufferPointer(rebasing: bytes[offset..<end]), from: device.id, at: now)
            monitor.drain { _ in count() }
            offset = end
        }
        return monitor.status(of: device.id)?.signal.samples ?? 0
    }
}
