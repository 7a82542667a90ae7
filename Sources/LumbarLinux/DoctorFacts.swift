/// Everything `lumbarctl doctor` looks at, gathered beforehand: what follows from it is a function of this alone.
public struct DoctorFacts: Sendable, Equatable {
    /// A serial line that is there, or a HID or IIO sensor that a udev rule declares.
    public struct Port: Sendable, Equatable {
        /// Its device node, such as `/dev/ttyUSB0`.
        public var node: String
        /// Whether it is a serial line; the others are only ever read, and need less of a permission.
        public var isSerial = true
        /// The kernel driver, such as `ch341`; empty when it is not known.
        public var driver = ""
        /// USB vendor, four hexadecimal digits; empty for other lines.
        public var vendor = ""
        /// USB product, likewise.
        public var product = ""
        /// The node's group.
        public var group = ""
        /// The node's permission bits.
        public var mode: UInt32 = 0o660
        /// Whether whoever asks may open it.
        public var mayOpen = true
        /// The program that has it open, as far as that is visible.
        public var holder: PortHolder?
        /// Whether a udev rule of ours has marked it.
        public var isMarked = false
        /// Whether udev tells ModemManager to leave it alone.
        public var isKeptFromModemManager = false
        /// A service that udev starts for it, such as `gpsdctl@ttyUSB0.service`; empty when there is none.
        public var claimedBy = ""

        /// A line with that node, and nothing wrong.
        public init(node: String) { self.node = node }
    }

    /// A USB serial converter that is plugged in.
    public struct Converter: Sendable, Equatable {
        /// Vendor, four hexadecimal digits.
        public var vendor: String
        /// Product, likewise.
        public var product: String
        /// Its place on the bus, such as `1-1.4`.
        public var place: String
        /// The drivers bound to its interfaces; `usbfs` is a program that has taken it from the kernel.
        public var drivers: [String]
        /// Whether it has a serial line.
        public var hasPort: Bool

        /// A converter.
        public init(vendor: String, product: String, place: String, drivers: [String], hasPort: Bool) {
            self.vendor = vendor
            self.product = product
            self.place = place
            self.drivers = drivers
            self.hasPort = hasPort
        }
    }

    /// Who asks.
    public struct User: Sendable, Equatable {
        /// The name.
        public var name = "you"
        /// The number; 0 is root.
        public var id: UInt32 = 0
        /// The groups of this session.
        public var sessionGroups: [String] = []
        /// The groups that the next session will have.
        public var storedGroups: [String] = []

        /// Root.
        public init() {}
    }

    /// The service.
    public struct Service: Sendable, Equatable {
        /// Whether the unit file is installed.
        public var hasUnit = true
        /// Whether the udev rules are installed.
        public var hasRules = true
        /// Whether it starts with the system.
        public var isEnabled = true
        /// Whether it runs.
        public var isRunning = true
        /// The groups it may open devices with.
        public var groups = ["dialout"]

        /// A service that runs.
        public init() {}
    }

    /// The folder of the history.
    public struct State: Sendable, Equatable {
        /// Where.
        public var path = "/var/lib/lumbard"
        /// Whether it is there and can be looked at.
        public var exists = true
        /// The user it belongs to; empty when that user has no name.
        public var owner = "lumbard"
        /// Whether its owner may write there.
        public var isWritable = true
        /// What is free on its disk, bytes.
        public var freeBytes: UInt64 = 1 << 40
        /// How large its disk is, bytes.
        public var totalBytes: UInt64 = 1 << 41

        /// A folder with nothing wrong.
        public init() {}
    }

    /// What was heard on a line that was listened to.
    public struct Heard: Sendable, Equatable {
        /// The line.
        public var node: String
        /// What spoke; empty when nothing was understood.
        public var protocolName = ""
        /// At how many bits a second.
        public var baud = 0
        /// Whether the daemon tries that rate.
        public var isBaudTried = true
        /// |a| at rest, g; nil when it was not still.
        public var restG: Double?
        /// Whether the line was in cooked mode when it was opened.
        public var wasCooked = false
        /// Why nothing was understood.
        public var reason = ""

        /// Something heard on a line.
        public init(node: String) { self.node = node }
    }

    /// A device that may be a sensor, and that nobody has said is to be used.
    public struct Pending: Sendable, Equatable {
        /// What it is, for people.
        public var title: String
        /// The line that has it used.
        public var command: String

        /// A device.
        public init(title: String, command: String) {
            self.title = title
            self.command = command
        }
    }

    /// Something that a wearer asked for, and that still holds.
    public struct Asked: Sendable, Equatable {
        /// Whether the sensors are closed; otherwise nothing but possible falls is told.
        public var isPause: Bool
        /// Whose; empty where there is only one wearer.
        public var wearer: String
        /// Until when, such as `2026-11-21 14:30`.
        public var until: String
        /// The line that ends it.
        public var command: String

        /// Something asked for.
        public init(isPause: Bool, wearer: String = "", until: String, command: String) {
            self.isPause = isPause
            self.wearer = wearer
            self.until = until
            self.command = command
        }
    }

    /// The lines and sensors, by node.
    public var ports: [Port] = []
    /// The converters, by place.
    public var converters: [Converter] = []
    /// Modules of the kernel that are loaded or built in.
    public var modules: [String] = []
    /// Lines that the configuration names and that are not there.
    public var missingPaths: [String] = []
    /// What is plugged in and waits to be trusted.
    public var pending: [Pending] = []
    /// Programs that run and are known to open serial lines by themselves: ModemManager, gpsd, brltty.
    public var grabbers: [String] = []
    /// Whether brltty's udev rule for CH340 converters is installed.
    public var hasBrlttyRule = false
    /// Who asks.
    public var user = User()
    /// The pauses and snoozes that hold.
    public var asked: [Asked] = []
    /// The service.
    public var service = Service()
    /// The history's folder.
    public var state = State()
    /// Whether the clock is set by something that knows the time.
    public var isClockSynchronized = true
    /// What is wrong with the configuration, line by line.
    public var configurationErrors: [String] = []
    /// Whether the configuration could be read at all.
    public var isConfigurationReadable = true
    /// What was heard, where it was listened.
    public var heard: [Heard] = []

    /// A system without a sensor and with nothing wrong.
    public init() {}
}
