import LumbarCore

/// Motion sensors that a driver of the kernel reads: scans of IIO devices, as `/dev/iio:deviceN` hands them out.
///
/// It reads a stream of `PacketReader` frames, each what one `read(2)` of one device gave: one scan or several. The
/// layout comes from sysfs (`IIOAttributes`). An accelerometer and a gyroscope of one sensor are two devices, hence
/// two sources, that `MotionPairing` puts together. The time stamp of a scan becomes the reading's.
///
/// Counted: a packet that is no whole number of scans as `badLength`; acceleration of exactly zero, beyond 256 g or
/// 100 rad/s, and an orientation of no length as `insane`; bytes where no frame can begin as `skippedBytes`. The
/// decoder locks on two good readings in a row and unlocks on eight bad scans.
public struct IIOSensorDecoder: StreamDecoder {
    /// `iio`.
    public static let protocolName = "iio"
    private static let unlockAfterRejects = 8

    /// What became of the bytes so far.
    public private(set) var outcomes = DecodeOutcomes()

    private let layout: IIOScanLayout
    /// Bytes of a scan by source, beside `layout`: asked for every byte, and a source is a large value.
    private let scanBytes: [Int]
    private var reader: PacketReader
    private var pairing: MotionPairing
    /// Made once; `scanLength` bytes of it are in use.
    private var scan: [UInt8]
    private var scanLength = 0
    private var goodReadings = 0
    private var rejectsInARow = 0

    /// A decoder for the scans of `layout`.
    public init(layout: IIOScanLayout) {
        self.layout = layout
        scanBytes = layout.sources.map(\.scanBytes)
        reader = PacketReader(sources: layout.sources.count)
        pairing = MotionPairing(
            hasAcceleration: layout.hasAcceleration, hasAngularRate: layout.hasAngularRate)
        scan = [UInt8](repeating: 0, count: layout.sources.reduce(1) { max($0, $1.scanBytes) })
    }

    /// `iio`.
    public var protocolName: String { Self.protocolName }

    /// Whether two good readings came in a row.
    public var isLocked: Bool { goodReadings >= 2 }

    /// Takes the next byte; returns a reading when it ends a scan that completes one.
    public mutating func push(_ byte: UInt8, at arrival: Instant) -> Reading? {
        switch reader.push(byte) {
        case .header:
            return nil
        case .skipped:
            outcomes.skippedBytes += 1
            return nil
        case .payload(let source, let isFirst, let isLast):
            if isFirst { scanLength = 0 }
            return take(byte, of: source, isLast: isLast, at: arrival)
        }
    }

    /// Forgets the half-received scan; what comes next begins a packet.
    public mutating func interrupt() {
        reader.interrupt()
        pairing.interrupt()
        goodReadings = 0
        rejectsInARow = 0
    }

    private mutating func take(_ byte: UInt8, of source: Int, isLast: Bool, at arrival: Instant) -> Reading? {
        let length = scanBytes[source]
        // A device of which nothing is switched on sends nothing either.
        guard length > 0 else { return nil }
        scan[scanLength] = byte
        scanLength += 1
        guard scanLength == length else {
            if isLast {
                outcomes.badLength += 1
                reject()
            }
            return nil
        }
        scanLength = 0
        let piece = scan.withUnsafeBytes { Self.piece($0, layout.sources[source], at: arrival) }
        guard let piece else {
            outcomes.insane += 1
            reject()
            return nil
        }
        rejectsInARow = 0
        guard let reading = pairing.take(piece) else { return nil }
        outcomes.readings += 1
        goodReadings = min(goodReadings + 1, 2)
        return reading
    }

    private mutating func reject() {
        rejectsInARow += 1
        // One bad scan does not unlock, but it interrupts the row that locks.
        if goodReadings < 2 || rejectsInARow >= Self.unlockAfterRejects { goodReadings = 0 }
    }

    /// What a scan holds; nil when it cannot be true.
    private static func piece(
        _ scan: UnsafeRawBufferPointer, _ plan: IIOScanLayout.Source, at arrival: Instant
    ) -> MotionPairing.Piece? {
        var piece = MotionPairing.Piece(arrival: arrival)
        if let triple = plan.acceleration {
            let acceleration = triple.vector(in: scan)
            guard MotionLimits.isCredible(acceleration: acceleration) else { return nil }
            piece.acceleration = acceleration
        }
        if let triple = plan.rate {
            let rate = triple.vector(in: scan)
            guard MotionLimits.isCredible(rate: rate) else { return nil }
            piece.rate = rate
        }
        if plan.hasOrientation {
            guard let up = up(plan, in: scan) else { return nil }
            piece.up = up
        }
        if let stamp = plan.timestamp {
            let time = stamp.type.value(0, at: stamp.offset, in: scan)
            // A driver that has no time says zero.
            if time > 0 { piece.deviceNanoseconds = time }
        }
        return piece
    }

    private static func up(
        _ plan: IIOScanLayout.Source, in scan: UnsafeRawBufferPointer
    ) -> Vector3<SensorFrame>? {
        if let gravity = plan.gravity { return gravity.vector(in: scan).normalized }
        if let q = plan.quaternion {
            return Attitudes.up(
                x: q.value(0, in: scan), y: q.value(1, in: scan), z: q.value(2, in: scan),
                w: q.value(3, in: scan))
        }
        guard let tilts = plan.tilts else { return nil }
        return Attitudes.up(tiltX: tilts.x.value(in: scan), tiltY: tilts.y.value(in: scan))
    }
}
