import LumbarCore

/// One line from a client: `{"id":1,"verb":"subscribe","frames":true}`.
public struct LiveRequest: Sendable, Equatable {
    /// What the reply carries again, as it was given; `null` when there was none.
    public var id: LiveID
    /// What is asked.
    public var verb: LiveVerb
    /// With `subscribe`: whether the frames are wanted too, ten a second of each sensor.
    public var wantsFrames = false
    /// With a verb that asks for something to be done: what.
    public var ask: LiveAsk

    /// A request.
    public init(id: LiveID = .none, verb: LiveVerb, wantsFrames: Bool = false, ask: LiveAsk = LiveAsk()) {
        self.id = id
        self.verb = verb
        self.wantsFrames = wantsFrames
        self.ask = ask
    }

    /// Reads a line, its end left off; what cannot be meant is refused with what to do about it.
    public init(_ line: UnsafeRawBufferPointer) throws(LiveRefusal) {
        let value: JSONValue
        do throws(JSONFault) {
            value = try JSONReader.read(line, limits: .request)
        } catch {
            throw LiveRefusal(error)
        }
        guard case .object = value else {
            throw LiveRefusal(.badRequest, "A request is an object, such as {\"id\":1,\"verb\":\"status\"}.")
        }
        guard let id = LiveID(value["id"]) else {
            throw LiveRefusal(
                .badRequest, "id is a whole number or a text of at most \(LiveID.longest) bytes.")
        }
        guard let name = value["verb"]?.text else {
            throw LiveRefusal(.badRequest, "verb is missing; there are \(LiveRequest.verbs).", id: id)
        }
        guard let verb = LiveVerb(rawValue: name) else {
            throw LiveRefusal(
                .unknownVerb,
                "There is no verb \(Printable.text(name, limit: 40)); there are \(LiveRequest.verbs).",
                id: id)
        }
        let allowed = ["id", "verb"] + verb.options
        if let stranger = value.members.first(where: { !allowed.contains($0.name) }) {
            throw LiveRefusal(
                .badRequest,
                "\(verb.rawValue) has no member \(Printable.text(stranger.name, limit: 40)); it may have "
                    + allowed.joined(separator: ", ") + ".", id: id)
        }
        self.init(id: id, verb: verb, ask: try LiveAsk(value, verb: verb, id: id))
        guard let frames = value["frames"] else { return }
        guard let flag = frames.flag else {
            throw LiveRefusal(.badRequest, "frames is true or false.", id: id)
        }
        wantsFrames = flag
    }

    /// The line, without its end.
    public var line: String {
        var object = JSONObject()
        if id != .none { object.addRaw("id", id.json) }
        object.add("verb", verb.rawValue)
        if wantsFrames { object.add("frames", true) }
        ask.add(to: &object, verb: verb)
        return object.text
    }

    private static let verbs = LiveVerb.allCases.map(\.rawValue).joined(separator: ", ")
}

/// What a client calls its request by.
public enum LiveID: Sendable, Equatable {
    /// Nothing.
    case none
    /// A number.
    case number(Int64)
    /// A short text.
    case text(String)

    /// Bytes of the longest text.
    public static let longest = 64

    /// What stands in a request; nil when it is neither.
    init?(_ value: JSONValue?) {
        switch value {
        case nil, .null: self = .none
        case .integer(let number): self = .number(number)
        case .string(let text) where text.utf8.count <= LiveID.longest: self = .text(text)
        default: return nil
        }
    }

    /// As JSON.
    public var json: String {
        switch self {
        case .none: "null"
        case .number(let number): String(number)
        case .text(let text): JSONObject.quoted(text)
        }
    }
}

/// Why a request is not answered, and what to do about it.
public struct LiveRefusal: Error, Sendable, Equatable {
    /// The kind, for programs.
    public var code: Code
    /// One or two sentences for people.
    public var message: String
    /// Which request, as far as that could be read.
    public var id: LiveID

    /// A refusal.
    public init(_ code: Code, _ message: String, id: LiveID = .none) {
        self.code = code
        self.message = message
        self.id = id
    }

    /// Of a line that is no JSON, or too much of it.
    init(_ fault: JSONFault) {
        let limits = JSONReader.Limits.request
        switch fault {
        case .notJSON(let place):
            self.init(
                .badJSON,
                "This is no JSON at byte \(place + 1) of the line. Send one object per line, such as "
                    + "{\"id\":1,\"verb\":\"status\"}.")
        case .tooLong: self.init(.lineTooLong, LiveRefusal.tooLong)
        case .tooDeep:
            self.init(.badJSON, "This is nested deeper than \(limits.depth). No request needs that.")
        case .tooManyValues:
            self.init(.badJSON, "This holds more than \(limits.values) values. No request needs that.")
        }
    }

    /// The words for a line that is too long.
    public static let tooLong =
        "A line has at most \(JSONReader.Limits.request.bytes) bytes. Send one request per line."

    /// Kinds of refusal.
    public enum Code: String, Sendable, CaseIterable {
        /// The line is no JSON, or too much of it.
        case badJSON = "bad_json"
        /// It is JSON, and no request.
        case badRequest = "bad_request"
        /// A verb that there is not.
        case unknownVerb = "unknown_verb"
        /// The verb is not for this user.
        case notAllowed = "not_allowed"
        /// Nobody, or no alert, goes by that name.
        case notFound = "not_found"
        /// It cannot be done now.
        case unavailable
        /// The line is too long; the connection is closed.
        case lineTooLong = "line_too_long"
        /// Too many requests within a second; the connection is closed.
        case tooManyRequests = "too_many_requests"
        /// Too many clients, in all or of this user; the connection is closed.
        case tooManyClients = "too_many_clients"
    }
}
