import LumbarCore
import LumbarMonitor
import LumbarStore

/// Who wears which sensor, as rows for the history.
struct WearLog {
    // A handful at most.
    private var devices: [Device] = []
    private var open: [DeviceWear] = []

    /// Remembers what a sensor is called, and who wears it.
    mutating func learn(_ device: Device) {
        devices.removeAll { $0.id == device.id }
        devices.append(device)
    }

    /// What is to be stored of `event`; nothing of most.
    mutating func rows(_ event: DeviceEvent) -> [StoreRow] {
        guard let device = devices.first(where: { $0.id == event.device }) else { return [] }
        var seen = SeenDevice(
            id: device.id, name: device.name, protocolName: device.protocolName ?? "")
        switch event.kind {
        case .attached:
            let wear = DeviceWear(
                device: device.id, wearer: device.wearer, role: device.role, from: event.time)
            open.removeAll { $0.device == device.id }
            open.append(wear)
            return [.device(seen, event.time), .wear(wear)]
        case .locked(let protocolName):
            seen.protocolName = protocolName
            return [.device(seen, event.time)]
        case .detached:
            guard let place = open.firstIndex(where: { $0.device == device.id }) else { return [] }
            var wear = open.remove(at: place)
            wear.until = event.time
            return [.device(seen, event.time), .wear(wear)]
        default: return []
        }
    }
}
