import LumbarCore
import LumbarLinux

/// Something the shell itself has to say: about a line, a file, the configuration.
struct Notice: Sendable, Equatable {
    /// One or two sentences: what happened, and what happens next.
    var message: String
    /// Syslog priority.
    var priority: Int
    /// Which sensor it is about.
    var device: DeviceID?

    /// Worth reading.
    static func note(_ message: String, device: DeviceID? = nil) -> Notice {
        Notice(message: message, priority: 5, device: device)
    }

    /// For information.
    static func info(_ message: String, device: DeviceID? = nil) -> Notice {
        Notice(message: message, priority: 6, device: device)
    }

    /// Something does not work as it should.
    static func warning(_ message: String, device: DeviceID? = nil) -> Notice {
        Notice(message: message, priority: 4, device: device)
    }

    /// The fields beside the message.
    var fields: [Journal.Field] {
        [Journal.Field("LUMBARD_EVENT", device == nil ? "daemon" : "device")]
            + (device.map { [Journal.Field("LUMBARD_DEVICE", $0.text)] } ?? [])
    }
}
