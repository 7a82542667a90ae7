import LumbarCore

extension LiveDevice {
    /// The sensor as a JSON object.
    public var json: String {
        var object = JSONObject()
        object.add("identity", id.text)
        object.add("name", name)
        object.add("node", node)
        object.add("state", state.rawValue)
        object.addRaw("protocol", protocolName.map(JSONObject.quoted) ?? "null")
        object.add("wearer", wearer.text)
        object.add("role", role.rawValue)
        if let signal { LiveDevice.add(signal, to: &object) }
        if !message.isEmpty { object.add("message", message) }
        return object.text
    }

    /// All of them as one JSON object with the member `devices`.
    public static func json(_ devices: [LiveDevice]) -> String {
        "{\"devices\":[" + devices.map(\.json).joined(separator: ",") + "]}"
    }

    private static func add(_ signal: Signal, to object: inout JSONObject) {
        object.add("rate_hz", signal.rateHz, decimals: 2)
        object.add("samples", signal.samples)
        object.add("lost_samples", signal.outcomes.lostSamples)
        object.add("gaps", signal.gaps)
        var rejects = JSONObject()
        for (key, place) in LiveDevice.rejects { rejects.add(key, signal.outcomes[keyPath: place]) }
        rejects.add("implausible", signal.implausible)
        rejects.add("outliers", signal.outliers)
        object.addRaw("rejects", rejects.text)
        let troubles = signal.troubles.map { JSONObject.quoted($0.rawValue) }
        object.addRaw("troubles", "[" + troubles.joined(separator: ",") + "]")
        object.add("scale_fault", signal.hasScaleFault)
        let vitals = signal.vitals
        if let percent = vitals.batteryPercent { object.add("battery_percent", percent, decimals: 0) }
        if let volts = vitals.batteryVolts { object.add("battery_v", volts, decimals: 2) }
        if let celsius = vitals.temperatureCelsius { object.add("temperature_c", celsius, decimals: 1) }
        if let bias = signal.gyroBiasDps { object.add("gyro_bias_dps", bias, decimals: 3) }
        if let slope = signal.gyroBiasDpsPerCelsius { object.add("gyro_bias_dps_per_c", slope, decimals: 4) }
        if let mount = signal.mount {
            object.add("mount_trust", mount.trust.rawValue)
            object.add("mount_source", mount.source.rawValue)
            object.add("mount_quality", mount.quality, decimals: 3)
            if let age = mount.age { object.add("mount_age_s", age, decimals: 0) }
        }
    }

    /// The kinds of reject: bytes skipped, frames of a wrong length, and so on.
    private static var rejects: [(key: String, place: WritableKeyPath<DecodeOutcomes, Int>)] {
        [
            ("skipped_bytes", \.skippedBytes), ("bad_length", \.badLength), ("bad_checksum", \.badChecksum),
            ("insane", \.insane), ("dead_accelerometer", \.deadAccelerometer),
        ]
    }
}

// MARK: Reading it again, for clients

extension LiveDevice {
    /// Reads one element of the daemon's answer; nil when it is none.
    public init?(_ value: JSONValue) {
        guard let identity = value["identity"]?.text, let node = value["node"]?.text,
            let state = value["state"]?.text.flatMap(State.init)
        else { return nil }
        self.init(
            id: DeviceID(identity), name: value["name"]?.text ?? identity, node: node, state: state,
            protocolName: value["protocol"]?.text, wearer: WearerID(value["wearer"]?.text ?? ""),
            role: value["role"]?.text.flatMap(SensorRole.init) ?? .lumbar,
            message: value["message"]?.text ?? "")
        if let samples = value["samples"]?.int { signal = LiveDevice.signal(value, samples: samples, id) }
    }

    private static func signal(_ value: JSONValue, samples: Int, _ id: DeviceID) -> Signal {
        var outcomes = DecodeOutcomes()
        var status = SignalStatus()
        outcomes.readings = samples
        outcomes.lostSamples = value["lost_samples"]?.int ?? 0
        for (key, place) in rejects { outcomes[keyPath: place] = value["rejects"]?[key]?.int ?? 0 }
        status.samples = samples
        status.sampleRateHz = value["rate_hz"]?.double ?? 0
        status.gaps = value["gaps"]?.int ?? 0
        status.implausible = value["rejects"]?["implausible"]?.int ?? 0
        status.outliers = value["rejects"]?["outliers"]?.int ?? 0
        status.troubles = (value["troubles"]?.elements ?? []).compactMap {
            $0.text.flatMap(SensorTrouble.init)
        }
        status.vitals.batteryPercent = value["battery_percent"]?.double
        status.vitals.batteryVolts = value["battery_v"]?.double
        status.vitals.temperatureCelsius = value["temperature_c"]?.double
        status.hasScaleFault = value["scale_fault"]?.flag ?? false
        var mount: LiveStatus.Mount?
        if let trust = value["mount_trust"]?.text.flatMap(MountTrust.init),
            let source = value["mount_source"]?.text.flatMap(MountCalibration.Source.init)
        {
            mount = LiveStatus.Mount(
                device: id, trust: trust, source: source, quality: value["mount_quality"]?.double ?? 0,
                age: value["mount_age_s"]?.double)
        }
        var signal = Signal(outcomes, status, mount: mount)
        signal.gyroBiasDps = value["gyro_bias_dps"]?.double
        signal.gyroBiasDpsPerCelsius = value["gyro_bias_dps_per_c"]?.double
        return signal
    }
}
