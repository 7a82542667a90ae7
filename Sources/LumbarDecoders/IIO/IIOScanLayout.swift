import LumbarCore

/// Where acceleration, angular rate and orientation are in the scans of a sensor's IIO devices.
///
/// A scan holds the channels that are switched on, in the order of their indices, each aligned to its own size, and is
/// padded to that of the largest, as the kernel's `iio_compute_scan_bytes` lays it out. Values are (raw + offset) *
/// scale: m/s² and rad/s; the angles of the kernel's HID inclinometer (`incli_3d`) come in radians, others in degrees.
/// The mount matrix of a device is applied to its vectors.
public struct IIOScanLayout: Equatable, Sendable {
    /// One channel that matters.
    struct Channel: Equatable, Sendable {
        var offset: Int
        var type: IIOScanType
        var scale: Double
        var shiftedBy: Double

        func value(_ index: Int = 0, in scan: UnsafeRawBufferPointer) -> Double {
            (Double(type.value(index, at: offset, in: scan)) + shiftedBy) * scale
        }
    }

    /// Channels along x, y and z.
    struct Triple: Equatable, Sendable {
        var x: Channel
        var y: Channel
        var z: Channel
        /// Rows of the mount matrix, or nil when it changes nothing.
        var mount: [Vector3<SensorFrame>]?

        func vector(in scan: UnsafeRawBufferPointer) -> Vector3<SensorFrame> {
            let v = Vector3<SensorFrame>(x.value(in: scan), y.value(in: scan), z.value(in: scan))
            guard let mount else { return v }
            return Vector3(mount[0].dot(v), mount[1].dot(v), mount[2].dot(v))
        }
    }

    /// One device.
    struct Source: Equatable, Sendable {
        var scanBytes: Int
        var acceleration: Triple?
        var rate: Triple?
        var gravity: Triple?
        var tilts: (x: Channel, y: Channel)?
        var quaternion: Channel?
        var timestamp: Channel?

        static func == (a: Source, b: Source) -> Bool {
            a.scanBytes == b.scanBytes && a.acceleration == b.acceleration && a.rate == b.rate
                && a.gravity == b.gravity && a.tilts?.x == b.tilts?.x && a.tilts?.y == b.tilts?.y
                && a.quaternion == b.quaternion && a.timestamp == b.timestamp
        }

        var hasOrientation: Bool { gravity != nil || tilts != nil || quaternion != nil }
    }

    /// Why the devices cannot be read; a clause after "left alone: ".
    public enum Refusal: Error, Equatable, Sendable, CustomStringConvertible {
        /// No channel of a device is switched on.
        case switchedOff
        /// A channel is stored in a way that is not known.
        case badChannel(String)
        /// Nothing tells where up is.
        case noMotion

        /// One clause for people.
        public var description: String {
            switch self {
            case .switchedOff:
                "none of its channels is switched on: a udev rule has to do that, see 70-lumbard-access.rules"
            case .badChannel(let name):
                "its channel \(Printable.text(name, limit: 64)) is stored in a way that is not known"
            case .noMotion: "it measures neither acceleration nor where up is"
            }
        }
    }

    /// The devices, in the order of the text.
    private(set) var sources: [Source] = []

    /// Whether it measures acceleration.
    public var hasAcceleration: Bool { sources.contains { $0.acceleration != nil } }
    /// Whether it measures angular rate.
    public var hasAngularRate: Bool { sources.contains { $0.rate != nil } }
    /// Whether it says by itself where up is.
    public var hasOrientation: Bool { sources.contains { $0.hasOrientation } }

    /// What it measures, for people: `acceleration, angular rate`.
    public var summary: String { MotionSummary.text(hasAcceleration, hasAngularRate, hasOrientation) }

    /// Reads the text of `IIOAttributes`.
    public init(_ text: String) throws(Refusal) {
        let sections = IIOAttributes.sections(text)
        for section in sections.prefix(IIOAttributes.mostDevices) {
            sources.append(try IIOScanLayout.source(section))
        }
        guard sources.contains(where: { $0.scanBytes > 0 }) else { throw .switchedOff }
        guard hasAcceleration || hasOrientation else { throw .noMotion }
    }

    // MARK: One device

    private static let channelsFolder = "scan_elements/"
    private static let mostChannels = 64

