import LumbarCore
import LumbarDecoders
import LumbarSignal

/// One attached sensor: its decoder, its signal chain, and whether valid frames still come.
struct Link: Sendable {
    let device: Device
    private(set) var chain: SignalChain
    /// The decoder, once the protocol is certain; changed where it lies, so that its state is never copied.
    private var decoder: (any StreamDecoder)?
    /// Finds the decoder while there is none.
    private var detector: ProtocolDetector?
    private var readings = ReadingBuffer()
    private var health = Health.silentSinceAttach
    private var lastValid: Instant
    private var saidScaleFault = false
    private var saidDeadAccelerometer = false
    private var saidCalibration = 0
    private var saidComplaint: String?
    private let decoders: DecoderCatalog
    /// What is wrong with a profile that came with the device.
    private let profileError: String?
    /// End of the last feature frame: what is known reaches this far.
    private(set) var knownUntil: Instant
    /// When silence next means something; kept, so that asking copies no link.
    private(set) var nextDeadline: Instant?

    /// No valid frame for this long: the sensor is degraded.
    static let degradedAfter = Elapsed.seconds(2)
    /// Samples with a dead accelerometer before it is said: one may be damage that its sum does not show.
    static let deadSamples = 10
    /// No valid frame for this long: the shell should close and reopen it.
    static let stalledAfter = Elapsed.seconds(5)

    //   attach          first valid reading        2 s without      5 s without
    //   silentSinceAttach ------> delivering ------> degraded ------> stalled
    //        | 5 s                    ^                  |               |
    //        +--> stalled             +---- valid -------+---- valid ----+
    private enum Health: Sendable { case silentSinceAttach, delivering, degraded, stalled }

    init(device: Device, settings: MonitorSettings, at now: Instant) {
        self.device = device
        chain = SignalChain(mount: device.mount, settings: settings.signal, known: device.calibration)
        var decoders = settings.decoders
        profileError = device.profiles.isEmpty ? nil : decoders.add(device.profiles)
        self.decoders = decoders
        decoder = decoders.make(for: device)
        if decoder == nil { detector = .live(decoders.candidates()) }
        lastValid = now
        knownUntil = now
        schedule()
    }

    /// Whether the protocol is certain and readings come.
    var isLocked: Bool { decoder?.isLocked ?? false }

    /// The protocol, once it is certain.
    var protocolName: String? { decoder.flatMap { $0.isLocked ? $0.protocolName : nil } }

    var outcomes: DecodeOutcomes { decoder?.outcomes ?? DecodeOutcomes() }

    /// What is known about the signal, and what the sensor says of itself.
    var status: SignalStatus {
        var status = chain.status
        status.vitals = decoder?.vitals ?? SensorVitals()
        return status
    }

    var collectsAttitudes: Bool {
        get { chain.collectsAttitudes }
        set { chain.collectsAttitudes = newValue }
    }

    mutating func takeAttitudes() -> [AttitudeReport] { chain.takeAttitudes() }

    /// What a chunk led to, besides feature frames.
    struct Received {
        var events: [DeviceEvent.Kind] = []
        /// The sensor begins to deliver, for the first time or after a stall.
        var begins = false
    }

    /// Decodes a chunk and appends the feature frames it completes.
    mutating func receive(
        _ bytes: UnsafeRawBufferPointer, at now: Instant, into frames: inout [Features]
    ) -> Received {
        var received = Received()
        readings.removeAll()
        decode(bytes, at: now)
        guard readings.count > 0 else {
            noteComplaint(&received)
            noteDeadAccelerometer(&received)
            return received
        }
        noteValid(at: now, &received)
        chain.process(readings, into: &frames)
        if let last = frames.last {
            knownUntil = last.end
            // Ten times a second will do.
            chain.temperatureCelsius = decoder?.vitals.temperatureCelsius
        }
        if chain.hasScaleFault != saidScaleFault {
            saidScaleFault.toggle()
            if saidScaleFault { received.events.append(.scaleFault) }
        }
        if chain.hasTrustNews { noteTrust(&received.events) }
        if chain.calibrationRevision != saidCalibration { noteMount(&received.events) }
        return received
    }

