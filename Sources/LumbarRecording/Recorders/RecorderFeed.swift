import LumbarCore

/// Plays samples of a recorder as the lines of a sensor that sends text, so that they go the way of a CSV file.
///
/// The first sample is at second 0 of the stream. The recorder's clock shows local time; `place` says what moment that
/// is, once at the beginning: from there on its clock counts seconds, whatever the clocks of the country do. When it falls
/// back by a second or more it was set: the sensor is detached, and attached again two minutes on.
struct RecorderFeed: Sendable {
    /// The moment and the zone of a local time, given as nanoseconds since 1970 of the clock on the wall.
    typealias Place = @Sendable (_ localNanoseconds: Int64) -> (wall: WallTime, zone: ZoneRule)

    private(set) var findings = RecorderFindings()
    private let device: Device
    private let place: Place
    private var line: [UInt8] = []
    private var isAttached = false
    private var hasRate = false
    private var shift: Int64 = 0
    private var first: Int64 = 0
    private var last: Int64 = 0

    init(device: Device, place: @escaping Place) {
        var device = device
        device.protocolName = "text"
        self.device = device
        self.place = place
    }

    var hasBegun: Bool { isAttached || findings.samples > 0 }

    /// Counts what a reader could not use.
    mutating func note(_ change: (inout RecorderFindings) -> Void) { change(&findings) }

    /// Plays one sample; `period` is the time between two, nanoseconds.
    mutating func play(
        _ sample: RecorderSample, period: Int64, to replayer: inout Replayer
    ) throws(RecordingError) {
        let time = roundedToMicroseconds(sample.localNanoseconds)
        if findings.samples == 0 {
            (first, shift, last) = (time, -time, 0)
            begin(sample, at: time, &replayer)
        }
        var instant = time + shift
        if instant < last, last - instant >= 1_000_000_000 {
            findings.setBack += 1
            replayer.detach(device.id, at: Instant(nanoseconds: last))
            shift = last + 120_000_000_000 - time
            instant = time + shift
            begin(sample, at: time, &replayer)
        } else if instant < last {
            // Two blocks overlap by a little: time stands still rather than going back.
            instant = last
        }
        let silence = instant - last
        guard silence <= RecordingFormat.longestSilence.nanoseconds,
            instant <= RecordingFormat.longestSpan.nanoseconds
        else {
            throw RecordingError(
                line: 1, "after sample \(findings.samples), the time is too far from the one before",
                advice: "at most 31 days between two samples, and a year in all")
        }
        if findings.samples > 0, silence > 2 * period + 1_000_000 {
            findings.gaps += 1
            findings.gapNanoseconds += silence - period
        }
        findings.samples += 1
        last = instant
        write(sample, instant)
        line.withUnsafeBytes { replayer.receive($0, from: device.id, at: Instant(nanoseconds: instant)) }
    }

    private func roundedToMicroseconds(_ time: Int64) -> Int64 {
        // Lines have six decimals; 262,000 years fit, and recorders' years have two digits.
        (time + (time < 0 ? -500 : 500)) / 1000 * 1000
    }

    private mutating func begin(_ sample: RecorderSample, at time: Int64, _ replayer: inout Replayer) {
        let instant = Instant(nanoseconds: time + shift)
        let (wall, zone) = place(time)
        if RecordingFormat.wallTimes.contains(wall) {
            replayer.setAnchor(WallAnchor(instant: instant, wall: wall, zone: zone), at: instant)
        }
        replayer.attach(device, at: instant)
        isAttached = true
        hasRate = sample.rate != nil
        let header = hasRate ? "t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n" : "t_s,ax_g,ay_g,az_g\n"
        Array(header.utf8).withUnsafeBytes { replayer.receive($0, from: device.id, at: instant) }
        last = instant.nanoseconds
    }

    // MARK: Lines

    private mutating func write(_ sample: RecorderSample, _ instant: Int64) {
        line.removeAll(keepingCapacity: true)
        RecorderLine.append(instant / 1000, to: &line)
        RecorderLine.append(sample, withRate: hasRate, to: &line)
        line.append(UInt8(ascii: "\n"))
    }
}

/// Numbers with six decimals as bytes, without an allocation.
enum RecorderLine {
    /// `,ax,ay,az` and, when asked for, `,gx,gy,gz`.
    static func append(_ sample: RecorderSample, withRate: Bool, to line: inout [UInt8]) {
        append(field: sample.acceleration.x, to: &line)
        append(field: sample.acceleration.y, to: &line)
        append(field: sample.acceleration.z, to: &line)
        guard withRate else { return }
        let rate = sample.rate ?? (0, 0, 0)
        append(field: rate.x, to: &line)
        append(field: rate.y, to: &line)
        append(field: rate.z, to: &line)
    }

    private static func append(field value: Double, to line: inout [UInt8]) {
        line.append(UInt8(ascii: ","))
        // No recorder measures more than 16 g or 2000 degrees per second.
        let bounded = min(max(value.isFinite ? value : 0, -1e6), 1e6)
        append(Int64((bounded * 1e6).rounded(.toNearestOrAwayFromZero)), to: &line)
    }

    /// `millionths` of a unit.
    static func append(_ millionths: Int64, to line: inout [UInt8]) {
        if millionths < 0 { line.append(UInt8(ascii: "-")) }
        var rest = millionths.magnitude
        let start = line.count
        for place in 0..<20 where place <= 6 || rest > 0 {
            if place == 6 { line.append(UInt8(ascii: ".")) }
            line.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        }
        line[start...].reverse()
    }
}
