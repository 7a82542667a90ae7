/// A signed sensor axis, such as `+x` or `-y`.
public struct SensorAxis: Hashable, Sendable {
    /// 0, 1, 2 for x, y, z.
    public var index: Int
    /// Whether the axis is taken backward.
    public var isNegative: Bool

    /// The axis with this index and sign.
    public init(index: Int, isNegative: Bool) {
        precondition((0...2).contains(index), "an axis index is 0, 1 or 2")
        self.index = index
        self.isNegative = isNegative
    }

    /// Reads `x`, `+x` or `-x`; nil for anything else.
    public init?(_ text: String) {
        var rest = Substring(text)
        var negative = false
        if rest.hasPrefix("-") || rest.hasPrefix("+") {
            negative = rest.hasPrefix("-")
            rest = rest.dropFirst()
        }
        guard let index = ["x", "y", "z"].firstIndex(where: { rest == $0 }) else { return nil }
        self.init(index: index, isNegative: negative)
    }

    /// The axis that lies closest to `direction`.
    public init(nearest direction: Vector3<SensorFrame>) {
        let parts = [direction.x, direction.y, direction.z]
        let index = parts.indices.reduce(0) { parts[$1].magnitude > parts[$0].magnitude ? $1 : $0 }
        self.init(index: index, isNegative: parts[index] < 0)
    }

    /// The unit vector of this axis.
    public var direction: Vector3<SensorFrame> {
        let k = isNegative ? -1.0 : 1.0
        return Vector3(index == 0 ? k : 0, index == 1 ? k : 0, index == 2 ? k : 0)
    }

    /// `+x`, `-y`, ...
    public var text: String { (isNegative ? "-" : "+") + ["x", "y", "z"][index] }
}

/// How the sensor sits on the body: which of its axes points up, and which forward, when the wearer stands upright.
///
/// With `up` alone the forward axis is unknown and flexion is unsigned until it is learned; with neither,
/// both are learned from how the wearer walks and stands.
public struct Mount: Hashable, Sendable {
    /// The axis that points up, or nil when not declared.
    public var up: SensorAxis?
    /// The axis that points forward, or nil when not declared.
    public var forward: SensorAxis?

    /// A mount; `forward` is dropped when it lies along `up` or when `up` is missing.
    public init(up: SensorAxis?, forward: SensorAxis?) {
        self.up = up
        self.forward = (up != nil && forward?.index != up?.index) ? forward : nil
    }

    /// Nothing declared: everything is learned.
    public static let undeclared = Mount(up: nil, forward: nil)

    /// Reads `up=-y,forward=+z` or `up=+x`; nil when it is neither.
    public init?(_ text: String) {
        var up: SensorAxis?
        var forward: SensorAxis?
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, let axis = SensorAxis(String(pair[1])) else { return nil }
            switch pair[0] {
            case "up" where up == nil: up = axis
            case "forward" where forward == nil: forward = axis
            default: return nil
            }
        }
        guard let up, forward?.index != up.index else { return nil }
        self.init(up: up, forward: forward)
    }

    /// `up=-y,forward=+z`, `up=+x`, or an empty text when nothing is declared.
    public var text: String {
        guard let up else { return "" }
        guard let forward else { return "up=" + up.text }
        return "up=" + up.text + ",forward=" + forward.text
    }
}
