import LumbarCore

/// Gives each reading the time it was taken, by its index rather than by when its bytes arrived.
///
/// Bytes come in bursts (16 ms for a USB serial adapter, up to 100 ms over Bluetooth), so arrival times say little about
/// one sample and much about many. Without device time stamps, a straight line arrival = start + period * index is fitted
/// by weighted least squares that grow from the first sample and then forget with `memory`. Only the last sample of each
/// burst enters: it waited least, so the line runs along the low edge of the latencies. Early residuals weigh three times
/// (a sample cannot be taken after it arrived), late outliers little. Everything is recursive per reading, so how the
/// bytes were cut into chunks cannot matter beyond the arrival times themselves.
///
/// With device time stamps, spacing comes from the device clock; only its offset to the boot clock is followed, at most
/// 0.05 % upward and 5 % downward. Where arrival is base + device time exactly, the result is exact.
public struct SampleTiming: Sendable {
    /// The time of one reading.
    public struct Stamp: Sendable, Equatable {
        /// When the sample was taken; strictly later than the one before.
        public var time: Instant
        /// Whether the stream starts, or starts again after a gap, with this reading.
        public var startsSegment: Bool
    }

    /// Gaps seen so far; the first reading of all is not one.
    public private(set) var gaps = 0
    /// How long the arrivals were silent before the last gap, in seconds.
    public private(set) var lastGapSeconds = 0.0

    /// Seconds over which the fit forgets.
    static let memory = 4.0
    static let shortestPeriod = 1e6
    static let longestPeriod = 250e6
    /// Nanoseconds by which a time may lie ahead of the arrival: a full 4 kB line buffer holds 124 samples of 33 bytes,
    /// 2.5 s at 50 Hz.
    @usableFromInline static let mostAhead: Int64 = 5_000_000_000

    // Device clock.
    @usableFromInline var usesDeviceClock = false
    private var lastDevice: Int64 = 0
    private var offset: Int64 = 0

    // Both ways.
    @usableFromInline var isRunning = false
    private var hasEverRun = false
    private var isPeriodKnown = false
    private var lastArrival: Int64 = 0
    @usableFromInline var lastTime: Int64 = .min
    private var intervalsSeen = 0.0
    private var period = 10e6  // nanoseconds

    // The line: value at the last fitted index, relative to `origin`, in nanoseconds, and the normal equations with the
    // index counted from there.
    private var origin: Int64 = 0
    private var line = 0.0
    private var since = 0.0
    private var weight = 0.0
    private var firstMoment = 0.0
    private var secondMoment = 0.0
    private var updates = 0
    private var typicalResidual = 0.0

    /// Timing that knows nothing yet.
    public init() {}

    /// Seconds between samples as fitted; 0.01 until known.
    public var periodSeconds: Double { period * 1e-9 }

    /// Samples per second as fitted, 0 while unknown.
    public var sampleRateHz: Double { isPeriodKnown ? 1e9 / period : 0 }

    /// The next reading starts a new segment; what is known of the rate stays.
    public mutating func interrupt() { isRunning = false }

    /// Whether readings come faster than any sensor takes them, so that their times would lie ahead of their arrival: the
    /// next one is better left out than dated in the future.
    ///
    /// Less than this is a backlog, of a machine that was busy and found a line's buffer full. A device that has a clock
    /// is taken at its word: how far it runs ahead is told by its drift.
    @inlinable
    public func isAhead(of arrival: Instant) -> Bool {
        isRunning && !usesDeviceClock && lastTime &- arrival.nanoseconds > SampleTiming.mostAhead
    }

    /// The time of the next reading; `lost` readings that the sensor counted never came before it.
    public mutating func stamp(arrival: Instant, deviceNanoseconds: Int64, lost: UInt16 = 0) -> Stamp {
        deviceNanoseconds == Reading.noDeviceTime
            ? stampByArrival(arrival.nanoseconds, steps: Double(lost) + 1)
            : stampByDevice(deviceNanoseconds, arrival.nanoseconds)
    }

    // MARK: Device clock

