import CLinux
import Glibc

extension DoctorFacts {
    /// Looks at a system; nothing is opened but small files.
    ///
    /// What other programs know better is left at "nothing wrong" for the caller to fill in: the configuration's errors,
    /// and what was heard.
    ///
    /// - Parameter configuredPaths: the lines that the configuration names.
    /// - Parameter statePath: the folder of the history.
    public init(
        from tree: SystemTree, configuredPaths: [String] = [], statePath: String = "/var/lib/lumbard"
    ) {
        self.init()
        let accounts = Accounts(tree)
        let processes = ProcessTable(tree)
        user = User(accounts)
        modules = Self.modules(tree)
        missingPaths = configuredPaths.filter { !tree.exists($0) }
        let given = configuredPaths.filter(tree.exists).compactMap { tree.resolved($0) }
        let names = tree.entries("/sys/class/tty").filter(Self.isSerial).map { "/dev/" + $0 }
        let nodes = names + given.filter { !names.contains($0) }
        ports = nodes.map { Port(node: $0, "/sys/class/tty", tree, accounts, processes) }
        for folder in ["/sys/class/hidraw", "/sys/bus/iio/devices"] {
            for name in tree.entries(folder) where tree.exists("/dev/" + name) {
                var port = Port(node: "/dev/" + name, folder, tree, accounts, processes)
                port.isSerial = false
                // Keyboards are HID devices too: only what a rule declares is any of our business.
                if port.isMarked { ports.append(port) }
            }
        }
        converters = Self.converters(tree)
        grabbers = ["ModemManager", "gpsd", "brltty"].filter { processes.isRunning($0) }
        hasBrlttyRule = Self.ruleFolders.contains { folder in
            tree.entries(folder).contains { $0.contains("brltty") && $0.hasSuffix(".rules") }
        }
        service = Service(tree, accounts, isRunning: processes.isRunning("lumbard"))
        state = State(tree, path: statePath, accounts)
        isClockSynchronized =
            tree.isLive ? WallClockReader.isSynchronized : tree.exists("/run/systemd/timesync/synchronized")
    }

    static let ruleFolders = ["/usr/lib/udev/rules.d", "/lib/udev/rules.d", "/etc/udev/rules.d"]

    private static func isSerial(_ name: String) -> Bool {
        ["ttyUSB", "ttyACM", "rfcomm"].contains { name.hasPrefix($0) }
    }

    private static func modules(_ tree: SystemTree) -> [String] {
        let loaded = tree.lines("/proc/modules").compactMap {
            $0.split(separator: " ").first.map(String.init)
        }
        return loaded + tree.entries("/sys/module").filter { !loaded.contains($0) }
    }

    private static func converters(_ tree: SystemTree) -> [Converter] {
        let bus = "/sys/bus/usb/devices"
        let names = tree.entries(bus)
        return names.compactMap { name in
            guard let vendor = tree.text("\(bus)/\(name)/idVendor"),
                let product = tree.text("\(bus)/\(name)/idProduct"),
                SerialDriver.module(vendor: vendor, product: product) != nil
            else { return nil }
            let interfaces = names.filter { $0.hasPrefix(name + ":") }.map { "\(bus)/\($0)" }
            let hasPort = interfaces.contains { folder in
                tree.entries(folder).contains(where: isSerial)
                    || tree.entries(folder + "/tty").contains(where: isSerial)
            }
            return Converter(
                vendor: vendor, product: product, place: name,
                drivers: interfaces.compactMap { tree.linkName($0 + "/driver") }, hasPort: hasPort)
        }
    }
}

