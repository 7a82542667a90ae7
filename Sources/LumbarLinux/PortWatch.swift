import CLinux
import Glibc

/// Says when a program that could write to a device node closes it: the moment to try again to open one that somebody
/// had. Who keeps a line to himself can write to it.
///
/// By inotify, which hears of every program that closes it, this one too: stop watching before opening it.
public struct PortWatch: ~Copyable {
    /// One watched node.
    public struct Place: Hashable, Sendable {
        fileprivate let number: Int32
    }

    private static let closed = UInt32(IN_CLOSE_WRITE)

    private let owned: OwnedDescriptor

    /// A watch on nothing.
    public static func open() throws(SystemError) -> PortWatch {
        PortWatch(
            try system("inotify_init1", "watch ports") {
                inotify_init1(Int32(O_NONBLOCK | O_CLOEXEC))
            })
    }

    private init(_ number: Int32) { owned = OwnedDescriptor(owning: number) }

    /// The descriptor to poll.
    public var descriptor: Int32 { owned.number }

    /// Watches the node at `path`, until it is closed once or `forget` is called; nil when it cannot be watched.
    public func watch(_ path: String) -> Place? {
        let once = UInt32(1) << 31  // IN_ONESHOT
        let number = inotify_add_watch(owned.number, path, PortWatch.closed | once)
        return number >= 0 ? Place(number: number) : nil
    }

    /// Stops watching. What was reported and not taken yet is still taken.
    public func forget(_ place: Place) { inotify_rm_watch(owned.number, place.number) }

    /// The nodes that were closed since the last call.
    public func take() -> [Place] {
        var places: [Place] = []
        let size = MemoryLayout<inotify_event>.size
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
            while case let count = read(owned.number, buffer.baseAddress, buffer.count), count > 0 {
                var offset = 0
                while offset + size <= count {
                    let event = buffer.load(fromByteOffset: offset, as: inotify_event.self)
                    if event.mask & PortWatch.closed != 0 { places.append(Place(number: event.wd)) }
                    offset += size + Int(event.len)
                }
            }
        }
        return places
    }
}
