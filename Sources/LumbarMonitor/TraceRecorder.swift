import LumbarCore

/// Remembers a wearer's flexion and posture for the last five hours, the finer the nearer, and makes the trace of an alert.
///
/// Four rings of the same length: means of 1 s, 5 s, 30 s and 2 min. Each interval begins at a whole multiple of its length
/// on the boot's clock. Twelve hundred bytes in all, made once.
struct TraceRecorder: Sendable {
    /// How much of what follows an alert its trace shows: whether it was heeded at once.
    static let after = Elapsed.seconds(30)
    /// Lengths of the intervals of each ring, seconds.
    private static let lengths: [Int64] = [1, 5, 30, 120]
    /// Intervals that each ring holds.
    static let capacity = 150
    /// Stands for an angle that was not known.
    private static let unknown = Int8.min

    /// The newest interval of each ring, counted from the beginning of the boot; what it holds grows on.
    private var newest: SIMD4<Int64> = SIMD4(repeating: .min)
    /// What the newest interval of each ring adds up to.
    private var sums: SIMD4<Double> = .zero
    private var counts: SIMD4<Int32> = .zero
    private var angles = [Int8](repeating: TraceRecorder.unknown, count: 4 * TraceRecorder.capacity)
    private var postures = [UInt8](
        repeating: UInt8(Posture.unknown.index), count: 4 * TraceRecorder.capacity)

    /// Alerts whose traces are not made yet, the oldest first; a handful at most.
    private var waiting: [Alert] = []
    static let mostWaiting = 16

    init() { waiting.reserveCapacity(TraceRecorder.mostWaiting) }

    /// Takes a frame, and the posture that is believed at its end.
    mutating func take(_ frame: Features, _ posture: Posture) {
        // One test a frame, nearly always: all rings are brought forward only when a second is over.
        let second = TraceRecorder.interval(of: frame.start, 0)
        if second > newest[0] { begin(at: frame.start) }
        postures[TraceRecorder.slot(newest[0], 0)] = UInt8(truncatingIfNeeded: posture.index)
        guard frame.poseQuality > 0, frame.wear != .notWorn else { return }
        sums[0] += frame.flexionDegrees
        counts[0] += 1
    }

    private static func interval(of time: Instant, _ ring: Int) -> Int64 {
        let length = lengths[ring] * 1_000_000_000
        let quotient = time.nanoseconds / length
        return time.nanoseconds % length < 0 ? quotient - 1 : quotient
    }

    private static func slot(_ interval: Int64, _ ring: Int) -> Int {
        let place = interval % Int64(capacity)
        return ring * capacity + Int(place < 0 ? place + Int64(capacity) : place)
    }

    /// A new second begins: the one before goes into all rings.
    private mutating func begin(at time: Instant) {
        close()
        for ring in 0..<4 {
            let next = TraceRecorder.interval(of: time, ring)
            guard next > newest[ring] else { continue }
            clear(ring, upTo: next)
            newest[ring] = next
            sums[ring] = 0
            counts[ring] = 0
        }
    }

    /// Adds what the present second holds to the longer intervals it lies in; it begins anew.
    private mutating func close() {
        guard newest[0] != .min else { return }
        let posture = postures[TraceRecorder.slot(newest[0], 0)]
        for ring in 0..<4 {
            if ring > 0 {
                sums[ring] += sums[0]
                counts[ring] += counts[0]
                postures[TraceRecorder.slot(newest[ring], ring)] = posture
            }
            guard counts[ring] > 0 else { continue }
            let mean = (sums[ring] / Double(counts[ring])).rounded()
            angles[TraceRecorder.slot(newest[ring], ring)] = Int8(min(max(mean, -127), 127))
        }
    }

    /// Forgets what stands where the intervals after the newest go, `next` included.
    private mutating func clear(_ ring: Int, upTo next: Int64) {
        let last = newest[ring]
        let isNear = last != .min && next - last < Int64(TraceRecorder.capacity)
        let first = isNear ? last + 1 : next - Int64(TraceRecorder.capacity) + 1
        for interval in first...next {
            let place = TraceRecorder.slot(interval, ring)
            angles[place] = TraceRecorder.unknown
            postures[place] = UInt8(Posture.unknown.index)
        }
    }

    // MARK: Alerts

    /// An alert was raised: its trace is made a little later.
    mutating func note(_ alert: Alert) {
        guard waiting.count < TraceRecorder.mostWaiting else { return }
        waiting.append(alert)
    }

    /// When `deliver` next has something to do.
    var nextDeadline: Instant? {
        var first: Instant?
        for alert in waiting {
            let due = alert.time + TraceRecorder.after
            if first.map({ due < $0 }) ?? true { first = due }
        }
        return first
    }

    /// Hands out the traces that are due at `now`, or all of them at the end of the stream.
    mutating func deliver(at now: Instant, isEnd: Bool = false, into outbox: inout [Output]) {
        guard !waiting.isEmpty else { return }
        for alert in waiting where isEnd || alert.time + TraceRecorder.after <= now {
            if let trace = trace(of: alert, at: now) { outbox.append(.trace(trace, alert)) }
        }
        waiting.removeAll { isEnd || $0.time + TraceRecorder.after <= now }
    }

    /// The trace of an alert, as far as is known at `now`; nil when nothing is.
    ///
    /// It begins a quarter of the episode's length, or half a minute, before the episode, and is as fine as fits.
    func trace(of alert: Alert, at now: Instant) -> AlertTrace? {
        var copy = self
        copy.close()
        let length = max(0, (alert.time - alert.episodeStart).nanoseconds)
        let lead = max(Elapsed.seconds(30).nanoseconds, length / 4)
        let start = min(alert.episodeStart, alert.time) + Elapsed(nanoseconds: -lead)
        let end = min(now, alert.time + TraceRecorder.after)
        let most = Int64(TraceRecorder.capacity)
        let ring = (0..<4).first {
            TraceRecorder.interval(of: end, $0) - TraceRecorder.interval(of: start, $0) < most
        }
        return copy.cut(from: start, to: end, ring ?? 3)
    }

    private func cut(from start: Instant, to end: Instant, _ ring: Int) -> AlertTrace? {
        // What came since may have overwritten the oldest.
        let oldest = newest[ring] == .min ? .max : newest[ring] - Int64(TraceRecorder.capacity) + 1
        let first = max(TraceRecorder.interval(of: start, ring), oldest)
        let last = min(TraceRecorder.interval(of: end, ring), newest[ring])
        guard newest[ring] != .min, first <= last else { return nil }
        let length = Elapsed(nanoseconds: TraceRecorder.lengths[ring] * 1_000_000_000)
        var trace = AlertTrace(
            start: Instant(nanoseconds: first * length.nanoseconds), interval: length, flexionDegrees: [],
            postures: [])
        for interval in first...last {
            let isFirst = trace.postures.isEmpty
            let place = TraceRecorder.slot(interval, ring)
            let angle = angles[place]
            // Before anything was measured there is nothing to show.
            let isKnown = angle != TraceRecorder.unknown || postures[place] != UInt8(Posture.unknown.index)
            if isFirst, !isKnown { continue }
            if isFirst { trace.start = Instant(nanoseconds: interval * length.nanoseconds) }
            trace.flexionDegrees.append(angle == TraceRecorder.unknown ? nil : Int(angle))
            trace.postures.append(Posture(index: Int(postures[place])) ?? .unknown)
        }
        return trace.postures.isEmpty ? nil : trace
    }
}
