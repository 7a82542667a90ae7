import LumbarCore
import LumbarLinux

extension Daemon {
    /// What was remembered of serial numbers that several devices have; nothing when no history is kept.
    func rememberedIdentities() -> SensorIdentities {
        guard configuration.daemon.store.keep else { return SensorIdentities() }
        return SensorIdentities.stored(in: Files.folder(options))
    }

    /// The identity a device goes by. That two of them have one serial number is said, and remembered.
    func identity(of device: SensorDevice, by watcher: DeviceWatcher) -> DeviceID {
        let known = watcher.identities.shared.count
        let identity = watcher.identity(of: device)
        let shared = watcher.identities.shared
        guard shared.count > known, let news = shared.last else { return identity }
        if configuration.daemon.store.keep { router.remember(watcher.identities) }
        let name = Printable.text(news.identity.text)
        router.say(
            .note(
                .lineTrouble,
                "Two sensors have one serial number (\(name)), so they are told apart by their ports from now on: "
                    + "keep each in its port.",
                device: identity))
        return identity
    }

    /// Whether a newcomer may go by this identity. One that was pulled out and is seen in another port before its end
    /// was reported is the same sensor; two that are there at once are not, and the first stays.
    func makesWay(for identity: DeviceID, at now: Instant) -> Bool {
        guard let old = sensors.first(where: { $0.device.id == identity }) else { return true }
        guard let place = old.systemPath, !pathExists(place) else { return false }
        close(old, at: now)
        sensors.removeAll { $0.key == old.key }
        return true
    }
}
