import Glibc
import LumbarLive

/// The part of JSON Schema that our schemas use, to hold what programs print to them.
///
/// Stricter than the standard in one way: a member that the schema does not name is wrong, unless it says
/// `additionalProperties: true`. What the schema does not describe, nobody can rely on.
public struct JSONSchema {
    private let root: JSONValue

    /// A schema.
    public init(_ root: JSONValue) { self.root = root }

    /// The schema in a file of the repository.
    public init(file: String) throws {
        let path = Repository.root + "/" + file
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = read(descriptor, &bytes, bytes.count)
        close(descriptor)
        root = try JSONReader.read(Array(bytes.prefix(max(0, count))), limits: .reply)
    }

    /// What is wrong with the JSON text `line`, or nil when nothing is.
    public func complaint(about line: String, as definition: String? = nil) -> String? {
        guard let value = try? JSONReader.read(line, limits: .reply) else { return "no JSON: \(line)" }
        let schema = definition.map { .object([.init("$ref", .string("#/$defs/" + $0))]) } ?? root
        return complaint(value, schema, "").map { "\($0) in \(line)" }
    }

    private func complaint(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> String? {
        for rule in schema.members {
            if let wrong = complaint(value, rule, schema, place) { return wrong }
        }
        return nil
    }

    private func complaint(
        _ value: JSONValue, _ rule: JSONValue.Member, _ schema: JSONValue, _ place: String
    ) -> String? {
        switch rule.name {
        case "$schema", "title", "description", "$defs", "additionalProperties": return nil
        case "$ref":
            let name = rule.value.text?.split(separator: "/").last.map(String.init) ?? ""
            guard let target = root["$defs"]?[name] else { return "the schema has no \(name)" }
            return complaint(value, target, place)
        case "oneOf":
            let fits = rule.value.elements.count { complaint(value, $0, place) == nil }
            return fits == 1 ? nil : "\(place) fits \(fits) of what it may be"
        case "const": return value == rule.value ? nil : "\(place) is not \(rule.value)"
        case "enum": return rule.value.elements.contains(value) ? nil : "\(place) is none of the words"
        case "type":
            let types = rule.value.text.map { [$0] } ?? rule.value.elements.compactMap(\.text)
            return types.contains { isKind(value, $0) } ? nil : "\(place) is no \(types)"
        case "minimum": return below(value.double, rule.value.double) ? "\(place) is too small" : nil
        case "maximum": return below(rule.value.double, value.double) ? "\(place) is too large" : nil
        case "items":
            return value.elements.lazy.compactMap { complaint($0, rule.value, place + "[]") }.first
        case "required":
            let missing = rule.value.elements.compactMap(\.text).first { value[$0] == nil }
            return missing.map { "\(place).\($0) is missing" }
        case "properties":
            let isOpen = schema["additionalProperties"]?.flag == true
            for member in value.members {
                if let described = rule.value[member.name] {
                    if let wrong = complaint(member.value, described, place + "." + member.name) {
                        return wrong
                    }
                } else if !isOpen {
                    return "\(place).\(member.name) is not described"
                }
            }
            return nil
        default: return "the schema uses \(rule.name), which this cannot check"
        }
    }

    private func below(_ a: Double?, _ b: Double?) -> Bool {
        guard let a, let b else { return false }
        return a < b
    }

    private func isKind(_ value: JSONValue, _ name: String) -> Bool {
        switch (value, name) {
        case (.null, "null"), (.bool, "boolean"), (.integer, "integer"), (.integer, "number"),
            (.number, "number"),
            (.string, "string"), (.array, "array"), (.object, "object"):
            true
        default: false
        }
    }
}
