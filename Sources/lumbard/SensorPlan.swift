import LumbarCore
import LumbarDecoders
import LumbarLinux
import LumbarMonitor

/// What is to be read, and what is known about it before it is opened.
struct SensorPlan: Equatable {
    /// Who it is for the Monitor.
    var device: Device
    /// What to open.
    var path: String
    /// Its place in udev, or nil when the path was given by hand.
    var systemPath: String?
    /// Whether it is let go when no sensor speaks.
    var isCandidate: Bool
    /// Whether what it sends is used; otherwise it is found out what it is, and that is all.
    var isTrusted: Bool
    /// Rates to try, in this order; one when it is known.
    var rates: [Int]
    /// How it is read.
    var source: Sensor.Source
}

/// Makes plans of what the command line, the configuration and udev's rules say, in this order of precedence.
struct SensorPlanner {
    let daemon: DaemonSettings
    let decoders: DecoderCatalog
    /// Sensors that the command line gives.
    let lines: [Options.Line]

    /// What is declared, for deciding about devices that udev shows.
    var declarations: SensorDeclarations {
        var declared = daemon.declarations
        declared.paths += lines.map(\.path)
        return declared
    }

    /// The sensors that are given by their paths.
    var given: [SensorPlan] {
        var all = lines
        for path in daemon.declarations.paths where !all.contains(where: { $0.path == path }) {
            all.append(Options.Line(path: path))
        }
        return all.map(plan)
    }

    private func plan(_ line: Options.Line) -> SensorPlan {
        let section = daemon.sensors[line.path]
        let device = device(
            DeviceID(line.path), name: "", protocols: [line.protocolName, section?.protocol],
            mounts: [line.mount, section.flatMap { Mount($0.mount) }], wearer: line.wearer, role: line.role,
            section: section)
        return SensorPlan(
            device: device, path: line.path, systemPath: nil, isCandidate: false, isTrusted: true,
            rates: rates([line.baud.map { [$0] }, section?.baud]), source: Sensor.Source(path: line.path))
    }

    /// The plan for a device that udev shows; nil when it is none of ours, or given by its path.
    func plan(_ found: SensorDevice, called identity: DeviceID) -> SensorPlan? {
        let declared = declarations
        let choice = declared.choice(for: found, called: identity)
        switch choice {
        case .ours, .trusted, .candidate, .pending: break
        case .givenByHand, .refused, .leftAlone: return nil
        }
        let section = declared.entry(for: found, called: identity).flatMap { daemon.sensors[$0.id] }
        let device = device(
            identity, name: found.title, protocols: [section?.protocol, found.protocolName],
            mounts: [section.flatMap { Mount($0.mount) }, Mount(found.mount)], wearer: nil, role: nil,
            section: section)
        return SensorPlan(
            device: device, path: found.node, systemPath: found.systemPath,
            isCandidate: [.candidate, .pending].contains(choice), isTrusted: choice != .pending,
            rates: rates([section?.baud, found.baud.map { [$0] }]), source: Sensor.Source(found))
    }

    /// A device as the first that says something has it.
    private func device(
        _ id: DeviceID, name: String, protocols: [String?], mounts: [Mount?], wearer: String?,
        role: SensorRole?, section: SensorSettings?
    ) -> Device {
        let known = daemon.device
        let speaks = (protocols + [known.protocol]).lazy.compactMap { $0 }.first { decoders.make($0) != nil }
        let mount = (mounts + [Mount(known.mount)]).lazy.compactMap { $0 }.first ?? .undeclared
        let names = [wearer, section?.wearer, known.wearer]
        let wears = names.lazy.compactMap { $0 }.first { !$0.isEmpty } ?? WearerID.sole.text
        return Device(
            id: id, name: name, protocolName: speaks, mount: mount, wearer: WearerID(wears),
            role: role ?? section?.role ?? .lumbar)
    }

    private func rates(_ said: [[Int]?]) -> [Int] {
        said.lazy.compactMap { $0 }.first { !$0.isEmpty } ?? daemon.device.baud
    }
}
