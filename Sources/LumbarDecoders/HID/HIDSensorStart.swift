/// The settings that make a HID sensor begin to report: power on, all events, an interval.
///
/// They are written into feature reports, so they change the device. The shell builds and sends them only to a device
/// that a udev rule declares to be a sensor of the wearer, and only when the configuration asks for it. A report is
/// read first and written back with nothing but these bits changed.
///
/// A selector's value is its index plus the smallest value of its field: devices whose selectors begin at one ignored
/// drivers that counted from zero until something else had set them up.
public struct HIDSensorStart: Equatable, Sendable {
    /// Bits to be set in one feature report.
    public struct Report: Equatable, Sendable {
        /// Its number; 0 when reports are not numbered.
        public var id: UInt8
        /// Its length in bytes, the byte of the number counted; that byte is there, and 0, when reports are not
        /// numbered.
        public var length: Int
        fileprivate var changes: [(offset: Int, size: Int, value: UInt32)]

        /// Compares all fields.
        public static func == (a: Report, b: Report) -> Bool {
            a.id == b.id && a.length == b.length && a.changes.count == b.changes.count
                && zip(a.changes, b.changes).allSatisfy { $0 == $1 }
        }

        /// The report to send, made of the one the device has now; `current` begins with the number's byte.
        public func changed(_ current: [UInt8]) -> [UInt8] {
            var report = current
            if report.count < length { report += [UInt8](repeating: 0, count: length - report.count) }
            report[0] = id
            for change in changes {
                HIDBits.write(change.value, into: &report, at: change.offset, count: change.size)
            }
            return report
        }
    }

    /// What to send, in the order of the report numbers; empty when the device has no such settings.
    public private(set) var reports: [Report] = []

    /// The settings of `descriptor` for a report every `milliseconds`, as near as its range allows.
    public init(_ descriptor: HIDReportDescriptor, milliseconds: Int) {
        for field in descriptor.fields where field.kind == .feature && field.isReadable {
            if let change = HIDSensorStart.change(field, descriptor, milliseconds) {
                // Without numbers the buffer still begins with a byte for one.
                let shift = descriptor.numbersReports ? 0 : 8
                let bits = descriptor.bitLength(.feature, reportID: field.reportID) + shift
                add(
                    (change.offset + shift, change.size, change.value), id: field.reportID,
                    length: (bits + 7) / 8)
            }
        }
        reports.sort { $0.id < $1.id }
    }

    private mutating func add(_ change: (offset: Int, size: Int, value: UInt32), id: UInt8, length: Int) {
        if let index = reports.firstIndex(where: { $0.id == id }) {
            reports[index].changes.append(change)
        } else {
            reports.append(Report(id: id, length: length, changes: [change]))
        }
    }

    private static func change(
        _ field: HIDField, _ descriptor: HIDReportDescriptor, _ milliseconds: Int
    ) -> (offset: Int, size: Int, value: UInt32)? {
        let interval = HIDUsage(page: SensorUsage.page, id: SensorUsage.reportInterval)
        if field.isVariable {
            guard let index = field.index(of: interval), let value = value(field, milliseconds) else {
                return nil
            }
            return (field.bitOffset + index * field.size, field.size, value)
        }
        // A named array: the property is the collection, its choices are the usages of the field.
        guard let owner = descriptor.innermost(around: field), owner.usage.page == SensorUsage.page else {
            return nil
        }
        let choice: UInt16
        switch owner.usage.id {
        case SensorUsage.reportingState: choice = SensorUsage.reportsAllEvents
        case SensorUsage.powerState: choice = SensorUsage.fullPower
        default: return nil
        }
        guard let index = field.index(of: HIDUsage(page: SensorUsage.page, id: choice)) else { return nil }
        let value = Int64(index) + field.logicalMinimum
        guard value >= field.logicalMinimum, value <= field.logicalMaximum else { return nil }
        return (field.bitOffset, field.size, UInt32(truncatingIfNeeded: value))
    }

    /// The interval as the field counts it: milliseconds unless its unit says seconds.
    private static func value(_ field: HIDField, _ milliseconds: Int) -> UInt32? {
        let conversion = field.conversion
        let wanted = field.unit == 0x1001 ? Double(milliseconds) / 1000 : Double(milliseconds)
        guard conversion.scale > 0 else { return nil }
        let value = ((wanted - conversion.offset) / conversion.scale).rounded()
        guard value.isFinite else { return nil }
        let bounded = min(max(value, Double(field.logicalMinimum)), Double(field.logicalMaximum))
        return UInt32(truncatingIfNeeded: Int64(bounded))
    }
}
