import LumbarCore

/// What a program reads from a simulated sensor: chunks of bytes, and when each was read.
///
/// Chunks come as the link delivers them, cut anywhere, with the faults of the model. Nothing is stored but the bytes
/// on their way; once the buffers have grown, a chunk costs no allocation.
public struct SimulatedStream: Sendable {
    private var source: SampleSource
    private let model: SensorModel
    private let origin: Instant
    private var random: SeededRandom
    private var loss: FaultCountdown
    private var corruption: FaultCountdown
    private var garbageRun: FaultCountdown
    /// Bytes sent and not yet delivered, those before `head` delivered.
    private var pending: [UInt8] = []
    private var head = 0
    /// When the last byte of `pending` is through, seconds.
    private var lineFree = 0.0
    private var scratch: [UInt8] = []
    private var clock = 0.0
    private var state = State.unplugged
    private var nextDisconnection = 0

    private enum State {
        case unplugged
        case plugged
        case over
    }

    /// What happens next on the line.
    public enum Event: Sendable, Equatable {
        /// The sensor is there.
        case attached(Instant)
        /// Bytes were read.
        case bytes(Instant)
        /// The sensor is gone.
        case detached(Instant)
    }

    /// Seconds one byte takes on the line, 8N1.
    private let byteTime: Double

    /// The bytes of a sensor on a wearer who acts out `scenario`; instants count from `origin`.
    public init(
        scenario: Scenario, seed: UInt64, sensor model: SensorModel = SensorModel(), body: WearerBody? = nil,
        origin: Instant = .zero
    ) {
        source = SampleSource(scenario: scenario, seed: seed, sensor: model, body: body, origin: origin)
        self.model = model
        self.origin = origin
        byteTime = 10 / Self.baud(for: model)
        var random = SeededRandom(seed: seed, purpose: 41)
        loss = FaultCountdown(mean: model.faults.bytesPerLoss, random: &random)
        corruption = FaultCountdown(mean: model.faults.bytesPerCorruption, random: &random)
        garbageRun = FaultCountdown(mean: model.faults.bytesPerGarbageRun, random: &random)
        self.random = random
        pending.reserveCapacity(16384)
        scratch.reserveCapacity(256)
    }

    /// The slowest usual line that carries the model's samples with room to spare.
    private static func baud(for model: SensorModel) -> Double {
        let bytesPerSecond = model.rateHz * Double(FrameWriter.longest(model.wire))
        return [115_200, 230_400, 460_800].first { $0 > 13 * bytesPerSecond } ?? 921_600
    }

    /// The person who wears the sensor.
    public var body: WearerBody { source.wearer.body }

    /// The truth so far; complete once the stream has ended.
    public var truth: [TruthSpan] { source.truth }

    /// The next event, or nil at the end; `bytes` is replaced by the bytes that were read.
    public mutating func next(into bytes: inout [UInt8]) -> Event? {
        bytes.removeAll(keepingCapacity: true)
        switch state {
        case .over: return nil
        case .unplugged:
            state = .plugged
            lineFree = clock
            FrameWriter.appendGreeting(model.wire, to: &pending)
            return .attached(instant(clock))
        case .plugged: return read(into: &bytes)
        }
    }

    /// The next chunk, coming and going of the sensor passed over; nil at the end.
    public mutating func nextChunk(into bytes: inout [UInt8]) -> Instant? {
        while let event = next(into: &bytes) {
            if case .bytes(let instant) = event { return instant }
        }
        return nil
    }

    private func instant(_ seconds: Double) -> Instant { origin + .seconds(seconds) }

    private mutating func read(into bytes: inout [UInt8]) -> Event? {
        while true {
            let previous = clock
            clock = nextDelivery(after: clock)
            if let window = disconnection, window.start <= clock { return unplug(window) }
            let goesOn = produce(until: clock)
            deliver(into: &bytes, at: clock)
            if !bytes.isEmpty { return .bytes(instant(clock)) }
            if !goesOn, head == pending.count {
                clock = previous
                state = .over
                return nil
            }
        }
    }