extension DoctorFacts.Port {
    /// The device behind a node; `list` is where the kernel lists its kind.
    init(
        node: String, _ list: String, _ tree: SystemTree, _ accounts: Accounts, _ processes: ProcessTable
    ) {
        self.init(node: node)
        var about = stat()
        if stat(tree.path(node), &about) == 0 {
            mode = about.st_mode & 0o777
            group = accounts.groupName(about.st_gid)
            mayOpen = access(tree.path(node), list == "/sys/class/tty" ? R_OK | W_OK : R_OK) == 0
        }
        holder = processes.holder(of: node)
        let entry = list + "/" + (node.split(separator: "/").last.map(String.init) ?? "")
        // From the line up through the interface to the USB device.
        var folder = tree.resolved(entry) ?? ""
        while folder.count > "/sys/devices".count {
            if driver.isEmpty, tree.exists(folder + "/bInterfaceNumber") {
                driver = tree.linkName(folder + "/driver") ?? ""
            }
            if let id = tree.text(folder + "/idVendor") {
                vendor = id
                product = tree.text(folder + "/idProduct") ?? ""
                break
            }
            folder = String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)])
        }
        let properties = Self.properties(entry, tree)
        func value(_ name: String) -> String? {
            properties.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
        }
        isMarked =
            value("ID_LUMBARD") == "1" || value("LUMBARD_ACCESS") == "1"
            || value("ID_LUMBARD_CANDIDATE") != nil
        isKeptFromModemManager =
            value("ID_MM_DEVICE_IGNORE") == "1" || value("ID_MM_PORT_IGNORE") == "1"
        claimedBy =
            value("SYSTEMD_WANTS")?.split(separator: " ").map(String.init)
            .first { !$0.hasPrefix("lumbard") } ?? ""
    }

    /// What udev keeps of a line, `NAME=VALUE`.
    private static func properties(_ entry: String, _ tree: SystemTree) -> [String] {
        let number = tree.text(entry + "/dev") ?? ""
        let kept = tree.lines("/run/udev/data/c" + number).filter { $0.hasPrefix("E:") }
        return kept.map { String($0.dropFirst(2)) } + tree.lines(entry + "/uevent")
    }
}

extension DoctorFacts.User {
    init(_ accounts: Accounts) {
        self.init()
        id = geteuid()
        name = accounts.userName(id)
        let count = max(0, getgroups(0, nil))
        var ids = [gid_t](repeating: 0, count: Int(count))
        let got = getgroups(count, &ids)
        sessionGroups = (ids.prefix(Int(max(0, got))) + [getegid()]).map(accounts.groupName)
        storedGroups = accounts.groups(of: name)
    }
}

extension DoctorFacts.Service {
    init(_ tree: SystemTree, _ accounts: Accounts, isRunning: Bool) {
        self.init()
        let folders = ["/etc/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system"]
        let file = (folders + ["/lib/systemd/system"]).map { $0 + "/lumbard.service" }.first(
            where: tree.exists)
        hasUnit = file != nil
        hasRules = DoctorFacts.ruleFolders.contains { tree.exists($0 + "/60-lumbard.rules") }
        // A link, which leads nowhere when seen from outside a copied system.
        isEnabled = tree.entries("/etc/systemd/system/multi-user.target.wants").contains("lumbard.service")
        self.isRunning = isRunning
        let dropIns = "/etc/systemd/system/lumbard.service.d"
        let files = [file].compactMap { $0 } + tree.entries(dropIns).map { dropIns + "/" + $0 }
        let key = "SupplementaryGroups="
        groups = files.flatMap(tree.lines).filter { $0.hasPrefix(key) }
            .flatMap { $0.dropFirst(key.count).split(separator: " ").map(String.init) }
        groups += accounts.groups(of: "lumbard")
    }
}

extension DoctorFacts.State {
    init(_ tree: SystemTree, path: String, _ accounts: Accounts) {
        self.init()
        self.path = path
        var about = stat()
        exists = stat(tree.path(path), &about) == 0
        if exists {
            owner = accounts.userName(about.st_uid)
            isWritable = about.st_mode & 0o300 == 0o300
        }
        // A folder that is yet to be made will be on the disk of the nearest one that is there.
        var folder = path
        var disk = statvfs()
        while statvfs(tree.path(folder.isEmpty ? "/" : folder), &disk) != 0, !folder.isEmpty {
            folder = String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)])
        }
        freeBytes = UInt64(disk.f_bavail) * UInt64(disk.f_frsize)
        totalBytes = UInt64(disk.f_blocks) * UInt64(disk.f_frsize)
        if UInt(disk.f_flag) & UInt(ST_RDONLY) != 0 { isWritable = false }
    }
}
