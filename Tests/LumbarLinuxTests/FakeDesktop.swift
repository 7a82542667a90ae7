import CSystemd
import Glibc
import LumbarCore
import LumbarTestKit

@testable import LumbarLinux

/// A session bus of its own (dbus-daemon), with a notification server on it that does what a test says.
final class FakeDesktop {
    /// Whether there is a dbus-daemon to be had.
    static let isAvailable = access(path, X_OK) == 0
    private static let path = "/usr/bin/dbus-daemon"

    /// A notification as it was asked for.
    struct Shown: Equatable {
        var id: UInt32
        var replaced: UInt32
        var summary: String
        var body: String
        var actions: [String]
        var urgency: UInt8
        var category: String
        var timeout: Int32
    }

    let address: String
    private let process: pid_t
    private let bus: OpaquePointer
    private(set) var shown: [Shown] = []
    private(set) var closed: [UInt32] = []
    var capabilities = ["body", "body-markup", "actions"]
    /// What the property Inhibited says; nil where the server has none.
    var isInhibited: Bool?
    private var numbers: UInt32 = 0

    struct Failure: Error {}

    init(in folder: String) throws {
        address = "unix:path=" + folder + "/bus"
        var child: pid_t = 0
        let words = [Self.path, "--session", "--nofork", "--nopidfile", "--address=" + address]
        var texts: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { texts.forEach { free($0) } }
        guard posix_spawn(&child, Self.path, nil, nil, &texts, environ) == 0 else { throw Failure() }
        process = child
        let limit = BootClock.now() + .seconds(30)
        var made: OpaquePointer?
        while made == nil, BootClock.now() < limit {
            made = Self.connect(address)
            if made == nil { poll(nil, 0, 10) }
        }
        guard let made else {
            kill(child, SIGKILL)
            throw Failure()
        }
        bus = made
        guard sd_bus_request_name(bus, "org.freedesktop.Notifications", 0) >= 0 else { throw Failure() }
    }

    deinit {
        sd_bus_close_unref(bus)
        kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    private static func connect(_ address: String) -> OpaquePointer? {
        var made: OpaquePointer?
        guard sd_bus_new(&made) >= 0, let made else { return nil }
        if sd_bus_set_address(made, address) >= 0, sd_bus_set_bus_client(made, 1) >= 0,
            sd_bus_start(made) >= 0
        {
            return made
        }
        sd_bus_unref(made)
        return nil
    }

    /// Answers what has been asked so far.
    func turn() {
        while true {
            var message: OpaquePointer?
            guard sd_bus_process(bus, &message) > 0 else { break }
            guard let message else { continue }
            answer(message)
            sd_bus_message_unref(message)
        }
        sd_bus_flush(bus)
    }

    private func answer(_ call: OpaquePointer) {
        let member = sd_bus_message_get_member(call).map { String(cString: $0) } ?? ""
        var type: UInt8 = 0
        sd_bus_message_get_type(call, &type)
        // Method calls.
        guard type == 1 else { return }
        var reply: OpaquePointer?
        guard sd_bus_message_new_method_return(call, &reply) >= 0, let reply else { return }
        defer { sd_bus_message_unref(reply) }
        switch member {
        case "GetCapabilities":
            sd_bus_message_open_container(reply, letter("a"), "s")
            for text in capabilities { sd_bus_message_append_basic(reply, letter("s"), text) }
            sd_bus_message_close_container(reply)
        case "Get":
            guard let isInhibited else {
                var error = sd_bus_error()
                sd_bus_error_set(&error, "org.freedesktop.DBus.Error.UnknownProperty", "no such property")
                sd_bus_reply_method_error(call, &error)
                sd_bus_error_free(&error)
                return
            }
            var value: Int32 = isInhibited ? 1 : 0
            sd_bus_message_open_container(reply, letter("v"), "b")
            sd_bus_message_append_basic(reply, letter("b"), &value)
            sd_bus_message_close_container(reply)
        case "Notify":
            let notice = read(call)
            shown.append(notice)
            var id = notice.id
            sd_bus_message_append_basic(reply, letter("u"), &id)
        case "CloseNotification":
            let id = number(call)
            closed.append(id)
            emit("NotificationClosed", id) { signal in
                var reason: UInt32 = 3
                sd_bus_message_append_basic(signal, self.letter("u"), &reason)
            }
        default: break
        }
        sd_bus_send(bus, reply, nil)
    }

    private func read(_ call: OpaquePointer) -> Shown {
        _ = text(call)
        let replaced = number(call)
        _ = text(call)
        numbers += replaced == 0 ? 1 : 0
        var notice = Shown(
            id: replaced == 0 ? numbers : replaced, replaced: replaced, summary: text(call), body: text(call),
            actions: [], urgency: 255, category: "", timeout: 0)
        sd_bus_message_enter_container(call, letter("a"), "s")
        while case let word = text(call), !word.isEmpty { notice.actions.append(word) }
        sd_bus_message_exit_container(call)
        sd_bus_message_enter_container(call, letter("a"), "{sv}")
        while sd_bus_message_enter_container(call, letter("e"), "sv") > 0 {
            switch text(call) {
            case "urgency":
                sd_bus_message_enter_container(call, letter("v"), "y")
                sd_bus_message_read_basic(call, letter("y"), &notice.urgency)
                sd_bus_message_exit_container(call)
            case "category":
                sd_bus_message_enter_container(call, letter("v"), "s")
                notice.category = text(call)
                sd_bus_message_exit_container(call)
            default: sd_bus_message_skip(call, "v")
            }
            sd_bus_message_exit_container(call)
        }
        sd_bus_message_exit_container(call)
        sd_bus_message_read_basic(call, letter("i"), &notice.timeout)
        return notice
    }

    /// Ends and begins anew: its numbers begin at 1 again, and the first is taken by somebody else's bubble.
    func restart() {
        let name = "org.freedesktop.Notifications"
        sd_bus_release_name(bus, name)
        sd_bus_request_name(bus, name, 0)
        numbers = 1
    }

    /// Somebody presses a button.
    func press(_ key: String, of id: UInt32) {
        emit("ActionInvoked", id) { signal in sd_bus_message_append_basic(signal, self.letter("s"), key) }
    }

    /// Somebody takes a bubble away.
    func dismiss(_ id: UInt32) {
        emit("NotificationClosed", id) { signal in
            var reason: UInt32 = 2
            sd_bus_message_append_basic(signal, self.letter("u"), &reason)
        }
    }

    private func emit(_ member: String, _ id: UInt32, _ rest: (OpaquePointer) -> Void) {
        var signal: OpaquePointer?
        let name = "org.freedesktop.Notifications"
        guard sd_bus_message_new_signal(bus, &signal, "/org/freedesktop/Notifications", name, member) >= 0,
            let signal
        else { return }
        var id = id
        sd_bus_message_append_basic(signal, letter("u"), &id)
        rest(signal)
        sd_bus_send(bus, signal, nil)
        sd_bus_message_unref(signal)
    }

    private func letter(_ letter: Unicode.Scalar) -> CChar { CChar(UInt8(ascii: letter)) }

    private func text(_ message: OpaquePointer) -> String {
        var value: UnsafePointer<CChar>?
        guard sd_bus_message_read_basic(message, letter("s"), &value) > 0 else { return "" }
        return value.map { String(cString: $0) } ?? ""
    }

    private func number(_ message: OpaquePointer) -> UInt32 {
        var value: UInt32 = 0
        sd_bus_message_read_basic(message, letter("u"), &value)
        return value
    }
}
