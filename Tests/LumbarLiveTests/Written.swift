import LumbarCore
import LumbarLive

/// A value as JSON text again.
func written(_ value: JSONValue) -> String {
    switch value {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .integer(let number): return String(number)
    case .number(let number): return "\(number)"
    case .string(let text): return JSONObject.quoted(text)
    case .array(let elements): return "[" + elements.map(written).joined(separator: ",") + "]"
    case .object(let members):
        let all = members.map { JSONObject.quoted($0.name) + ":" + written($0.value) }
        return "{" + all.joined(separator: ",") + "}"
    }
}