    private var disconnection: SensorFaults.Window? {
        nextDisconnection < model.faults.disconnections.count
            ? model.faults.disconnections[nextDisconnection] : nil
    }

    private mutating func unplug(_ window: SensorFaults.Window) -> Event? {
        let gone = max(window.start, 0)
        nextDisconnection += 1
        // The wearer goes on; what the sensor measures meanwhile is lost with what was on the line.
        let goesOn = produce(until: window.end)
        pending.removeAll(keepingCapacity: true)
        head = 0
        state = goesOn ? .unplugged : .over
        clock = window.end
        return .detached(instant(gone))
    }

    /// When the reader wakes next, seconds.
    private mutating func nextDelivery(after t: Double) -> Double {
        switch model.delivery {
        case .immediate: source.nextTime
        case .serial: t + random.uniform(0.010, 0.016)
        case .bluetooth: t + (random.chance(0.01) ? random.uniform(0.15, 0.25) : random.uniform(0.02, 0.06))
        }
    }

    /// Sends the samples taken up to `t`; false once the scenario is over.
    private mutating func produce(until t: Double) -> Bool {
        while source.nextTime <= t {
            guard let sample = source.next() else { return false }
            send(sample)
        }
        return true
    }

    private mutating func send(_ sample: SampleSource.Sample) {
        if model.faults.silences.contains(where: { $0.contains(sample.time) }) { return }
        scratch.removeAll(keepingCapacity: true)
        FrameWriter.append(
            sample.counts, microseconds: sample.deviceNanoseconds / 1000, index: sample.index,
            wire: model.wire,
            to: &scratch)
        if model.faults.garbage.contains(where: { $0.contains(sample.time) }) {
            for i in scratch.indices { scratch[i] = UInt8(truncatingIfNeeded: random.next()) }
        }
        lineFree = max(lineFree, sample.time + 0.001)
        if model.wire.isPacketed {
            if !losesPacket() { pending.append(contentsOf: scratch) }
        } else if hasByteFaults {
            for byte in scratch { put(byte) }
        } else {
            pending.append(contentsOf: scratch)
        }
        lineFree += Double(scratch.count) * byteTime
    }

    /// Whether one of the sample's bytes would have been lost: then the kernel's queue was full, and all of it is.
    private mutating func losesPacket() -> Bool {
        var isLost = false
        for _ in scratch where loss.strikes(&random) { isLost = true }
        return isLost
    }

    private var hasByteFaults: Bool {
        let faults = model.faults
        return faults.bytesPerLoss > 0 || faults.bytesPerCorruption > 0 || faults.bytesPerGarbageRun > 0
    }

    /// One byte onto the line, or what becomes of it.
    private mutating func put(_ byte: UInt8) {
        if garbageRun.strikes(&random) {
            for _ in 0..<random.whole(1...60) { pending.append(UInt8(truncatingIfNeeded: random.next())) }
        }
        if loss.strikes(&random) { return }
        if corruption.strikes(&random) {
            pending.append(byte ^ UInt8(truncatingIfNeeded: random.whole(1...255)))
            return
        }
        pending.append(byte)
    }

    /// Hands over the bytes that are through the line by `t`.
    private mutating func deliver(into bytes: inout [UInt8], at t: Double) {
        var through = pending.count
        if model.delivery == .serial, lineFree > t {
            through = max(head, through - Int(((lineFree - t) / byteTime).rounded(.up)))
        }
        bytes.append(contentsOf: pending[head..<through])
        head = through
        if head < pending.count, head > 8192 {
            pending.removeFirst(head)
            head = 0
        }
        guard head == pending.count else { return }
        pending.removeAll(keepingCapacity: true)
        head = 0
    }
}