    private mutating func stampByDevice(_ device: Int64, _ arrival: Int64) -> Stamp {
        let (step, overflow) = device.subtractingReportingOverflow(lastDevice)
        if !isRunning || !usesDeviceClock || overflow || step < 0 || step > 1_000_000_000 {
            start(arrival)
            usesDeviceClock = true
            lastDevice = device
            let stamp = emitStart(arrival)
            offset = stamp.time.nanoseconds &- device
            return stamp
        }
        lastDevice = device
        lastArrival = max(lastArrival, arrival)
        let residual = arrival &- (device &+ offset)
        if residual > 0 {
            offset &+= min(residual / 16, step / 2000)
        } else if residual < 0 {
            offset &+= max(residual, -(step / 20))
        }
        if step > 0 { learnPeriod(Double(step)) }
        lastTime = max(device &+ offset, lastTime &+ 1)
        return Stamp(time: Instant(nanoseconds: lastTime), startsSegment: false)
    }

    private mutating func learnPeriod(_ step: Double) {
        intervalsSeen += 1
        let gain = max(1 / intervalsSeen, min(1, step * (1e-9 / Self.memory)))
        period += gain * (min(max(step, Self.shortestPeriod), Self.longestPeriod) - period)
        isPeriodKnown = true
    }

    // MARK: Arrival

    private mutating func stampByArrival(_ arrival: Int64, steps: Double) -> Stamp {
        let jump = arrival &- lastArrival
        if !isRunning || usesDeviceClock || Double(jump) > max(500e6, 10 * period) {
            start(arrival)
            return emitStart(arrival)
        }
        // A new arrival means that the reading before was the last of its burst.
        if jump > 0 {
            fit(arrival: Double(lastArrival &- origin))
            lastArrival = arrival
        }
        since += steps
        // Corrections of the line are spread: no interval shrinks below half a period or stretches past one and a half.
        let target = line + period * since
        let wanted = target - Double(lastTime &- origin)
        let longest = updates < 4 ? Self.longestPeriod : (steps + 0.5) * period
        lastTime &+= Int64(min(max(wanted, (steps - 0.5) * period), max(longest, steps * 0.5 * period)))
        return Stamp(time: Instant(nanoseconds: lastTime), startsSegment: false)
    }

    private mutating func fit(arrival: Double) {
        let k = since
        let fade = 1 / (1 + k * period * (1e-9 / Self.memory))
        let oldFirst = firstMoment
        firstMoment = fade * (firstMoment - k * weight)
        secondMoment = fade * (secondMoment - 2 * k * oldFirst + k * k * weight)
        weight *= fade
        line += k * period
        since = 0
        let residual = arrival - line
        let w = residualWeight(residual, spanned: k)
        weight += w
        // A weak prior on the period keeps the first steps finite.
        let second = secondMoment + 0.02
        let scale = w * residual / (weight * second - firstMoment * firstMoment)
        line += scale * second
        period = min(max(period - scale * firstMoment, Self.shortestPeriod), Self.longestPeriod)
        updates += 1
        if updates >= 3 { isPeriodKnown = true }
    }

    private mutating func residualWeight(_ residual: Double, spanned k: Double) -> Double {
        let gain = max(1 / Double(updates + 1), min(1, (k + 1) * period * 1e-9))
        let typical = typicalResidual
        typicalResidual += gain * (residual.magnitude - typicalResidual)
        if updates < 20 { return 1 }
        if residual <= 0 { return 3 }
        let scale = max(2e6, 3 * typical)
        let r = residual / scale
        return 1 / (1 + r * r)
    }

    // MARK: Start

    private mutating func start(_ arrival: Int64) {
        if hasEverRun {
            gaps += 1
            lastGapSeconds = Double(max(0, arrival &- lastArrival)) * 1e-9
        }
        isRunning = true
        hasEverRun = true
        usesDeviceClock = false
        lastArrival = arrival
        origin = arrival
        line = 0
        since = 0
        weight = 0
        firstMoment = 0
        secondMoment = 0
        updates = 0
        typicalResidual = 0
        intervalsSeen = min(intervalsSeen, 20)
    }

    private mutating func emitStart(_ arrival: Int64) -> Stamp {
        lastTime = lastTime >= arrival ? lastTime &+ 1 : arrival
        return Stamp(time: Instant(nanoseconds: lastTime), startsSegment: true)
    }
}
