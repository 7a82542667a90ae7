import LumbarCore
import LumbarLive

/// Whoever shows notifications in this session (Desktop Notifications Specification 1.2).
struct NotificationServer {
    private let bus: SessionBus
    private static let name = "org.freedesktop.Notifications"
    private static let place = SessionBus.Place(
        destination: name, path: "/org/freedesktop/Notifications", interface: name)

    init(on bus: SessionBus) throws(BusError) {
        self.bus = bus
        try bus.listen(
            for:
                "type='signal',sender='\(Self.name)',path='/org/freedesktop/Notifications',interface='\(Self.name)'"
        )
        let dbus = SessionBus.dbus
        try bus.listen(
            for: "type='signal',sender='\(dbus)',path='/org/freedesktop/DBus',interface='\(dbus)',"
                + "member='NameOwnerChanged',arg0='\(Self.name)'")
    }

    /// What a user did with a bubble.
    enum News {
        case pressed(UInt32, key: String)
        case closed(UInt32)
        /// Somebody else shows bubbles from now on, or nobody does: numbers begin anew, and those known are others' now.
        case replaced
    }

    /// The next of it; nil when nothing has come.
    func next() throws(BusError) -> News? {
        while let message = try bus.next() {
            if message.isSignal(Self.name, "ActionInvoked"), let id = message.number(),
                let key = message.text()
            {
                return .pressed(id, key: key)
            }
            if message.isSignal(Self.name, "NotificationClosed"), let id = message.number() {
                return .closed(id)
            }
            if message.isSignal(SessionBus.dbus, "NameOwnerChanged"), message.text() == Self.name {
                return .replaced
            }
        }
        return nil
    }

    /// Whether the desktop says that it is not to be disturbed; false where it does not say.
    var isInhibited: Bool {
        let properties = SessionBus.Place(
            destination: Self.name, path: Self.place.path, interface: "org.freedesktop.DBus.Properties")
        let reply = try? bus.call("Get", of: properties) { message in
            message.add(Self.name)
            message.add("Inhibited")
        }
        return reply?.flagInVariant() ?? false
    }

    /// What it can show, by the names of the specification.
    func abilities() throws(BusError) -> [String] {
        try bus.call("GetCapabilities", of: Self.place).texts()
    }

    /// Shows `notice`, in place of the bubble `replaced` unless that is 0; returns the bubble's number.
    func show(
        _ notice: DesktopNotice, by abilities: [String], replacing replaced: UInt32
    ) throws(BusError) -> UInt32 {
        let reply = try bus.call("Notify", of: Self.place) { message in
            message.add("lumbard")
            message.add(replaced)
            message.add("")
            message.add(notice.summary)
            message.add(abilities.contains("body-markup") ? notice.markup : notice.body)
            message.add(.array, of: "s") {
                guard abilities.contains("actions") else { return }
                for action in notice.actions {
                    message.add(action.rawValue)
                    message.add(action.label)
                }
            }
            message.add(.array, of: "{sv}") {
                Self.add("urgency", to: message, of: "y") { message.add(notice.urgency.rawValue) }
                Self.add("category", to: message, of: "s") { message.add("x-lumbard.alert") }
            }
            // A possible fall stays until somebody has seen it; the rest for as long as the desktop likes.
            message.add(notice.isFall ? Int32(0) : -1)
        }
        return reply.number() ?? 0
    }

    private static func add(_ key: String, to message: BusMessage, of type: String, _ value: () -> Void) {
        message.add(.entry, of: "sv") {
            message.add(key)
            message.add(.variant, of: type, value)
        }
    }

    /// Takes a bubble away; one that is gone already is left alone.
    func close(_ id: UInt32) { _ = try? bus.call("CloseNotification", of: Self.place) { $0.add(id) } }
}
