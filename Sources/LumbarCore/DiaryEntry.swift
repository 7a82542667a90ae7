/// What a person noted about their back: when, how bad, what it was like.
///
/// The program takes it as it was said. Nothing is inferred from it about the cause.
public struct DiaryEntry: Sendable, Equatable {
    /// What it is known by on this machine, never given twice; 0 before it is stored.
    public var id: Int64
    /// What it is known by everywhere.
    public var uniqueID: UniqueID
    /// Whose back.
    public var wearer: WearerID
    /// When it began.
    public var time: WallTime
    /// When it was over; nil while it is not, or when that was not said.
    public var end: WallTime?
    /// Seconds east of UTC where and when it began: the clock that people remember it by.
    public var offsetSeconds: Int
    /// On the numeric rating scale: 0 no pain, 10 the worst imaginable; nil when it was not said.
    public var pain: Int?
    /// What it was like.
    public var kind: Kind
    /// In the person's own words; may hold anything.
    public var note: String
    /// When it was written.
    public var written: WallTime
    /// When it was last changed; `written` when it never was.
    public var edited: WallTime

    /// What an entry may be like, in the words that people use for it.
    public enum Kind: String, Sendable, CaseIterable {
        /// Sudden and gripping, hard to move.
        case spasm
        /// A dull or burning pain in the low back.
        case ache
        /// Hard to bend or straighten, as after getting up.
        case stiffness
        /// Pain, tingling or numbness that goes down a leg.
        case leg
        /// A fall or a blow.
        case fall
        /// Anything else.
        case other
    }

    /// The numbers of the scale.
    public static let painScale = 0...10

    /// An entry.
    public init(
        id: Int64 = 0, uniqueID: UniqueID, wearer: WearerID, time: WallTime, end: WallTime? = nil,
        offsetSeconds: Int, pain: Int? = nil, kind: Kind, note: String = "", written: WallTime,
        edited: WallTime? = nil
    ) {
        self.id = id
        self.uniqueID = uniqueID
        self.wearer = wearer
        self.time = time
        self.end = end
        self.offsetSeconds = offsetSeconds
        self.pain = pain
        self.kind = kind
        self.note = note
        self.written = written
        self.edited = edited ?? written
    }

    /// Whether it tells of pain: a number above 0, or without one a kind that is pain.
    public var isPain: Bool {
        if let pain { return pain > 0 }
        switch kind {
        case .spasm, .ache, .stiffness, .leg: return true
        case .fall, .other: return false
        }
    }

    /// The zone it was written in, as far as an entry knows: an offset.
    public var zone: ZoneRule { ZoneRule(name: "", offsetSeconds: offsetSeconds) }
}
