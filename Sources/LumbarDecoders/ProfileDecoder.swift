import LumbarCore

/// Reads lines of text by a profile: one engine for every sketch.
///
/// A line that begins with the prefix is data. Counted: a wrong number of cells, or what is no JSON, as `badLength`; a
/// checksum that does not fit; a cell that is no number, a missing value, a text that a requirement does not want, and
/// what the gates refuse, as `insane`; other lines as `skippedBytes`. Comments (`#`, where the prefix does not begin so) and
/// empty lines are not counted.
///
/// A line of words among the data (`FIFO overflow!`) says that something went wrong: the reading after it is marked as
/// `followsBreak`. i2cdevlib's angles jump by twenty degrees there (jrowberg/i2cdevlib#408).
///
/// Locks on three good lines in a row, unlocks on eight bad ones. After `interrupt()` the first line does not count: it may
/// be half a line that looks whole.
public struct ProfileDecoder: LineDecoder {
    /// The profile's name.
    public var protocolName: String { profile.name }
    /// The profile.
    public let profile: TextProfile
    /// What became of the bytes so far.
    public var outcomes: DecodeOutcomes { state.outcomes }
    /// What became of the last line.
    public private(set) var lastLine = LineFate.passed

    /// What becomes of a line.
    public enum LineFate: Sendable, Equatable {
        /// It gave a reading.
        case accepted
        /// It names the columns.
        case header
        /// It is empty, a comment, or of a kind that the profile says to ignore.
        case passed
        /// It is no data: chatter, or somebody else's.
        case notData
        /// The first line after a silence, which may be half of one.
        case maybeCut
        /// Wrong number of cells, too long, or no JSON.
        case badLength
        /// The checksum does not fit.
        case badChecksum
        /// Whole, but it cannot be true.
        case insane
    }

    private var state = LineState(lockAfter: 3)
    private var cells: ProfileCells?
    private let json: JSONLine?
    private var followsBreak = false
    private var headlessLines = 0
    private var adviceLines = 0

    /// So many lines of data in a row that cannot be used are no accident.
    private static let complainAfter = 20

    /// A decoder that has seen nothing.
    public init(_ profile: TextProfile) {
        self.profile = profile
        json = profile.isJSON ? JSONLine(profile) : nil
        cells = profile.hasHeader || profile.isJSON ? nil : ProfileCells(profile)
    }

    /// Whether three lines in a row fitted the profile.
    public var isLocked: Bool { state.lock.isLocked }

    /// The profile's advice once its lines have come, or that the header is missing.
    public var complaint: String? {
        if adviceLines >= 3 { return profile.advice }
        guard headlessLines >= Self.complainAfter else { return nil }
        let names = profile.places.compactMap { place in
            if case .name(let name)? = place { Printable.text(name, limit: 40) } else { nil }
        }
        return "no header line of protocol \(profile.name) has come, which names the columns "
            + names.joined(separator: ", ") + ": restart the sensor, or let it print its header again"
    }

    /// Forgets the half-received line but not the header; what comes next may begin in the middle of a line.
    public mutating func interrupt() {
        state.interrupt()
        followsBreak = false
    }

    var heldLine: [UInt8] { state.line }
    mutating func takeDamage() -> Bool { state.takeDamage() }
    mutating func cut(_ byte: UInt8) -> LineState.Line? { state.push(byte) }
    mutating func cut(_ bytes: UnsafeRawBufferPointer, from offset: Int) -> LineState.Line? {
        state.takeWhole(bytes, from: offset)
    }

