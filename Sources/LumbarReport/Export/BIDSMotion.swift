import LumbarCore

/// The files beside the samples of a data set in the form of Motion-BIDS (BIDS 1.9 and later).
public struct BIDSMotion: Sendable {
    /// Whose it is, from 1.
    public var subject: Int
    /// The sensor's label: where it was worn, and a number when there are several there.
    public var label: String
    /// How it was worn.
    public var mount: Mount
    /// Where.
    public var role: SensorRole
    /// Whether it has a gyroscope.
    public var hasRate: Bool

    /// The files of one sensor.
    public init(subject: Int, label: String, mount: Mount, role: SensorRole, hasRate: Bool) {
        self.subject = subject
        self.label = label
        self.mount = mount
        self.role = role
        self.hasRate = hasRate
    }

    /// `sub-01`.
    public var subjectName: String { "sub-" + DecimalText.padded(Int64(subject), width: 2) }

    /// `sub-01_task-recording_tracksys-lumbar`, which its files begin with.
    public var stem: String { subjectName + "_task-recording_tracksys-" + label }

    private struct Channel {
        let name: String
        let component: String
        let type: String
        let units: String
    }

    private var channels: [Channel] {
        let axes = ["x", "y", "z"]
        let accelerations = axes.map {
            Channel(name: "acc_" + $0, component: $0, type: "ACCEL", units: "m/s^2")
        }
        let rates = axes.map { Channel(name: "gyro_" + $0, component: $0, type: "GYRO", units: "rad/s") }
        return [Channel(name: "latency", component: "n/a", type: "LATENCY", units: "s")] + accelerations
            + (hasRate ? rates : [])
    }

    private var trackedPoint: String {
        switch role {
        case .lumbar: "LowerBack"
        case .thorax: "Thorax"
        case .thigh: "Thigh"
        }
    }

    /// `_channels.tsv`: a line for each column of the samples.
    public var channelTable: String {
        let head = "name\tcomponent\ttype\ttracked_point\tunits\tplacement\treference_frame\n"
        return head
            + channels.map { channel in
                let frame = channel.type == "LATENCY" ? "n/a" : "sensor"
                return [
                    channel.name, channel.component, channel.type, trackedPoint, channel.units, role.rawValue,
                    frame,
                ].joined(separator: "\t") + "\n"
            }.joined()
    }

    /// `_channels.json`: what the axes mean.
    public var channelDescription: String {
        var frame = JSONObject()
        if let axes = BIDSMotion.spatialAxes(mount) { frame.add("SpatialAxes", axes) }
        frame.add("RotationRule", "right-hand")
        frame.add("RotationOrder", "XYZ")
        frame.add(
            "Description",
            "The sensor's own axes. Acceleration is specific force: +1 g on an axis that points up at rest. "
                + (mount.up == nil
                    ? "How the sensor sat was not recorded." : "On the upright wearer: \(mount.text)."))
        return #"{"reference_frame":{"Levels":{"sensor":\#(frame.text)}}}"# + "\n"
    }

    /// `_motion.json`: `rateHz` is what the sensor is set to, as far as it is known.
    public func description(rateHz: Double, samples: Int, seconds: Double, device: String) -> String {
        var object = JSONObject()
        object.add("TaskName", "recording")
        object.add("TaskDescription", "Everyday movement recorded with lumbard.")
        object.add("SamplingFrequency", rateHz, decimals: 3)
        if seconds > 0, samples > 1 {
            object.add("SamplingFrequencyEffective", Double(samples - 1) / seconds, decimals: 6)
        }
        object.add("RecordingDuration", seconds, decimals: 3)
        object.add("RecordingType", "continuous")
        object.add("TrackingSystemName", label)
        object.add("TrackedPointsCount", 1)
        object.add("MotionChannelCount", channels.count)
        object.add("ACCELChannelCount", 3)
        object.add("GYROChannelCount", hasRate ? 3 : 0)
        object.add("LATENCYChannelCount", 1)
        object.add("MissingValues", "n/a")
        object.add("DeviceSerialNumber", device)
        object.add("SoftwareVersions", "lumbard " + ReleaseName.version)
        return object.text + "\n"
    }

    /// Where the sensor's axes point on the upright wearer, as BIDS writes it: `ALS`; nil when that is not known.
    static func spatialAxes(_ mount: Mount) -> String? {
        guard let up = mount.up, let forward = mount.forward, up.index != forward.index else { return nil }
        var axes: [Character] = ["_", "_", "_"]
        axes[up.index] = up.isNegative ? "I" : "S"
        axes[forward.index] = forward.isNegative ? "P" : "A"
        // Left is up cross forward.
        let (u, f) = (up.direction, forward.direction)
        let left = [u.y * f.z - u.z * f.y, u.z * f.x - u.x * f.z, u.x * f.y - u.y * f.x]
        guard let index = left.firstIndex(where: { $0.magnitude > 0.5 }) else { return nil }
        axes[index] = left[index] > 0 ? "L" : "R"
        return String(axes)
    }

    /// `dataset_description.json`.
    public static var dataset: String {
        #"{"Name":"Recordings of lumbard","BIDSVersion":"1.9.0","DatasetType":"raw","GeneratedBy":[{"Name":"lumbarctl","#
            + #""Version":"# + JSONObject.quoted(ReleaseName.version) + "}]}\n"
    }

    /// `participants.tsv`: numbers, and nothing else of anybody.
    public static func participants(_ count: Int) -> String {
        let names = (1...max(1, count)).map { "sub-" + DecimalText.padded(Int64($0), width: 2) }
        return "participant_id\n" + names.map { $0 + "\n" }.joined()
    }

    /// A line of `_scans.tsv`: a file of the subject's, and when its first sample was taken, in UTC.
    public func scan(start: WallTime?) -> String {
        let time = start.map { LocalTimeText.standard($0, zone: .utc).dropLast(6) + "Z" } ?? "n/a"
        return "motion/\(stem)_motion.tsv\t\(time)\n"
    }
}
