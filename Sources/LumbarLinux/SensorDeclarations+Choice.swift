import LumbarCore

extension SensorDeclarations {
    /// What is said about a device that is called `identity` among those that are plugged in; nil when nothing is.
    ///
    /// An identity counts only while no other device has it too. A port's name counts for whatever is plugged in there.
    public func entry(for device: SensorDevice, called identity: DeviceID) -> Entry? {
        let names = [identity.text, device.identityByPort.text]
        for name in names {
            if let found = entries.first(where: { $0.id == name }) { return found }
        }
        return entries.first { $0.id.hasPrefix("/") && device.isAt($0.id) }
    }

    /// What becomes of a device that is called `identity` among those that are plugged in, and why.
    public func choice(for device: SensorDevice, called identity: DeviceID) -> SensorDevice.Choice {
        let entry = entry(for: device, called: identity)
        if let entry, !entry.isUsed { return .refused(entry.id) }
        if paths.contains(where: device.isAt) { return .givenByHand }
        if let entry { return .trusted(entry.id) }
        if device.isOurs { return .ours }
        // A tablet has such a sensor too, and nobody wears it: these are never guessed at.
        if device.kind != .serial { return .pending }
        guard device.isCandidate else { return .leftAlone("no udev rule says that it is a sensor") }
        guard listens else {
            return .leftAlone("sensors use this converter chip, but adopt = no in the configuration")
        }
        if !device.claimedBy.isEmpty {
            return .leftAlone("another service is started for it: " + Printable.text(device.claimedBy))
        }
        return trustsAll ? .candidate : .pending
    }
}

extension SensorDevice {
    /// Whether `path` leads to it.
    public func isAt(_ path: String) -> Bool {
        let end = resolvedPath(path)
        return [path, end].contains { name in
            name == node || links.contains(name) || parts.contains { $0.node == name }
        }
    }
}
