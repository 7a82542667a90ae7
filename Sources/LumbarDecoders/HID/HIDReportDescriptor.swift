/// A HID report descriptor: which bits of which report mean what.
///
/// Read by the Device Class Definition for HID 1.11, section 6.2.2, in the order of the bytes: short and long items,
/// all global and local items, push and pop, usage ranges, usages of four bytes, delimited alternatives (the first
/// counts). A usage takes the page that was declared last, before or after it, as Linux has it. A unit exponent of one
/// nibble is signed; a limit is signed when the smallest value is.
///
/// Everything is bounded, so that a hostile device costs no more than its bytes; what is wrong throws with its place.
/// Collections that are still open at the end are no error: published descriptors are often cut there.
public struct HIDReportDescriptor: Equatable, Sendable {
    /// Bytes allowed; the kernel allows no more.
    public static let longest = 4096
    /// Bits allowed in one value. Only those up to 32 can be read; wider ones are vendors' blocks.
    public static let widestField = 256
    /// Bytes allowed in one report, as in the kernel.
    public static let longestReport = 16_384
    /// Main items allowed.
    public static let mostFields = 1024
    /// Collections allowed within each other.
    public static let deepestCollection = 16
    /// Global states allowed on the stack.
    public static let deepestStack = 8
    /// Exponents allowed, either way.
    public static let largestExponent = 20

    /// One collection.
    public struct Collection: Equatable, Sendable {
        /// What it is: 0 physical, 1 application, 2 logical, ...
        public var type: UInt8
        /// What it means.
        public var usage: HIDUsage
        /// Index of the collection around it.
        public var parent: Int?
    }

    /// All fields, in the order of the descriptor; reports of several kinds and numbers are mixed.
    public private(set) var fields: [HIDField] = []
    /// All collections, in the order they begin.
    public private(set) var collections: [Collection] = []
    /// Whether the first byte of a report is its number.
    public private(set) var numbersReports = false

    /// Reads a descriptor.
    public init(_ bytes: [UInt8]) throws(HIDDescriptorError) {
        var parser = HIDDescriptorParser()
        var items = HIDItems(bytes)
        guard bytes.count <= Self.longest else {
            throw HIDDescriptorError(offset: Self.longest, reason: .tooLong)
        }
        while let item = try items.next() {
            do throws(HIDItemProblem) {
                try parser.take(item)
            } catch {
                throw HIDDescriptorError(offset: item.offset, reason: error.reason)
            }
        }
        fields = parser.fields
        collections = parser.collections
        numbersReports = parser.numbersReports
        // The number's byte counts in every report, also in those declared before the first number.
        if numbersReports { for index in fields.indices { fields[index].bitOffset += 8 } }
    }

    /// Bits of a report, its number counted where there is one; 0 when there is no such report.
    public func bitLength(_ kind: HIDField.Kind, reportID: UInt8) -> Int {
        fields.reduce(0) { length, field in
            guard field.kind == kind, field.reportID == reportID else { return length }
            return max(length, field.bitOffset + field.size * field.count)
        }
    }

    /// The innermost collection around `field` that is a physical or application one, or nil.
    public func owner(of field: HIDField) -> Collection? {
        var next = field.collection
        while let index = next {
            let collection = collections[index]
            if collection.type <= 1 { return collection }
            next = collection.parent
        }
        return nil
    }

    /// The innermost collection around `field`, whatever its type, or nil.
    public func innermost(around field: HIDField) -> Collection? { field.collection.map { collections[$0] } }
}
