import CSystemd
import Glibc
import LumbarCore

/// Why the session bus, or somebody on it, did not do what was asked.
struct BusError: Error, CustomStringConvertible {
    /// The error's name on the bus; empty when it was the system's.
    var name = ""
    var description: String

    init(_ result: Int32, _ doing: String) {
        description = "cannot \(doing): \(String(cString: strerror(-result)))"
    }

    init(_ error: sd_bus_error, _ result: Int32, _ doing: String) {
        self.init(result, doing)
        guard let said = error.name else { return }
        name = String(cString: said)
        let message = error.message.map { String(cString: $0) } ?? name
        description = "cannot \(doing): \(Printable.text(message, limit: 200))"
    }
}

/// The bus of the user's session (D-Bus, by libsystemd).
final class SessionBus {
    private let bus: OpaquePointer

    /// How long somebody on the bus may take to answer; the daemon waits ten seconds for a slow reader.
    private static let patienceMicroseconds: UInt64 = 2_000_000

    init() throws(BusError) {
        var opened: OpaquePointer?
        let result = sd_bus_open_user(&opened)
        guard result >= 0, let opened else { throw BusError(result, "reach the session bus") }
        bus = opened
    }

    deinit { sd_bus_flush_close_unref(bus) }

    /// The bus itself, by its name on it.
    static let dbus = "org.freedesktop.DBus"

    /// What to poll, and for what.
    var descriptor: pollfd {
        pollfd(fd: sd_bus_get_fd(bus), events: Int16(truncatingIfNeeded: sd_bus_get_events(bus)), revents: 0)
    }

    /// An object on the bus.
    struct Place {
        var destination: String
        var path: String
        var interface: String
    }

    /// Calls a method and waits for the answer, two seconds at most.
    func call(
        _ member: String, of place: Place, _ fill: (BusMessage) -> Void = { _ in }
    ) throws(BusError) -> BusMessage {
        let doing = "call \(member) of \(place.destination)"
        var made: OpaquePointer?
        let result = sd_bus_message_new_method_call(
            bus, &made, place.destination, place.path, place.interface, member)
        guard result >= 0, let made else { throw BusError(result, doing) }
        let message = BusMessage(owning: made)
        fill(message)
        if message.result < 0 { throw BusError(message.result, doing) }
        var error = sd_bus_error()
        defer { sd_bus_error_free(&error) }
        var reply: OpaquePointer?
        let answered = sd_bus_call(bus, message.pointer, Self.patienceMicroseconds, &error, &reply)
        guard answered >= 0, let reply else { throw BusError(error, answered, doing) }
        return BusMessage(owning: reply)
    }

    /// Has signals sent to this program that fit `rule`.
    func listen(for rule: String) throws(BusError) {
        let bus = Place(destination: Self.dbus, path: "/org/freedesktop/DBus", interface: Self.dbus)
        _ = try call("AddMatch", of: bus) { $0.add(rule) }
    }

    /// The next message that has come; nil when none has.
    func next() throws(BusError) -> BusMessage? {
        while true {
            var message: OpaquePointer?
            let result = sd_bus_process(bus, &message)
            guard result >= 0 else { throw BusError(result, "read from the session bus") }
            if let message { return BusMessage(owning: message) }
            if result == 0 { return nil }
        }
    }
}
