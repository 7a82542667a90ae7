/// What identifies one physical sensor across unplugging: never a ttyUSB number.
public struct DeviceID: Hashable, Sendable, CustomStringConvertible {
    /// The identity, such as `usb-1a86_USB_Serial-if00` or `path-platform-1.2:1.0`, or a path given by hand.
    public var text: String

    /// An identity.
    public init(_ text: String) { self.text = text }

    /// The identity as text.
    public var description: String { text }
}

/// Who wears a sensor: everything that accumulates belongs to a wearer, not to a device.
public struct WearerID: Hashable, Sendable, CustomStringConvertible {
    /// A short name chosen by the wearer; `me` when there is only one.
    public var text: String

    /// A wearer.
    public init(_ text: String) { self.text = text }

    /// The one wearer of a plain installation.
    public static let sole = WearerID("me")

    /// The name.
    public var description: String { text }
}

/// What part of the body a sensor reports on.
public enum SensorRole: String, Sendable, CaseIterable {
    /// The lower back, or the waist: what everything else is measured by.
    case lumbar
    /// The chest, or the back between the shoulder blades; with the lumbar sensor it tells how the spine bends.
    case thorax
    /// The front or the side of a thigh; it tells sitting from standing.
    case thigh
}

/// A sensor as the shell found it: identity, protocol and mount, but no path and no descriptor.
public struct Device: Sendable, Equatable {
    /// Identity across replugging.
    public var id: DeviceID
    /// A name for people.
    public var name: String
    /// Protocol name from `DecoderCatalog`, or nil to let the bytes decide.
    public var protocolName: String?
    /// Profiles that its bytes are to be read by, besides those that come with the program: what a recording carries.
    public var profiles: [ProfileSource] = []
    /// How it sits on the body.
    public var mount: Mount
    /// What was known before of how it sits on this wearer; it counts once something confirms it.
    public var calibration: MountCalibration?
    /// Who wears it.
    public var wearer: WearerID
    /// Where.
    public var role: SensorRole
    /// What it says of itself before it sends: the report descriptor of a HID device, the sysfs attributes of IIO
    /// devices as text; empty for a line, which says nothing.
    public var descriptor: [UInt8]

    /// A device.
    public init(
        id: DeviceID, name: String = "", protocolName: String? = nil, mount: Mount = .undeclared,
        wearer: WearerID = .sole, role: SensorRole = .lumbar, calibration: MountCalibration? = nil,
        descriptor: [UInt8] = []
    ) {
        self.descriptor = descriptor
        self.calibration = calibration
        self.id = id
        self.name = name.isEmpty ? id.text : name
        self.protocolName = protocolName
        self.mount = mount
        self.wearer = wearer
        self.role = role
    }
}
