import LumbarCore

/// Where in a line each value stands: slots are `ProfileQuantity` raw values, or 16 and more for what is required.
struct ProfileCells: Sendable {
    static let nothing: Int8 = -1
    static let firstRequirement = 16

    /// The slot of each cell, from the left.
    private(set) var slots: [Int8]
    /// Cells that a line has.
    private(set) var count: Int
    /// Quantities that have a cell.
    private(set) var found: UInt32 = 0

    /// The cells of a profile that gives their numbers.
    init(_ profile: TextProfile) {
        slots = Array(repeating: Self.nothing, count: ProfilePlace.mostColumns)
        count = 0
        for (slot, place) in Self.places(profile) {
            guard case .number(let number) = place else { continue }
            set(slot, at: number - 1)
            count = max(count, number)
        }
    }

    /// The cells that the names in `header` give; nil when it does not name what is needed.
    init?(_ profile: TextProfile, header line: UnsafeRawBufferPointer) {
        slots = Array(repeating: Self.nothing, count: ProfilePlace.mostColumns)
        count = 0
        let wanted = Self.places(profile)
        var start = 0
        while start <= line.count {
            var end = start
            while end < line.count, line[end] != profile.delimiter.byte { end += 1 }
            let name = Self.trimmed(line, start..<end)
            let isLast = end == line.count
            // The empty name behind a trailing delimiter is no column.
            if !(isLast && name.isEmpty) {
                guard count < ProfilePlace.mostColumns else { return nil }
                for (slot, place) in wanted {
                    guard case .name(let text) = place, name.elementsEqual(text.utf8) else { continue }
                    // A name that stands twice says nothing certain.
                    guard !slots.contains(Int8(slot)) else { return nil }
                    set(slot, at: count)
                }
                count += 1
            }
            start = end + 1
        }
        let optional = ProfileQuantity.rate | ProfileQuantity.time.bit
        let needed = profile.found & ~optional
        let required = profile.requirements.indices.map { Int8($0 + Self.firstRequirement) }
        guard found & needed == needed, required.allSatisfy(slots.contains) else { return nil }
        // Two of three axes are no rate; what is left of it is not looked at.
        if found & ProfileQuantity.rate != ProfileQuantity.rate {
            for index in slots.indices where (3...5).contains(slots[index]) { slots[index] = Self.nothing }
        }
    }

    private mutating func set(_ slot: Int, at index: Int) {
        slots[index] = Int8(slot)
        if slot < Self.firstRequirement { found |= 1 << UInt32(slot) }
    }

    /// Every slot with its place.
    static func places(_ profile: TextProfile) -> [(slot: Int, place: ProfilePlace)] {
        var out: [(Int, ProfilePlace)] = []
        for (slot, place) in profile.places.enumerated() {
            if let place { out.append((slot, place)) }
        }
        for (index, requirement) in profile.requirements.enumerated() {
            out.append((index + firstRequirement, requirement.place))
        }
        return out
    }

    private static func trimmed(
        _ line: UnsafeRawBufferPointer, _ range: Range<Int>
    ) -> UnsafeRawBufferPointer {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, Ascii.isBlank(line[start]) || line[start] == Ascii.quote { start += 1 }
        while end > start, Ascii.isBlank(line[end - 1]) || line[end - 1] == Ascii.quote { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: line[start..<end])
    }

    /// Reads the cells of `line` from `start` on; false when there are too few, or too many.
    func scan(
        _ line: UnsafeRawBufferPointer, from start: Int, _ profile: TextProfile,
        into values: inout ProfileValues
    ) -> Bool {
        let delimiter = profile.delimiter
        let end = line.count
        var index = start
        var cell = 0
        while true {
            while index < end, Self.isPadding(line[index], delimiter) { index += 1 }
            if index == end, delimiter == .blanks { return isCount(cell, profile) }
            // The nothing behind a trailing delimiter is no cell.
            if index == end, cell > 0, cell >= count { return isCount(cell, profile) }
            guard cell < count || profile.allowsMore else { return false }
            let slot = cell < slots.count ? slots[cell] : Self.nothing
            let first = index
            if slot >= Self.firstRequirement {
                while index < end, line[index] != delimiter.byte, !Ascii.isBlank(line[index]) { index += 1 }
                profile.note(Int(slot), line, first..<index, &values)
            } else if slot != Self.nothing, index < end, line[index] != delimiter.byte {
                values.take(Int(slot), profile, from: line, at: &index)
                if index < end, line[index] != delimiter.byte, !Ascii.isBlank(line[index]) {
                    values.isMalformed = true
                }
                if delimiter != .blanks {
                    while index < end, Self.isPadding(line[index], delimiter) { index += 1 }
                    if index < end, line[index] != delimiter.byte { values.isMalformed = true }
                }
            }
            while index < end, line[index] != delimiter.byte,
                delimiter != .blanks || !Ascii.isBlank(line[index])
            { index += 1 }
            cell += 1
            if index == end { return isCount(cell, profile) }
            if delimiter != .blanks { index += 1 }
        }
    }

    private func isCount(_ cells: Int, _ profile: TextProfile) -> Bool {
        profile.allowsMore ? cells >= count : cells == count
    }

    /// What may stand around a number without being part of it.
    private static func isPadding(_ byte: UInt8, _ delimiter: ProfileDelimiter) -> Bool {
        Ascii.isBlank(byte) && (delimiter == .blanks || byte != delimiter.byte)
    }
}

extension TextProfile {
    /// Notes whether what stands in `range` is the text that the requirement of `slot` wants.
    func note(
        _ slot: Int, _ line: UnsafeRawBufferPointer, _ range: Range<Int>, _ values: inout ProfileValues
    ) {
        let requirement = slot - ProfileCells.firstRequirement
        guard Ascii.isEqual(line, range, requiredTexts[requirement]) else { return }
        values.met |= 1 << UInt32(requirement)
    }
}
