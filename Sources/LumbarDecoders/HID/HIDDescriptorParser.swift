/// What is wrong with an item; its place is added where it is known.
struct HIDItemProblem: Error {
    var reason: HIDDescriptorError.Reason
    init(_ reason: HIDDescriptorError.Reason) { self.reason = reason }
}

/// The state machine that items drive.
struct HIDDescriptorParser {
    private(set) var fields: [HIDField] = []
    private(set) var collections: [HIDReportDescriptor.Collection] = []
    private(set) var numbersReports = false

    private var global = Global()
    private var stack: [Global] = []
    private var local = Local()
    private var open: [Int] = []
    /// Bits used so far of each report; kind times 256 plus number.
    private var lengths = [Int](repeating: 0, count: 3 * 256)

    /// What holds until it is declared anew.
    private struct Global {
        var page: UInt32 = 0
        var logicalMinimum: Int64 = 0
        var logicalMaximum = Limit()
        var physicalMinimum: Int64 = 0
        var physicalMaximum = Limit()
        var unit: UInt32 = 0
        var exponent = 0
        var size = 0
        var count = 0
        var reportID: UInt8 = 0
    }

    /// A largest value, kept both ways: its smallest value says which one is meant, and may come later.
    private struct Limit {
        var signed: Int64 = 0
        var unsigned: Int64 = 0

        init() {}

        init(_ item: HIDItem) {
            signed = item.signed
            unsigned = Int64(item.data)
        }

        func value(over minimum: Int64) -> Int64 { minimum < 0 ? signed : unsigned }
    }

    /// What holds until the next main item.
    private struct Local {
        var usages: [(range: ClosedRange<UInt32>, hasPage: Bool)] = []
        var minimum: (value: UInt32, hasPage: Bool)?
        /// 0 outside of a set of alternatives, 1 in its first, which counts, 2 behind it.
        var branch = 0
    }

    mutating func take(_ item: HIDItem) throws(HIDItemProblem) {
        switch item.tag & 0x0C {
        case 0x00: try takeMain(item)
        case 0x04: try takeGlobal(item)
        case 0x08: try takeLocal(item)
        default: throw HIDItemProblem(.unknownTag(item.tag))
        }
    }

    // MARK: Main

    private mutating func takeMain(_ item: HIDItem) throws(HIDItemProblem) {
        concatenatePages()
        switch item.tag {
        case 0x80: try addField(.input, flags: item.data)
        case 0x90: try addField(.output, flags: item.data)
        case 0xB0: try addField(.feature, flags: item.data)
        case 0xA0: try begin(type: UInt8(truncatingIfNeeded: item.data))
        case 0xC0:
            guard !open.isEmpty else { throw HIDItemProblem(.unbalancedEnd) }
            open.removeLast()
        // Reserved tags mean nothing yet; the kernel passes them over, and so do the descriptors that use them.
        default: break
        }
        local = Local()
    }

    private mutating func begin(type: UInt8) throws(HIDItemProblem) {
        guard open.count < HIDReportDescriptor.deepestCollection else { throw HIDItemProblem(.tooDeep) }
        let usage = HIDUsage(raw: local.usages.first?.range.lowerBound ?? 0)
        collections.append(.init(type: type, usage: usage, parent: open.last))
        open.append(collections.count - 1)
    }

    private mutating func addField(_ kind: HIDField.Kind, flags: UInt32) throws(HIDItemProblem) {
        guard fields.count < HIDReportDescriptor.mostFields else { throw HIDItemProblem(.tooManyFields) }
        let report = Int(kind.rawValue) * 256 + Int(global.reportID)
        // Both factors are bounded where they are declared, so nothing overflows.
        let length = global.size * global.count
        guard lengths[report] + length <= HIDReportDescriptor.longestReport * 8 else {
            throw HIDItemProblem(.reportTooLong)
        }
        let field = HIDField(
            kind: kind, reportID: global.reportID, bitOffset: lengths[report], size: global.size,
            count: global.count,
            usages: local.usages.map {
                HIDUsage(raw: $0.range.lowerBound)...HIDUsage(raw: $0.range.upperBound)
            },
            logicalMinimum: global.logicalMinimum,
            logicalMaximum: global.logicalMaximum.value(over: global.logicalMinimum),
            physicalMinimum: global.physicalMinimum,
            physicalMaximum: global.physicalMaximum.value(over: global.physicalMinimum),
            unit: global.unit, unitExponent: global.exponent, flags: flags, collection: open.last)
        guard field.isConstant || field.logicalMinimum <= field.logicalMaximum else {
            throw HIDItemProblem(.emptyRange)
        }
        lengths[report] += length
        if length > 0 { fields.append(field) }
    }

