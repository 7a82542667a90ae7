/// Why a report descriptor cannot be used, and at which byte.
public struct HIDDescriptorError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Offset of the item that is wrong.
    public var offset: Int
    /// What is wrong with it.
    public var reason: Reason

    /// What can be wrong.
    public enum Reason: Equatable, Sendable {
        /// More than `HIDReportDescriptor.longest` bytes.
        case tooLong
        /// The last item goes on past the end.
        case truncated
        /// A tag that HID does not have.
        case unknownTag(UInt8)
        /// More collections within each other than are allowed.
        case tooDeep
        /// An end of a collection that nobody began.
        case unbalancedEnd
        /// More pushed states than are allowed, or a pop without a push.
        case badStack
        /// A report id of zero, or beyond 255.
        case badReportID
        /// Fields wider than are allowed.
        case tooWide
        /// More values in a report than are allowed.
        case reportTooLong
        /// More fields than are allowed.
        case tooManyFields
        /// A largest value below the smallest.
        case emptyRange
        /// A last usage below the first.
        case emptyUsageRange
        /// A unit exponent no quantity has.
        case badExponent
    }

    /// `byte 12: the last item is cut off`.
    public var description: String { "byte \(offset): " + words }

    private var words: String {
        switch reason {
        case .tooLong: "longer than \(HIDReportDescriptor.longest) bytes"
        case .truncated: "the last item is cut off"
        case .unknownTag(let tag): "no item begins with 0x\(String(tag, radix: 16))"
        case .tooDeep: "more than \(HIDReportDescriptor.deepestCollection) collections within each other"
        case .unbalancedEnd: "the end of a collection that never began"
        case .badStack: "a push without room, or a pop without a push"
        case .badReportID: "a report id that is not between 1 and 255"
        case .tooWide: "a field wider than \(HIDReportDescriptor.widestField) bits"
        case .reportTooLong: "a report longer than \(HIDReportDescriptor.longestReport) bytes"
        case .tooManyFields: "more than \(HIDReportDescriptor.mostFields) fields"
        case .emptyRange: "a largest value below the smallest"
        case .emptyUsageRange: "a last usage below the first"
        case .badExponent: "a unit exponent beyond plus or minus \(HIDReportDescriptor.largestExponent)"
        }
    }
}
