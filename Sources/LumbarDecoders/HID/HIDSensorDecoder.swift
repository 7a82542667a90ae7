import LumbarCore

/// Motion sensors that describe themselves: input reports of the HID sensor page.
///
/// It reads a stream of `PacketReader` frames, one report each, by a `HIDSensorLayout` that was found in the device's
/// report descriptor. Values are bits at any place, signed or not, with unit and
/// exponent as the descriptor says. A report with another number is none of its business and costs nothing; one longer
/// than described is read by its beginning; one that ends before its last quantity is refused. `MotionPairing` puts
/// acceleration and rate of two reports together.
///
/// Orientation is a second opinion (`Reading.deviceUp`) beside an accelerometer, and the reading itself without one:
///
/// - tilts: the room's vertical of a body turned by Tilt Y about its y axis and before that by Tilt X about its x
///   axis, the order of the W3C Device Orientation specification, which HID inclinometers follow; Tilt Z, the heading,
///   is not used
/// - quaternion x, y, z, w and rotation matrix by rows: from the device's axes to the room's
///
/// The state field of a report is not looked at: whether its first selector is 0 or 1 differs between devices, and the
/// kernel's own drivers leave it alone too.
///
/// Counted: a report that is too short as `badLength`; acceleration of exactly zero, beyond 256 g or 100 rad/s, and an
/// orientation of no length as `insane`; bytes where no frame can begin as `skippedBytes`. The decoder locks on two
/// good readings in a row and unlocks on eight bad reports.
public struct HIDSensorDecoder: StreamDecoder {
    /// `hid`.
    public static let protocolName = "hid"
    private static let unlockAfterRejects = 8
    /// A clock that stands still for so many reports is none.
    private static let deadClockAfter = 8

    /// What became of the bytes so far.
    public private(set) var outcomes = DecodeOutcomes()

    private let layout: HIDSensorLayout?
    private var reader: PacketReader
    private var pairing: MotionPairing
    /// Made once; `reportLength` bytes of it are in use.
    private var report: [UInt8]
    private var reportLength = 0
    private var goodReadings = 0
    private var rejectsInARow = 0
    private var clock = (raw: Int64(0), nanoseconds: Int64(0), isRunning: false, still: 0)

    /// What keeps the device from being understood: its descriptor, for good.
    public let complaint: String?

    /// A decoder for the device with this report descriptor.
    public init(descriptor: [UInt8]) {
        do throws(HIDSensorRefusal) {
            self.init(layout: try HIDSensorLayout(descriptor), complaint: nil)
        } catch {
            self.init(layout: nil, complaint: "\(error)")
        }
    }

    private init(layout: HIDSensorLayout?, complaint: String?) {
        self.layout = layout
        self.complaint = complaint
        reader = PacketReader(sources: 1)
        pairing = MotionPairing(
            hasAcceleration: layout?.hasAcceleration ?? false, hasAngularRate: layout?.hasAngularRate ?? false
        )
        // What lies behind the last quantity is not kept.
        let longest = layout?.reports.reduce(0) { max($0, $1.end, $1.timestamp?.end ?? 0) } ?? 0
        report = [UInt8](repeating: 0, count: (longest + 7) / 8)
    }

    /// `hid`.
    public var protocolName: String { Self.protocolName }

    /// Whether two good readings came in a row.
    public var isLocked: Bool { goodReadings >= 2 }

    /// Takes the next byte; returns a reading when it ends a report that completes one.
    public mutating func push(_ byte: UInt8, at arrival: Instant) -> Reading? {
        switch reader.push(byte) {
        case .header:
            return nil
        case .skipped:
            outcomes.skippedBytes += 1
            return nil
        case .payload(_, let isFirst, let isLast):
            if isFirst { reportLength = 0 }
            if reportLength < report.count { report[reportLength] = byte }
            reportLength += 1
            return isLast ? takeReport(at: arrival) : nil
        }
    }

    /// Forgets the half-received report; what comes next begins a packet.
    public mutating func interrupt() {
        reader.interrupt()
        pairing.interrupt()
        goodReadings = 0
        rejectsInARow = 0
        clock.isRunning = false
    }

    // MARK: Reports

    private mutating func takeReport(at arrival: Instant) -> Reading? {
        guard let layout, let first = report.first else { return nil }
        let id = layout.numbersReports ? first : 0
        guard let index = layout.reports.firstIndex(where: { $0.id == id }) else { return nil }
        let plan = layout.reports[index]
        guard reportLength * 8 >= plan.end else {
            outcomes.badLength += 1
            return reject()
        }
        let length = min(reportLength, report.count)
        let piece = report.withUnsafeBytes { bytes in
            Self.piece(UnsafeRawBufferPointer(rebasing: bytes[..<length]), plan, at: arrival)
        }
        guard var piece else {
            outcomes.insane += 1
            return reject()
        }
        rejectsInARow = 0
        if let stamp = plan.timestamp { piece.deviceNanoseconds = deviceTime(stamp, length: length) }
        guard let reading = pairing.take(piece) else { return nil }
        outcomes.readings += 1
        goodReadings = min(goodReadings + 1, 2)
        return reading
    }

    private mutating func reject() -> Reading? {
        rejectsInARow += 1
        // One bad report does not unlock, but it interrupts the row that locks.
        if goodReadings < 2 || rejectsInARow >= Self.unlockAfterRejects { goodReadings = 0 }
        return nil
    }

    /// What a report holds; nil when it cannot be true.
    private static func piece(
        _ report: UnsafeRawBufferPointer, _ plan: HIDSensorLayout.Report, at arrival: Instant
    ) -> MotionPairing.Piece? {
        var piece = MotionPairing.Piece(arrival: arrival)
        if let triple = plan.acceleration {
            let acceleration = triple.vector(in: report)
            guard MotionLimits.isCredible(acceleration: acceleration) else { return nil }
            piece.acceleration = acceleration
        }
        if let triple = plan.rate {
            let rate = triple.vector(in: report)
            guard MotionLimits.isCredible(rate: rate) else { return nil }
            piece.rate = rate
        }
        if let orientation = plan.orientation {
            guard let up = up(orientation, in: report) else { return nil }
            piece.up = up
        }
        return piece
    }

    private static func up(
        _ orientation: HIDSensorLayout.Orientation, in report: UnsafeRawBufferPointer
    ) -> Vector3<SensorFrame>? {
        switch orientation {
        case .tilts(let x, let y): Attitudes.up(tiltX: x.value(in: report), tiltY: y.value(in: report))
        case .quaternion(let parts):
            Attitudes.up(
                x: parts[0].value(in: report), y: parts[1].value(in: report), z: parts[2].value(in: report),
                w: parts[3].value(in: report))
        case .matrix(let row), .gravity(let row): row.vector(in: report).normalized
        }
    }

    // MARK: The sensor's clock

    /// Its time in nanoseconds since the first report, counted on over the wrap of its field.
    private mutating func deviceTime(_ stamp: HIDSensorLayout.Number, length: Int) -> Int64 {
        guard clock.still < Self.deadClockAfter, length * 8 >= stamp.end else { return Reading.noDeviceTime }
        let raw = report.withUnsafeBytes { stamp.raw(in: $0) }
        let span = Int64(1) << Int64(stamp.size)
        if clock.isRunning {
            let step = ((raw - clock.raw) % span + span) % span
            clock.still = step == 0 ? clock.still + 1 : 0
            clock.nanoseconds &+= Int64((Double(step) * stamp.scale).rounded())
        }
        clock.isRunning = true
        clock.raw = raw
        return clock.nanoseconds
    }
}
