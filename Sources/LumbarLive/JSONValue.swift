/// A JSON value as it was read, members in the order they stood.
public enum JSONValue: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without a fraction that fits.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    /// A text.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Members in order; of two with one name the first counts.
    case object([Member])

    /// One member of an object.
    public struct Member: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Its value.
        public var value: JSONValue

        /// A member.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The member `name` of an object; nil when there is none, or when this is no object.
    public subscript(name: String) -> JSONValue? { members.first { $0.name == name }?.value }

    /// The members of an object; none when it is something else.
    public var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The elements of an array; none when it is something else.
    public var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The text, if it is one.
    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The truth value, if it is one.
    public var flag: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// The number, if it is one, as nearly as it can be had.
    public var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The whole number, if it is one that fits.
    public var int: Int? {
        if case .integer(let value) = self { Int(exactly: value) } else { nil }
    }
}
