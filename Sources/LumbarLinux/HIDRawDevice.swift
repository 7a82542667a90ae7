import CLinux
import Glibc
import LumbarCore

/// A HID device through its hidraw node, opened for reading only: one report per read.
///
/// Any number of programs may have it open; each gets every report. The kernel keeps 64 reports for a slow reader, and
/// drops older ones without a word.
public struct HIDRawDevice: ~Copyable {
    /// The largest report descriptor that the kernel takes.
    private static let longestDescriptor = 4096

    private let owned: OwnedDescriptor
    /// The path it was opened by.
    public let path: String

    /// Opens the node at `path`.
    public static func open(_ path: String) throws(SystemError) -> HIDRawDevice {
        HIDRawDevice(try OwnedDescriptor.forReading(path), path)
    }

    private init(_ owned: consuming OwnedDescriptor, _ path: String) {
        self.owned = owned
        self.path = path
    }

    /// The descriptor to poll.
    public var descriptor: Int32 { owned.number }

    /// What the device says its reports mean.
    public func reportDescriptor() throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.longestDescriptor)
        let number = owned.number
        let count = try system("HIDIOCGRDESC", "ask \(Printable.text(path)) what its reports mean") {
            clinux_hidraw_descriptor(number, &bytes, UInt32(Self.longestDescriptor))
        }
        return Array(bytes.prefix(Int(count)))
    }

    /// Reads one report into `buffer`, without waiting.
    public func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome {
        ReadOutcome(reading: owned.number, into: buffer, path: path)
    }

    /// The feature report `id` as the device has it; the first byte is its number, 0 when reports are not numbered.
    public func feature(_ id: UInt8, length: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(length, 1))
        bytes[0] = id
        let (number, size) = (owned.number, UInt32(bytes.count))
        let count = try system("HIDIOCGFEATURE", "read settings of \(Printable.text(path))") {
            clinux_hidraw_get_feature(number, &bytes, size)
        }
        return Array(bytes.prefix(max(Int(count), 1)))
    }

    /// Sets a feature report, which changes the device; the first byte is its number.
    public func setFeature(_ report: [UInt8]) throws(SystemError) {
        let (number, size) = (owned.number, UInt32(report.count))
        try system("HIDIOCSFEATURE", "set up \(Printable.text(path))") {
            clinux_hidraw_set_feature(number, report, size)
        }
    }
}

extension OwnedDescriptor {
    /// Opens a node for reading only and without waiting; errors name the remedy.
    static func forReading(_ path: String) throws(SystemError) -> OwnedDescriptor {
        do throws(SystemError) {
            return OwnedDescriptor(
                owning: try system("open", "open \(Printable.text(path))") {
                    Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
                })
        } catch {
            throw SerialPort.explained(error, path: path)
        }
    }
}
