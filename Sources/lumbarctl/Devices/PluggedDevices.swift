import LumbarCore
import LumbarLinux
import LumbarMonitor
import LumbarSettings

/// What is plugged in, what each is called, and what becomes of it.
struct PluggedDevices {
    /// One device.
    struct Entry {
        var device: SensorDevice
        var identity: DeviceID
        var choice: SensorDevice.Choice
        /// What the configuration says about it alone.
        var section: SensorSettings?
    }

    let declared: SensorDeclarations
    let devices: [Entry]

    /// What udev shows, by what is declared.
    init(_ known: DaemonSettings) throws {
        let declared = known.declarations
        let found: [SensorDevice]
        do throws(SystemError) {
            found = try DeviceWatcher.list()
        } catch {
            throw Failure(.system, error.description)
        }
        self.declared = declared
        var identities = SensorIdentities.stored(in: HistoryOptions.standardFolder)
        devices = found.map { device in
            let identity = identities.identity(of: device, among: found)
            return Entry(
                device: device, identity: identity,
                choice: declared.choice(for: device, called: identity).unlessUnreadable(device),
                section: declared.entry(for: device, called: identity).flatMap { known.sensors[$0.id] })
        }
    }

    /// The device that somebody names: by its identity, its port's, its node, or a link to that.
    func device(named name: String) -> Entry? {
        devices.first { $0.identity.text == name }
            ?? devices.first { $0.device.identityByPort.text == name }
            ?? devices.first { name.hasPrefix("/") && $0.device.isAt(name) }
    }

    /// Those that may be sensors: what somebody may have meant who misspelt a name.
    var worthNaming: [Entry] { devices.filter { $0.device.isWorthListing } }

    /// Why nothing is called `name`: the nearest name, and all there are.
    func nothingCalled(_ name: String) -> String {
        let names = worthNaming.map(\.identity.text)
        let guess = nearest(to: name, in: names).map { "; did you mean \($0)?" } ?? "."
        let list = names.isEmpty ? "nothing that may be a sensor is" : names.joined(separator: ", ")
        return "nothing called \(Printable.text(name)) is plugged in\(guess) Plugged in: \(list)"
    }
}

extension SensorDevice.Choice {
    /// Whether somebody has said something about it.
    var concernsUs: Bool {
        switch self {
        case .ours, .trusted, .givenByHand, .refused: true
        case .candidate, .pending, .leftAlone: false
        }
    }
}
