/// The short name of an alert, such as `8k3r0vm`: what people type and what lists, JSON and the journal show.
///
/// It is made of what makes an alert's row in the history unique (the boot, the time, the wearer, the rule, the
/// episode it is about and the step), so every program comes to the same name without asking another, also after the
/// row has moved to another machine. The boot's name, the time, the wearer, the rule, the start of the episode and
/// the step go through FNV-1a (64 bits; Fowler, Noll and Vo), folded to 35 bits: seven letters of five bits each.
/// Among ten thousand alerts two share a name with a probability of one in seven hundred; `AlertMatch` tells them
/// apart then.
public struct AlertID: Hashable, Sendable, CustomStringConvertible {
    /// Seven letters of `AlertID.letters`.
    public let text: String

    /// How many letters a name has.
    public static let length = 7

    /// The letters, by value: digits, and those of the alphabet that do not look like a digit or like each other
    /// (Crockford's base 32).
    static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".unicodeScalars)

    /// The name of `alert`, which was raised in the boot `bootID`.
    public init(of alert: Alert, bootID: String) { self.init(AlertKey(alert, bootID: bootID)) }

    /// The name of the alert with this key.
    public init(_ key: AlertKey) {
        var hash = FNV1a()
        hash.add(key.bootID)
        hash.add(key.time.nanoseconds)
        hash.add(key.wearer.text)
        hash.add(key.rule.rawValue)
        hash.add(key.episodeStart.nanoseconds)
        hash.add(Int64(key.step))
        var rest = hash.value ^ (hash.value >> 35)
        var name = String.UnicodeScalarView()
        for _ in 0..<AlertID.length {
            name.append(AlertID.letters[Int(rest & 31)])
            rest >>= 5
        }
        text = String(name)
    }

    /// What people typed for a name or its beginning, with the letters that look like another taken for that; nil
    /// when it is no beginning of a name.
    ///
    /// Case does not matter; O is 0, I and L are 1.
    public static func beginning(_ typed: String) -> String? {
        guard (1...length).contains(typed.unicodeScalars.count) else { return nil }
        var known = String.UnicodeScalarView()
        for scalar in typed.lowercased().unicodeScalars {
            switch scalar {
            case "o": known.append("0")
            case "i", "l": known.append("1")
            case _ where letters.contains(scalar): known.append(scalar)
            default: return nil
            }
        }
        return String(known)
    }

    /// The name.
    public var description: String { text }
}

/// What makes an alert's row in the history unique.
public struct AlertKey: Sendable, Hashable {
    /// The boot it was raised in.
    public var bootID: String
    /// When, on that boot's clock.
    public var time: Instant
    /// To whom.
    public var wearer: WearerID
    /// By which rule.
    public var rule: AlertRule
    /// About which episode.
    public var episodeStart: Instant
    /// Which of several about that.
    public var step: Int

    /// The key of `alert`, which was raised in `bootID`.
    public init(_ alert: Alert, bootID: String) {
        self.init(
            bootID: bootID, time: alert.time, wearer: alert.wearer, rule: alert.rule,
            episodeStart: alert.episodeStart, step: alert.step)
    }

    /// A key of its parts.
    public init(
        bootID: String, time: Instant, wearer: WearerID, rule: AlertRule, episodeStart: Instant, step: Int
    ) {
        self.bootID = bootID
        self.time = time
        self.wearer = wearer
        self.rule = rule
        self.episodeStart = episodeStart
        self.step = step
    }
}

/// The FNV-1a hash with 64 bits: the same everywhere and forever, which Swift's own is not.
struct FNV1a {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Adds a text, and a zero byte so that two texts do not run into each other.
    mutating func add(_ text: String) {
        for byte in text.utf8 { add(byte) }
        add(0 as UInt8)
    }

    /// Adds a number, its lowest byte first.
    mutating func add(_ number: Int64) {
        for shift in 0..<8 { add(UInt8(truncatingIfNeeded: number >> Int64(8 * shift))) }
    }

    mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
}
