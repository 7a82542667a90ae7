import LumbarLinux
import LumbarLive
import LumbarTestKit
import Testing

/// The lines that a daemon sends to its clients, each held to the schema.
struct LiveLines {
    private let schema: JSONSchema

    init() throws { schema = try JSONSchema(file: "docs/schema/live.schema.json") }

    /// What was waited for never came.
    struct Absence: Error, CustomStringConvertible {
        let description: String
    }

    /// The next line that is `type`; those on the way are checked as well.
    func next(
        _ type: String, from client: inout LocalConnection, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        while true {
            guard case .line(let bytes) = try client.receive(timeout: .seconds(30)) else {
                throw Absence(description: "no \(type) came")
            }
            let line = String(decoding: bytes, as: UTF8.self)
            let complaint = schema.complaint(about: line)
            #expect(complaint == nil, "\(complaint ?? "")", sourceLocation: sourceLocation)
            let value = try JSONReader.read(line, limits: .reply)
            if value["type"]?.text == type { return value }
        }
    }
}
