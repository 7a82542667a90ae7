import LumbarCore
import LumbarStore

/// How a sensor sits, for people.
public enum CalibrationText {
    /// A few lines about what is stored of one sensor, as of `now`.
    public static func text(_ stored: StoredCalibration, now: WallTime) -> String {
        let known = stored.calibration
        var lines = [Printable.text(stored.device.text) + suffix(stored.wearer)]
        lines.append("up        " + axis(known.up) + ", quality " + figure(known.quality))
        lines.append("forward   " + forward(known))
        lines.append("source    " + words(known.source) + ", " + when(stored.established, now))
        if let largest = known.largestFlexionDegrees {
            lines.append("end range " + DecimalText.fixed(largest, 0) + " degrees, the deepest of the bows")
        }
        lines.append("state     " + words(known.trust) + ", " + when(stored.updated, now))
        return lines.joined(separator: "\n    ")
    }

    /// One line about a calibration just made.
    public static func line(_ known: MountCalibration) -> String {
        var text = "up is " + axis(known.up)
        if let forward = known.forward { text += ", forward " + axis(forward) }
        if let largest = known.largestFlexionDegrees {
            text += ", deepest bow " + DecimalText.fixed(largest, 0) + " degrees"
        }
        return text + ", quality " + figure(min(known.quality, known.forwardQuality))
    }

    private static func suffix(_ wearer: WearerID) -> String {
        wearer == .sole ? "" : ", worn by " + Printable.text(wearer.text)
    }

    private static func forward(_ known: MountCalibration) -> String {
        guard let forward = known.forward else {
            return "not known yet: walk half a minute, or bend a few times; angles have no sign meanwhile"
        }
        return axis(forward) + ", quality " + figure(known.forwardQuality)
    }

    /// The nearest axis of the sensor, and how far off it is: `the sensor's +z, 4 degrees off`.
    private static func axis(_ v: Vector3<SensorFrame>) -> String {
        let axis = SensorAxis(nearest: v)
        let off =
            Elementary.atan2(v.cross(axis.direction).length, v.dot(axis.direction)) * degreesPerRadian
        return "the sensor's " + axis.text + ", " + DecimalText.fixed(off, 0) + " degrees off"
    }

    private static func figure(_ quality: Double) -> String { DecimalText.fixed(quality, 2) }

    /// How upright became known, in a few words.
    public static func words(_ source: MountCalibration.Source) -> String {
        switch source {
        case .assumed: "assumed"
        case .declared: "as declared"
        case .quietStand: "a quiet stand"
        case .walks: "learned from walking"
        case .guided: "guided calibration"
        }
    }

    /// Whether it can be relied on, in a few words.
    public static func words(_ trust: MountTrust) -> String {
        switch trust {
        case .trusted: "confirmed"
        case .stale: "waits for a short walk or a quiet stand to confirm it"
        case .moved: "the sensor sits differently at every walk; fasten it"
        }
    }

    private static func when(_ place: Place, _ now: WallTime) -> String {
        guard let wall = place.wall else { return "at a time not known" }
        let age = now - wall
        let text = LocalTimeText.minute(wall, zone: place.zone)
        return age > .seconds(90) ? text + " (" + HumanDuration.text(age) + " ago)" : text
    }
}