    /// Short usages take the page that was declared last, even when that came after them; those of an earlier page
    /// that a usage of the present one follows keep theirs.
    private mutating func concatenatePages() {
        for index in local.usages.indices.reversed() where !local.usages[index].hasPage {
            let range = local.usages[index].range
            if range.lowerBound >> 16 == global.page { return }
            let (low, high) = (range.lowerBound & 0xFFFF, range.upperBound & 0xFFFF)
            local.usages[index].range = (global.page << 16 | low)...(global.page << 16 | high)
        }
    }

    // MARK: Global

    private mutating func takeGlobal(_ item: HIDItem) throws(HIDItemProblem) {
        switch item.tag {
        case 0x04: global.page = item.data & 0xFFFF
        case 0x14: global.logicalMinimum = item.signed
        case 0x24: global.logicalMaximum = Limit(item)
        case 0x34: global.physicalMinimum = item.signed
        case 0x44: global.physicalMaximum = Limit(item)
        case 0x54: global.exponent = try exponent(item)
        case 0x64: global.unit = item.data
        case 0x74:
            guard item.data <= UInt32(HIDReportDescriptor.widestField) else { throw HIDItemProblem(.tooWide) }
            global.size = Int(item.data)
        case 0x84:
            guard (1...255).contains(item.data) else { throw HIDItemProblem(.badReportID) }
            global.reportID = UInt8(item.data)
            numbersReports = true
        case 0x94:
            guard item.data <= UInt32(HIDReportDescriptor.longestReport * 8) else {
                throw HIDItemProblem(.reportTooLong)
            }
            global.count = Int(item.data)
        case 0xA4:
            guard stack.count < HIDReportDescriptor.deepestStack else { throw HIDItemProblem(.badStack) }
            stack.append(global)
        case 0xB4:
            guard let top = stack.popLast() else { throw HIDItemProblem(.badStack) }
            global = top
        default: throw HIDItemProblem(.unknownTag(item.tag))
        }
    }

    /// A nibble is a signed number of four bits; many devices send a whole signed byte all the same.
    private func exponent(_ item: HIDItem) throws(HIDItemProblem) -> Int {
        let value: Int64
        if item.data <= 0x0F {
            value = item.data < 8 ? Int64(item.data) : Int64(item.data) - 16
        } else {
            value = item.signed
        }
        guard value.magnitude <= UInt64(HIDReportDescriptor.largestExponent) else {
            throw HIDItemProblem(.badExponent)
        }
        return Int(value)
    }

    // MARK: Local

    private mutating func takeLocal(_ item: HIDItem) throws(HIDItemProblem) {
        switch item.tag {
        case 0x08: add(usage(item)...usage(item), hasPage: item.size == 4)
        case 0x18: local.minimum = (usage(item), item.size == 4)
        case 0x28:
            guard let minimum = local.minimum else { return }
            local.minimum = nil
            var last = usage(item)
            // A last usage without a page belongs to the page of the first, though another was declared between: a range of
            // short usages lies within one page, whichever that turns out to be.
            if item.size < 4 { last = minimum.value & 0xFFFF_0000 | item.data & 0xFFFF }
            guard last >= minimum.value else { throw HIDItemProblem(.emptyUsageRange) }
            add(minimum.value...last, hasPage: minimum.hasPage || item.size == 4)
        case 0xA8: local.branch = item.data == 0 ? 0 : local.branch + 1
        // Designators and strings say nothing about bits.
        default: break
        }
    }

    private func usage(_ item: HIDItem) -> UInt32 {
        item.size == 4 ? item.data : global.page << 16 | item.data
    }

    private mutating func add(_ range: ClosedRange<UInt32>, hasPage: Bool) {
        if local.branch == 0 {
            local.usages.append((range, hasPage))
        } else if local.branch == 1 {
            // The first of the alternatives counts.
            local.usages.append((range, hasPage))
            local.branch = 2
        }
    }
}
