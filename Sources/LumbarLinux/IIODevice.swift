import Glibc
import LumbarCore

/// One device of the kernel's industrial I/O, opened for reading only: whole scans per read.
///
/// Its channels and its buffer must be switched on already, which takes a privilege; a udev rule does it
/// (70-lumbard-access.rules). One program at a time may have it open: the next gets EBUSY.
public struct IIODevice: ~Copyable {
    private let owned: OwnedDescriptor
    /// The path it was opened by.
    public let path: String

    /// Opens the node at `path`; what was measured before anybody listened is dropped.
    ///
    /// The buffer runs from the moment a rule switches it on, so up to a second or two of scans wait in it. Taken for
    /// new ones they would put the sensor's clock that much ahead.
    public static func open(_ path: String) throws(SystemError) -> IIODevice {
        let device = IIODevice(try OwnedDescriptor.forReading(path), path)
        var old = [UInt8](repeating: 0, count: 4096)
        for _ in 0..<mostOldReads {
            let outcome = old.withUnsafeMutableBytes {
                ReadOutcome(reading: device.descriptor, into: $0, path: path)
            }
            guard case .bytes = outcome else { break }
        }
        return device
    }

    /// A buffer of the longest usual length, in scans of the largest size, is read by then.
    private static let mostOldReads = 64

    private init(_ owned: consuming OwnedDescriptor, _ path: String) {
        self.owned = owned
        self.path = path
    }

    /// The descriptor to poll.
    public var descriptor: Int32 { owned.number }

    /// Reads as many scans as are there into `buffer`, without waiting.
    public func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome {
        ReadOutcome(reading: owned.number, into: buffer, path: path)
    }
}

extension SensorDevice.Part {
    /// Whether its buffer is switched on: without, nothing can be read.
    public var isSwitchedOn: Bool { IIOFiles.text(systemPath + "/buffer/enable") == "1" }

    /// Whether it has channels of a motion sensor, on or off.
    public var measuresMotion: Bool {
        let text = attributes
        return ["in_accel", "in_anglvel", "in_incli", "in_rot"].contains { text.contains($0) }
    }

    /// What sysfs says of its channels, as lines `file=text` under its name in brackets.
    ///
    /// Values themselves (`in_accel_x_raw`) are not looked at: reading one makes the device measure.
    public var attributes: String {
        var lines = ["[\(name)]"]
        let files = directoryEntries(systemPath).filter(IIOFiles.isWorthReading)
        let channels = directoryEntries(systemPath + "/scan_elements").map { "scan_elements/" + $0 }
        for file in files.sorted() + channels.sorted() {
            guard let text = IIOFiles.text(systemPath + "/" + file) else { continue }
            lines.append(file + "=" + text)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The IIO device behind a node that was given by hand, or nil.
    public init?(node: String) {
        guard let name = node.split(separator: "/").last else { return nil }
        let systemPath = "/sys/bus/iio/devices/" + name
        guard let kind = IIOFiles.text(systemPath + "/name") else { return nil }
        self.init(name: kind, node: node, systemPath: systemPath)
    }
}

/// Small files below /sys.
enum IIOFiles {
    static func isWorthReading(_ file: String) -> Bool {
        file.hasSuffix("mount_matrix")
            || (file.hasPrefix("in_") && (file.hasSuffix("_scale") || file.hasSuffix("_offset")))
    }

    /// The one line of a file, or nil when it cannot be read.
    static func text(_ path: String) -> String? {
        guard let bytes = try? readSmallFile(path, limit: 4096) else { return nil }
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != 0 }, as: UTF8.self)
    }
}
