import LumbarCore

/// Lines from the daemon that answer something; docs/live-socket.md explains each.
public enum LiveReply {
    /// The version of what is spoken here; higher when something changes that a client could stumble over.
    public static let version = 1

    /// The first line of every connection.
    public static let hello: String = {
        var object = JSONObject()
        object.add("type", "hello")
        object.add("protocol", version)
        object.add("program", "lumbard")
        object.add("version", ReleaseName.version)
        let verbs = LiveVerb.allCases.map { JSONObject.quoted($0.rawValue) }
        object.addRaw("verbs", "[" + verbs.joined(separator: ",") + "]")
        return object.text
    }()

    /// The answer to `ping`.
    public static func pong(_ id: LiveID) -> String { begin("pong", id).text }

    /// The answer to `subscribe`: events come from now on.
    public static func subscribed(_ id: LiveID, frames: Bool) -> String {
        var object = begin("subscribed", id)
        object.add("frames", frames)
        return object.text
    }

    /// The answer to `unsubscribe`.
    public static func unsubscribed(_ id: LiveID) -> String { begin("unsubscribed", id).text }

    /// The answer to `status` with a `LiveStatus.json`, which may be used for several answers.
    public static func status(_ id: LiveID, json: String) -> String { begin("status", id).text(with: json) }

    /// The answer to `devices` with a `LiveDevice.json(_:)`, which may be used for several answers.
    public static func devices(_ id: LiveID, json: String) -> String { begin("devices", id).text(with: json) }

    /// The answer to what is refused.
    public static func error(_ refusal: LiveRefusal) -> String {
        var object = begin("error", refusal.id)
        object.add("code", refusal.code.rawValue)
        object.add("message", refusal.message)
        return object.text
    }

    static func begin(_ type: String, _ id: LiveID) -> JSONObject {
        var object = JSONObject()
        object.add("type", type)
        object.addRaw("id", id.json)
        return object
    }
}

extension JSONObject {
    /// This object with the members of another one, which has some, behind its own.
    fileprivate func text(with json: String) -> String { text.dropLast() + "," + json.dropFirst() }
}
