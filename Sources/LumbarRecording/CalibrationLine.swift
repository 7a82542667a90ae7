import LumbarCore

/// A calibration as a recording spells it, both ways, with six decimals:
/// `guided trusted 0.980000 0.910000 up=0.000000,0.099504,0.995037 forward=1.000000,0.000000,0.000000 flexion=82.000000`.
enum CalibrationLine {
    static func text(_ known: MountCalibration) -> String {
        var text = known.source.rawValue + " " + known.trust.rawValue
        text += " " + number(known.quality) + " " + number(known.forwardQuality) + " up=" + vector(known.up)
        if let forward = known.forward { text += " forward=" + vector(forward) }
        if let largest = known.largestFlexionDegrees { text += " flexion=" + number(largest) }
        return text
    }

    static func calibration(_ text: String) -> MountCalibration? {
        var words = text.split(separator: " ").map(String.init)[...]
        guard words.count >= 5, words.count <= 7,
            let source = MountCalibration.Source(rawValue: words.removeFirst()),
            let trust = MountTrust(rawValue: words.removeFirst()),
            let quality = Double(words.removeFirst()), let forwardQuality = Double(words.removeFirst()),
            let up = vector(words.removeFirst(), after: "up=")
        else { return nil }
        var known = MountCalibration(
            up: up, forward: nil, source: source, quality: quality, forwardQuality: forwardQuality,
            trust: trust)
        for word in words {
            if let forward = vector(word, after: "forward=") {
                known.forward = forward
            } else if word.hasPrefix("flexion="), let largest = Double(word.dropFirst(8)), largest.isFinite {
                known.largestFlexionDegrees = largest
            } else {
                return nil
            }
        }
        return known.isSane ? known : nil
    }

    private static func number(_ value: Double) -> String { DecimalText.fixed(value, 6) }

    private static func vector(_ v: Vector3<SensorFrame>) -> String {
        [v.x, v.y, v.z].map(number).joined(separator: ",")
    }

    private static func vector(_ word: String, after key: String) -> Vector3<SensorFrame>? {
        guard word.hasPrefix(key) else { return nil }
        let parts = word.dropFirst(key.count).split(separator: ",").map { Double($0) }
        guard parts.count == 3, let x = parts[0], let y = parts[1], let z = parts[2] else { return nil }
        return Vector3(x, y, z)
    }
}
