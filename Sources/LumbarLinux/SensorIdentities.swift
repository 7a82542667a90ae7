import LumbarCore

/// Which identity each plugged-in device goes by.
///
/// A device with a serial number of its own goes by that, in every port; one without by its port. Makers are known to
/// give many devices one number, which shows only when two of them are plugged in at once. From then on, for good, the
/// number belongs to the one that had it first, in the port where it was then, and all others go by their ports. Nobody
/// takes over the identity of another, and what is read keeps the identity it has.
///
///     first seen alone             serial number, wherever it is plugged in
///     a twin comes                 the first: serial number, in its port; the twin: by its port
///     the first goes, twin stays   the twin: by its port
///     the first comes back         to its port: serial number; elsewhere: by its port
///     both there from the start    both by their ports
public struct SensorIdentities: Sendable, Equatable {
    /// A serial number that several devices have.
    public struct Shared: Sendable, Equatable {
        /// The identity by serial number.
        public var identity: DeviceID
        /// The port of the device that goes by it, as an identity; nil when none does.
        public var holder: DeviceID?
    }

    private struct Name: Sendable, Equatable {
        var systemPath: String
        var byPort: DeviceID
        var name: DeviceID
    }

    /// Serial numbers that several devices have, in the order in which that showed.
    public private(set) var shared: [Shared]
    private var names: [Name] = []

    /// Nothing is plugged in yet; `text` is what another had to remember.
    public init(remembering text: String = "") {
        shared = text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 2, !fields[0].isEmpty else { return nil }
            let holder = fields[1].isEmpty ? nil : DeviceID(String(fields[1]))
            return Shared(identity: DeviceID(String(fields[0])), holder: holder)
        }
    }

    /// What has to be remembered for the identities to stay what they are: a line for each shared serial number, with
    /// the port of its holder after a tab.
    public var text: String {
        shared.map { $0.identity.text + "\t" + ($0.holder?.text ?? "") + "\n" }.joined()
    }

    /// The identity of `device`, which is one of those `present`.
    public mutating func identity(of device: SensorDevice, among present: [SensorDevice]) -> DeviceID {
        if let known = names.first(where: { $0.systemPath == device.systemPath }) { return known.name }
        let name = newIdentity(of: device, among: present)
        names.append(Name(systemPath: device.systemPath, byPort: device.identityByPort, name: name))
        return name
    }

    /// The device in `systemPath` was unplugged.
    public mutating func forget(_ systemPath: String) { names.removeAll { $0.systemPath == systemPath } }

    /// What was stored in `folder`; nothing when there is none, or when it may not be read.
    public static func stored(in folder: String) -> SensorIdentities {
        let bytes = (try? readSmallFile(folder + fileName)) ?? []
        return SensorIdentities(remembering: String(decoding: bytes, as: UTF8.self))
    }

    /// Stores in `folder` what has to be remembered.
    public func store(in folder: String) throws(SystemError) {
        try replaceFile(folder + SensorIdentities.fileName, with: Array(text.utf8))
    }

    private static let fileName = "/shared-serial-numbers"

    private mutating func newIdentity(of device: SensorDevice, among present: [SensorDevice]) -> DeviceID {
        let (identity, port) = (device.identity, device.identityByPort)
        guard identity != port else { return port }
        if let known = shared.first(where: { $0.identity == identity }) {
            return known.holder == port ? identity : port
        }
        let hasTwin = present.contains {
            $0.systemPath != device.systemPath && $0.identity == identity
        }
        guard hasTwin else { return identity }
        shared.append(Shared(identity: identity, holder: names.first { $0.name == identity }?.byPort))
        return port
    }
}
