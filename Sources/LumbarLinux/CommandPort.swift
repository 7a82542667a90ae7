import CLinux
import Glibc
import LumbarCore

/// A serial line that commands are written to, for changing a sensor's own settings.
///
/// The daemon only listens (`SerialPort`) and has no use for this: it is for a person who asked for a change, and
/// nothing else in the program writes to a device.
public struct CommandPort: ~Copyable {
    private let port: SerialPort

    /// Takes over an open line.
    public init(_ port: consuming SerialPort) { self.port = port }

    /// The path it was opened by.
    public var path: String { port.path }
    /// The descriptor to poll.
    public var descriptor: Int32 { port.descriptor }
    /// Changes the rate; what was received at the old one is dropped.
    public func setBaud(_ baud: Int) throws(SystemError) { try port.setBaud(baud) }

    /// Reads what is there into `buffer`, without waiting: how many bytes, or nil when the other end is gone.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int? {
        switch port.read(into: buffer) {
        case .bytes(let count): return count
        case .nothing: return 0
        case .hangUp: return nil
        case .failure(let error): throw error
        }
    }

    /// Sends `bytes`, and waits until they are on the wire: the rate may be changed after that.
    public func send(_ bytes: [UInt8]) throws(SystemError) {
        let doing = "write to \(Printable.text(path))"
        let number = port.descriptor
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest
            do throws(SystemError) {
                let count = try system("write", doing) {
                    part.withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
                }
                rest = rest.dropFirst(count)
            } catch {
                guard error.number == EAGAIN else { throw error }
                // A command has five bytes: a line that has no room for them within a second takes nothing at all.
                var room = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
                guard poll(&room, 1, 1000) == 1 else { throw error }
            }
        }
        try system("tcdrain", doing) { tcdrain(number) }
    }
}
