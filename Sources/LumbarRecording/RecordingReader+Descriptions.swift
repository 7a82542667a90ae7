import LumbarCore

// The lines of the header: what the recording and its sensors are.
extension RecordingReader {
    mutating func readDescription(
        _ line: Slice<UnsafeRawBufferPointer>, _ number: Int
    ) throws(RecordingError) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
            throw RecordingError(
                line: number, "neither an event nor a description",
                advice: "an event begins with its time, a description with a word and a colon")
        }
        let key = String(decoding: line[..<colon], as: UTF8.self)
        var value = Array(line[(colon + 1)...])[...]
        while value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        while value.last == UInt8(ascii: " ") { value = value.dropLast() }
        guard let text = RecordingText.unescaped(value) else {
            throw RecordingError(
                line: number, "a bad escape, or a text that is not UTF-8", advice: "write a backslash as \\\\"
            )
        }
        if try describeRecording(key, text, number) { return }
        try describeDevice(key, text, number)
    }

    private mutating func describeRecording(
        _ key: String, _ text: String, _ number: Int
    ) throws(RecordingError) -> Bool {
        switch key {
        case "simulated":
            guard text == "yes" || text == "no" else {
                throw RecordingError(
                    line: number, "simulated is neither yes nor no", advice: "write yes or no")
            }
            header.isSimulated = text == "yes"
        case "recorded": header.recorded = text
        case "by": header.recordedBy = text
        case "rate":
            guard let rate = Double(text), rate > 0, rate <= 100_000 else {
                throw RecordingError(
                    line: number, "the rate is no number of samples per second",
                    advice: "write it as: rate: 50")
            }
            header.rateHz = rate
        case "note": if isInHeader { header.notes.append(text) }
        default: return false
        }
        return true
    }

    private static let deviceKeys = [
        "name", "protocol", "profile", "profile-line", "mount", "wearer", "role", "calibration", "descriptor",
        "attribute",
    ]

    private mutating func describeDevice(_ key: String, _ text: String, _ number: Int) throws(RecordingError)
    {
        if key == "device" { return try addDevice(text, number) }
        guard Self.deviceKeys.contains(key) else {
            throw RecordingError(
                line: number, "\"\(Printable.text(key, limit: 32))\" is no description",
                advice:
                    """
                    write simulated, recorded, by, rate, note, device, name, protocol, profile, mount, wearer, role, \
                    calibration, descriptor or attribute
                    """
            )
        }
        guard let last = devices.indices.last else {
            throw RecordingError(
                line: number, "\(key) of which sensor?", advice: "put a device line before it")
        }
        switch key {
        case "name": if !text.isEmpty { devices[last].name = text }
        case "protocol": devices[last].protocolName = text
        case "profile":
            guard devices[last].profiles.count < RecordingFormat.mostProfiles else {
                throw RecordingError(
                    line: number, "more than \(RecordingFormat.mostProfiles) profiles",
                    advice: "leave out those that are not needed")
            }
            devices[last].profiles.append(ProfileSource(name: text, text: ""))
        case "profile-line": try addProfileLine(text, to: last, number)
        case "wearer": devices[last].wearer = WearerID(text)
        case "mount":
            guard let mount = Mount(text) else {
                throw RecordingError(
                    line: number, "a mount that cannot be read",
                    advice: "write it as: mount: up=-y,forward=+z")
            }
            devices[last].mount = mount
        case "calibration":
            guard let known = CalibrationLine.calibration(text) else {
                throw RecordingError(
                    line: number, "a calibration that cannot be read",
                    advice: "remove the line: it is optional")
            }
            devices[last].calibration = known
        case "descriptor", "attribute":
            guard DescriptorLine.append(text, of: key, to: &devices[last].descriptor) else {
                throw RecordingError(
                    line: number, "a descriptor that cannot be read, or is too long",
                    advice: "write it in hexadecimal, in lines of 48 bytes")
            }
        default:
            guard let role = SensorRole(rawValue: text) else {
                throw RecordingError(line: number, "an unknown role", advice: "write it as: role: lumbar")
            }
            devices[last].role = role
        }
    }

    private mutating func addProfileLine(
        _ text: String, to device: Int, _ number: Int
    ) throws(RecordingError) {
        guard let last = devices[device].profiles.indices.last else {
            throw RecordingError(
                line: number, "a line of no profile", advice: "put a profile line with its name before it")
        }
        guard devices[device].profiles[last].text.utf8.count <= RecordingFormat.longestProfile else {
            throw RecordingError(
                line: number, "a profile of more than \(RecordingFormat.longestProfile) bytes",
                advice: "shorten it")
        }
        devices[device].profiles[last].text += text + "\n"
    }

    private mutating func addDevice(_ text: String, _ number: Int) throws(RecordingError) {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, Int(parts[0]) == devices.count + 1 else {
            throw RecordingError(
                line: number, "a sensor that cannot be read",
                advice: "the next one is: device: \(devices.count + 1) my-sensor")
        }
        guard devices.count < RecordingFormat.mostDevices else {
            throw RecordingError(
                line: number, "more than \(RecordingFormat.mostDevices) sensors",
                advice: "split the recording")
        }
        devices.append(Device(id: DeviceID(String(parts[1]))))
    }
}