    @inline(never)
    private mutating func noteTrust(_ events: inout [DeviceEvent.Kind]) {
        for change in chain.takeTrustChanges() {
            events.append(.trouble(change.trouble, begins: change.begins))
        }
    }

    @inline(never)
    private mutating func noteMount(_ events: inout [DeviceEvent.Kind]) {
        saidCalibration = chain.calibrationRevision
        for news in chain.takeMountNews() { events.append(.mount(news)) }
        events.append(.calibration(chain.mountCalibration, device.wearer))
    }

    /// What the chain has to say about the mount since it was interrupted.
    mutating func takeMountEvents() -> [DeviceEvent.Kind] {
        var events: [DeviceEvent.Kind] = []
        if chain.calibrationRevision != saidCalibration { noteMount(&events) }
        return events
    }

    private mutating func decode(_ bytes: UnsafeRawBufferPointer, at now: Instant) {
        decoder?.push(bytes, at: now, into: &readings)
        if detector != nil { detect(bytes, at: now) }
    }

    @inline(never)
    private mutating func detect(_ bytes: UnsafeRawBufferPointer, at now: Instant) {
        guard let found = detector?.push(bytes, at: now, into: &readings) else { return }
        decoder = found
        detector = nil
    }

    /// A line that nobody can read yet: says once what is wrong with it, if a decoder can tell.
    private mutating func noteComplaint(_ received: inout Received) {
        guard health == .silentSinceAttach else { return }
        let complaint = profileError ?? decoder?.complaint ?? detector?.complaint
        guard let reason = complaint, reason != saidComplaint else { return }
        saidComplaint = reason
        received.events.append(.notUnderstood(reason: reason))
    }

    /// Whole frames and no sample: says once when the accelerometer is why.
    private mutating func noteDeadAccelerometer(_ received: inout Received) {
        guard !saidDeadAccelerometer, outcomes.deadAccelerometer >= Link.deadSamples else { return }
        saidDeadAccelerometer = true
        received.events.append(.deadAccelerometer)
    }

    private mutating func noteValid(at now: Instant, _ received: inout Received) {
        if health == .delivering {
            lastValid = now
            nextDeadline = now + Link.degradedAfter
        } else {
            noteReturn(at: now, &received)
        }
    }

    @inline(never)
    private mutating func noteReturn(at now: Instant, _ received: inout Received) {
        switch health {
        case .delivering: break
        case .silentSinceAttach:
            if let decoder { received.events.append(.locked(protocolName: decoder.protocolName)) }
            if let first = readings.readings.first, !first.hasAcceleration {
                received.events.append(.anglesOnly)
            }
            received.begins = true
        case .degraded: received.events.append(.recovered(silence: now - lastValid))
        case .stalled:
            received.events.append(.recovered(silence: now - lastValid))
            received.begins = true
        }
        health = .delivering
        lastValid = now
        schedule()
    }

    private mutating func schedule() {
        switch health {
        case .delivering: nextDeadline = lastValid + Link.degradedAfter
        case .degraded, .silentSinceAttach: nextDeadline = lastValid + Link.stalledAfter
        case .stalled: nextDeadline = nil
        }
    }

    /// Silence has lasted until `now`.
    mutating func advance(to now: Instant) -> DeviceEvent.Kind? {
        switch health {
        case .delivering where now >= lastValid + Link.degradedAfter:
            health = .degraded
            schedule()
            return .degraded
        case .degraded where now >= lastValid + Link.stalledAfter,
            .silentSinceAttach where now >= lastValid + Link.stalledAfter:
            health = .stalled
            schedule()
            return .stalled
        default: return nil
        }
    }

    /// The line was closed or is about to be: what comes next is not a continuation.
    mutating func interrupt(at now: Instant) {
        decoder?.interrupt()
        if decoder == nil { detector = .live(decoders.candidates()) }
        chain.interrupt(at: now)
    }
}