    mutating func take(_ raw: UnsafeRawBufferPointer, isWhole: Bool, at arrival: Instant) -> Reading? {
        let line = raw.withoutCarriageReturn
        guard let start = dataStart(line) else {
            noteOther(line)
            return nil
        }
        // A header is believed even where the line may be half of one: it names everything that is needed.
        if profile.hasHeader, !isWhole, takeHeader(UnsafeRawBufferPointer(rebasing: line[start...])) {
            return nil
        }
        guard isWhole else {
            lastLine = .maybeCut
            state.outcomes.skippedBytes += raw.count + 1
            return nil
        }
        guard profile.advice.isEmpty else {
            lastLine = .notData
            adviceLines = min(adviceLines + 1, 3)
            return nil
        }
        var body = line
        if profile.checksum == .xor {
            guard let checked = Sentence.body(of: line) else {
                return refuse(.badChecksum)
            }
            body = UnsafeRawBufferPointer(rebasing: line[..<checked])
        }
        if profile.hasHeader {
            if takeHeader(UnsafeRawBufferPointer(rebasing: body[start...])) { return nil }
            if profile.prefix.isEmpty, Self.isMessage(line) {
                noteOther(line)
                return nil
            }
        }
        return read(body, from: start, raw.count, at: arrival)
    }

    private mutating func read(
        _ body: UnsafeRawBufferPointer, from start: Int, _ length: Int, at arrival: Instant
    ) -> Reading? {
        var values = ProfileValues()
        if let json {
            guard json.scan(body, from: start, profile, into: &values) else {
                return refuse(.badLength)
            }
        } else if let cells {
            guard cells.scan(body, from: start, profile, into: &values) else {
                return refuse(.badLength)
            }
        } else {
            lastLine = .notData
            state.outcomes.skippedBytes += length + 1
            headlessLines = min(headlessLines + 1, Self.complainAfter)
            return nil
        }
        guard let reading = profile.reading(values, followsBreak: followsBreak, at: arrival) else {
            return refuse(.insane)
        }
        lastLine = .accepted
        followsBreak = false
        state.outcomes.readings += 1
        state.lock.accept()
        return reading
    }

    private mutating func refuse(_ fate: LineFate) -> Reading? {
        lastLine = fate
        switch fate {
        case .badLength: state.outcomes.badLength += 1
        case .badChecksum: state.outcomes.badChecksum += 1
        default: state.outcomes.insane += 1
        }
        state.lock.reject()
        return nil
    }

    /// Where the cells begin, or nil when the line is not data.
    private func dataStart(_ line: UnsafeRawBufferPointer) -> Int? {
        var index = 0
        while index < line.count, Ascii.isBlank(line[index]) { index += 1 }
        guard index < line.count else { return nil }
        let prefix = profile.prefix
        guard !prefix.isEmpty else {
            if line[index] == Ascii.hash { return nil }
            if profile.isJSON { return line[index] == UInt8(ascii: "{") ? index : nil }
            // With a header anything may be one; without, data begins like a number or a quoted name.
            return profile.hasHeader || !Self.isMessage(line) || !profile.requirements.isEmpty ? 0 : nil
        }
        guard line.count - index >= prefix.count else { return nil }
        for offset in prefix.indices where line[index + offset] != prefix[offset] { return nil }
        index += prefix.count
        // A delimiter right behind the prefix belongs to it.
        if !profile.isJSON, index < line.count, line[index] == profile.delimiter.byte { index += 1 }
        return index
    }

    /// A line that is no data.
    private mutating func noteOther(_ line: UnsafeRawBufferPointer) {
        lastLine = .passed
        var text = line[...]
        while let first = text.first, Ascii.isBlank(first) { text = text.dropFirst() }
        guard let first = text.first else { return }
        let isComment = first == Ascii.hash && profile.prefix.first != Ascii.hash
        if isComment || profile.ignored.contains(where: { text.starts(with: $0) }) { return }
        lastLine = .notData
        state.outcomes.skippedBytes += line.count + 1
        if profile.breaks, Self.isMessage(line) { followsBreak = true }
    }

    /// Words, meant for people: four letters in a row, which a damaged line of numbers does not have.
    private static func isMessage(_ line: UnsafeRawBufferPointer) -> Bool {
        var letters = 0
        for byte in line {
            letters = Ascii.isLetter(byte) ? letters + 1 : 0
            if letters == 4 { return true }
        }
        return false
    }

    private mutating func takeHeader(_ names: UnsafeRawBufferPointer) -> Bool {
        guard let first = names.first(where: { !Ascii.isBlank($0) && $0 != Ascii.quote }),
            Ascii.isLetter(first), let found = ProfileCells(profile, header: names)
        else { return false }
        cells = found
        headlessLines = 0
        lastLine = .header
        return true
    }
}
