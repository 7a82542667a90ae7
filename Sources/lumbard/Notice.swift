import LumbarAlerts
import LumbarCore

/// Something the shell itself has to say: about a line, a file, the configuration.
struct Notice: Sendable, Equatable {
    /// The kind, where there is an explanation of it in the catalog.
    var id: MessageID?
    /// Syslog priority.
    var priority: Int
    /// One or two sentences: what happened, and what happens next.
    var message: String
    /// Which sensor it is about.
    var device: DeviceID?

    /// Worth reading: syslog notice.
    static func note(_ id: MessageID?, _ message: String, device: DeviceID? = nil) -> Notice {
        Notice(id: id, priority: 5, message: message, device: device)
    }

    /// For information.
    static func info(_ id: MessageID?, _ message: String, device: DeviceID? = nil) -> Notice {
        Notice(id: id, priority: 6, message: message, device: device)
    }

    /// Something does not work as it should.
    static func warning(_ id: MessageID?, _ message: String, device: DeviceID? = nil) -> Notice {
        Notice(id: id, priority: 4, message: message, device: device)
    }

    /// The words about a line on which something legible but useless comes.
    static func notUnderstood(_ name: String, _ reason: String) -> String {
        "\(name): what it sends cannot be read: \(Printable.text(reason, limit: 400))"
    }

    /// The words about a sensor that nobody said is to be used.
    static func pending(_ name: String, _ protocolName: String, _ id: DeviceID) -> String {
        "\(name): a sensor speaks \(Printable.text(protocolName)). It is not known here, so nothing is kept of it. "
            + "To use it: " + trust(id)
    }

    /// The line that makes a sensor known. What udev's names are made of, and so the identity, needs no quotes.
    static func trust(_ id: DeviceID) -> String {
        "sudo lumbarctl device trust \(Printable.text(id.text, limit: 255))"
    }

    /// The value of LUMBARD_EVENT.
    var event: String { id?.event ?? (device == nil ? "service" : "device") }
}
