import LumbarCore
import LumbarLinux

extension Daemon {
    /// How long after it was plugged in a port may be in the hands of a service that looks what it is. ModemManager
    /// takes some twenty seconds to be sure that nobody answers.
    static let probedFor = Elapsed.seconds(60)

    /// Another program has the sensor's port: has it told when that program lets go, which may be long before the next
    /// regular attempt.
    func awaitRelease(of sensor: Sensor, at now: Instant) {
        sensor.awaited = portWatch.watch(sensor.path)
        // It may have let go between the attempt and the watch: finding out who it is takes a while.
        if !SerialPort.isTaken(sensor.path) { sensor.deadline = now + Daemon.lookEvery }
    }

    /// The port is about to be opened, or of no more interest.
    func stopAwaiting(_ sensor: Sensor) {
        guard let place = sensor.awaited else { return }
        sensor.awaited = nil
        portWatch.forget(place)
    }

    /// Programs closed ports. They are opened a moment later: some close a port only to open it again at another rate.
    func takeReleases() {
        let now = BootClock.now()
        for place in portWatch.take() {
            for sensor in sensors where sensor.awaited == place {
                sensor.awaited = nil
                if sensor.isGuess, !sensor.isAttached, now - sensor.found >= Daemon.probedFor {
                    sensor.state = .released
                } else {
                    sensor.deadline = now + Daemon.lookEvery
                }
            }
        }
    }
}
