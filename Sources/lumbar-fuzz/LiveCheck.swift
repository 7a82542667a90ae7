import LumbarCore
import LumbarLive

/// Promises of what strangers may send to the live socket: any line is a request or a refusal of one short line; a request
/// that was understood is written and understood as the same; the reader keeps its limits.
enum LiveCheck {
    ///
    /// Returns how many lines were understood.
    static func run(_ bytes: [UInt8]) -> Int {
        var understood = 0
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let answer = Array(line).withUnsafeBytes { reply(to: $0) }
            if !answer.contains("\"error\"") { understood += 1 }
            precondition(answer.utf8.count < 1024, "an answer grows with what was sent")
            precondition(
                answer.unicodeScalars.allSatisfy(Printable.isSafe), "an answer carries what was sent")
        }
        guard let value = try? JSONReader.read(bytes, limits: .request) else { return understood }
        let limits = JSONReader.Limits.request
        var count = 0
        precondition(depth(value, &count) <= limits.depth && count <= limits.values, "a limit does not hold")
        return understood
    }

    private static func reply(to line: UnsafeRawBufferPointer) -> String {
        do throws(LiveRefusal) {
            let request = try LiveRequest(line)
            let again = try? Array(request.line.utf8).withUnsafeBytes { try LiveRequest($0) }
            precondition(again == request, "a request changes by being written")
            return request.line
        } catch {
            return LiveReply.error(error)
        }
    }

    private static func depth(_ value: JSONValue, _ count: inout Int) -> Int {
        count += 1
        var deepest = 0
        for element in value.elements { deepest = max(deepest, 1 + depth(element, &count)) }
        for member in value.members { deepest = max(deepest, 1 + depth(member.value, &count)) }
        return deepest
    }
}

extension FuzzInput {
    /// A line as a client may send it, more or less.
    mutating func request() -> [UInt8] {
        let tokens = [
            "{", "}", "[", "]", ",", ":", "\"id\"", "\"verb\"", "\"frames\"", "true", "null", "1", "-1.5e3",
            "\"\\u00e9\"",
            "\"\\ud83d\\ude00\"", "\"subscribe\"", "\"status\"", " ", "\n", "{\"id\":1,\"verb\":\"ping\"}\n",
        ]
        return number(below: 6) == 0 ? bytes(number(below: 8)) : Array(pick(tokens).utf8)
    }
}
