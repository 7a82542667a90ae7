import Glibc
import LumbarCore
import LumbarDecoders
import LumbarLinux
import LumbarMonitor

extension Daemon {
    /// Why a sensor that is there is not read, though nothing failed.
    struct NotASensor: Error {
        var reason: String
    }

    /// Opens a sensor's node, or its nodes, by its kind.
    func open(_ sensor: Sensor, at now: Instant) {
        stopAwaiting(sensor)
        // Tended again when the pause is over.
        if isPaused(sensor) { return }
        if !sensor.isTrusted, sensor.source != .serial { return identify(sensor, at: now) }
        do {
            try checkPlace(of: sensor)
            switch sensor.source {
            case .serial: try openSerial(sensor, at: now)
            case .hidraw(let descriptor): try openHID(sensor, known: descriptor, at: now)
            case .iio(let parts): try openIIO(sensor, parts: parts, at: now)
            }
        } catch let error as SystemError {
            failed(sensor, error, at: now)
        } catch let error as NotASensor {
            refuse(sensor, error.reason, at: now)
        } catch {
            preconditionFailure("opening a sensor throws nothing else")
        }
    }

    /// Finds out what a device is that nobody said is to be used, by what it says of itself, without opening it.
    private func identify(_ sensor: Sensor, at now: Instant) {
        switch sensor.source {
        case .serial: break
        case .hidraw(let descriptor):
            if (try? HIDSensorLayout(descriptor)) != nil {
                return setAside(sensor, HIDSensorDecoder.protocolName)
            }
        case .iio(let parts):
            // Which channels are on is for whoever trusts it to say.
            if parts.contains(where: \.measuresMotion) {
                return setAside(sensor, IIOSensorDecoder.protocolName)
            }
        }
        // A keyboard, a voltmeter: nothing to talk about.
        sensor.state = .released
    }

    /// A line that hung up is looked for again under its node, which may be another sensor's by then: the kernel is quick,
    /// and udev's report may take a second on a busy machine.
    private func checkPlace(of sensor: Sensor) throws(SystemError) {
        guard let known = sensor.numbers, let place = sensor.systemPath,
            let present = USBNumbers(above: place), present != known
        else { return }
        throw SystemError(
            "open", ENODEV, doing: "open \(Printable.text(sensor.path))",
            advice: "another device is in its port now")
    }

    private func openSerial(_ sensor: Sensor, at now: Instant) throws {
        let rate = sensor.knownRate ?? sensor.rates[0]
        let port = try SerialPort.open(sensor.path, baud: rate)
        let isPseudoTerminal = port.isPseudoTerminal
        try connect(sensor, SerialLine(port))
        opened(sensor, rate: rate, isPseudoTerminal: isPseudoTerminal, at: now)
    }

    private func openHID(_ sensor: Sensor, known: [UInt8], at now: Instant) throws {
        let device = try HIDRawDevice.open(sensor.path)
        // The node itself answers; sysfs has the same bytes where it cannot.
        let descriptor: [UInt8]
        do {
            descriptor = try device.reportDescriptor()
        } catch {
            if known.isEmpty { throw error }
            descriptor = known
        }
        do {
            _ = try HIDSensorLayout(descriptor)
        } catch {
            throw NotASensor(reason: "\(error)")
        }
        startReports(of: device, descriptor, for: sensor)
        try connect(sensor, HIDLine(device))
        openedDescribed(sensor, descriptor, protocolName: HIDSensorDecoder.protocolName, at: now)
    }

    /// Tells a HID sensor to report, when its wearer declared it and asked for that; else nothing is ever written to
    /// it.
    private func startReports(of device: borrowing HIDRawDevice, _ descriptor: [UInt8], for sensor: Sensor) {
        let interval = configuration.daemon.device.reportInterval
        guard interval > 0, sensor.isDeclared, let parsed = try? HIDReportDescriptor(descriptor) else {
            return
        }
        do {
            for report in HIDSensorStart(parsed, milliseconds: interval).reports {
                let current = try device.feature(report.id, length: report.length)
                try device.setFeature(report.changed(current))
            }
        } catch {
            say(sensor, .warning(.lineTrouble, "\(error). It is read as it is."))
        }
    }

    private func openIIO(_ sensor: Sensor, parts: [SensorDevice.Part], at now: Instant) throws {
        let present = parts.isEmpty ? [SensorDevice.Part(node: sensor.path)].compactMap { $0 } : parts
        guard !present.isEmpty else {
            throw SystemError(
                "open", ENOENT, doing: "open \(Printable.text(sensor.path))",
                advice: "no such device is plugged in")
        }
        let running = present.filter(\.isSwitchedOn)
        let text = running.map(\.attributes).joined()
        do {
            _ = try IIOScanLayout(text)
        } catch {
            throw NotASensor(reason: "\(error)")
        }
        var open: [IIOPart] = []
        for part in running { open.append(IIOPart(try IIODevice.open(part.node))) }
        try connect(sensor, IIOLine(open))
        openedDescribed(sensor, Array(text.utf8), protocolName: IIOSensorDecoder.protocolName, at: now)
    }

    private func connect(_ sensor: Sensor, _ line: any SensorLine) throws {
        var registrations: [Poller<Token>.Registration] = []
        do {
            for number in line.descriptors {
                registrations.append(try poller.add(number, token: .sensor(sensor.key)))
            }
        } catch {
            for registration in registrations { poller.remove(registration) }
            throw error
        }
        sensor.line = line
        sensor.registrations = registrations
    }

    /// A sensor that says of itself what it sends is open: nothing has to be found out by listening.
    private func openedDescribed(
        _ sensor: Sensor, _ descriptor: [UInt8], protocolName: String, at now: Instant
    ) {
        sensor.said = ""
        if sensor.isAttached, sensor.device.descriptor == descriptor {
            sensor.state = .relistening
            sensor.deadline = now + Daemon.relistenFor
            return
        }
        // What it says of itself has changed: to the Monitor that is another sensor.
        if sensor.isAttached { detach(sensor, at: now) }
        sensor.device.descriptor = descriptor
        attach(sensor, protocolName: protocolName, at: now)
    }

    /// It is there and can be opened, but it is nothing to read: let go until it is plugged in again.
    private func refuse(_ sensor: Sensor, _ reason: String, at now: Instant) {
        close(sensor, at: now)
        sensor.state = .released
        say(
            sensor,
            .warning(
                .lineTrouble,
                "\(title(sensor)): left alone: \(reason). Plug it in again when that has changed."))
    }
}