    private static func source(_ section: IIOAttributes.Section) throws(Refusal) -> Source {
        var found: [(name: Substring, index: Int, type: IIOScanType)] = []
        for (key, value) in section.values
        where key.hasPrefix(channelsFolder) && key.hasSuffix("_en") && value == "1" {
            let name = key.dropFirst(channelsFolder.count).dropLast(3)
            let path = channelsFolder + name
            guard found.count < mostChannels,
                let type = section.value(path + "_type").flatMap(IIOScanType.init),
                let index = section.value(path + "_index").flatMap({ Int($0) }), (0..<1024).contains(index)
            else { throw .badChannel(String(name)) }
            found.append((name, index, type))
        }
        found.sort { $0.index < $1.index }
        var source = Source(scanBytes: 0)
        var channels: [(name: Substring, channel: Channel)] = []
        var end = 0
        var largest = 1
        for (name, _, type) in found {
            end = aligned(end, to: type.bytes)
            largest = max(largest, type.bytes)
            let channel = Channel(
                offset: end, type: type, scale: factor("scale", of: name, in: section) ?? 1,
                shiftedBy: factor("offset", of: name, in: section) ?? 0)
            channels.append((name, channel))
            end += type.bytes
        }
        source.scanBytes = aligned(end, to: largest)
        assign(channels, section, to: &source)
        return source
    }

    private static func aligned(_ offset: Int, to size: Int) -> Int { (offset + size - 1) / size * size }

    /// The number of the channel itself (`in_accel_x_scale`), or of its kind (`in_accel_scale`).
    private static func factor(
        _ what: String, of channel: Substring, in section: IIOAttributes.Section
    ) -> Double? {
        if let own = section.number("\(channel)_\(what)") { return own }
        guard let last = channel.lastIndex(of: "_") else { return nil }
        return section.number("\(channel[..<last])_\(what)")
    }

    private static func assign(
        _ channels: [(name: Substring, channel: Channel)], _ section: IIOAttributes.Section,
        to source: inout Source
    ) {
        func channel(_ name: String, times factor: Double) -> Channel? {
            guard var found = channels.first(where: { $0.name == name })?.channel else { return nil }
            found.scale *= factor
            return found
        }
        func triple(_ kind: String, times factor: Double) -> Triple? {
            guard let x = channel("in_\(kind)_x", times: factor),
                let y = channel("in_\(kind)_y", times: factor),
                let z = channel("in_\(kind)_z", times: factor)
            else { return nil }
            return Triple(x: x, y: y, z: z, mount: mount(kind, section))
        }
        source.acceleration = triple("accel", times: AccelerationUnit.metresPerSecondSquared.inG)
        source.rate = triple("anglvel", times: AngularRateUnit.radiansPerSecond.inRadiansPerSecond)
        source.gravity = triple("gravity", times: AccelerationUnit.metresPerSecondSquared.inG)
        let angle = section.name == "incli_3d" ? 1 : radiansPerDegree
        if let x = channel("in_incli_x", times: angle), let y = channel("in_incli_y", times: angle) {
            source.tilts = (x, y)
        }
        if let quaternion = channel("in_rot_quaternion", times: 1), quaternion.type.repetitions >= 4 {
            source.quaternion = quaternion
        }
        if let stamp = channel("in_timestamp", times: 1), stamp.type.realBits == 64 {
            source.timestamp = stamp
        }
    }

    /// The matrix of the device or of its kind of channel: three rows between semicolons, three numbers between commas.
    private static func mount(_ kind: String, _ section: IIOAttributes.Section) -> [Vector3<SensorFrame>]? {
        guard
            let text = section.value("in_\(kind)_mount_matrix") ?? section.value("in_mount_matrix")
                ?? section.value("mount_matrix"), text.utf8.count <= 256
        else { return nil }
        var rows: [Vector3<SensorFrame>] = []
        for row in text.split(separator: ";") {
            let numbers = row.split { $0 == "," || $0 == " " }.compactMap { Double($0) }
            guard numbers.count == 3 else { return nil }
            rows.append(Vector3(numbers[0], numbers[1], numbers[2]))
        }
        let isTurn = rows.count == 3 && rows.allSatisfy { (0.9...1.1).contains($0.length) }
        return isTurn && rows != [Vector3(1, 0, 0), Vector3(0, 1, 0), Vector3(0, 0, 1)] ? rows : nil
    }
}
