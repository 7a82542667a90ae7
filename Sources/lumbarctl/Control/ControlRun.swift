import ArgumentParser
import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarReport

/// What all commands share that ask something of the daemon on a wearer's behalf.
struct ControlOptions: ParsableArguments {
    @Option(help: ArgumentHelp("For this wearer; needed where there are several.", valueName: "name"))
    var wearer: String?

    @Flag(
        name: .customLong("json"),
        help: "Print one JSON object per line, as docs/schema/control.schema.json describes it.")
    var isJSON = false

    @OptionGroup var live: LiveOptions
}

/// Asks the daemon for something, and prints what holds then.
struct ControlRun {
    let options: ControlOptions
    private let output = StandardOutput()

    init(_ options: ControlOptions) { self.options = options }

    private var wearer: WearerID? { options.wearer.map { WearerID($0) } }

    /// Asks for it, and says what holds now.
    func ask(_ verb: LiveVerb, _ ask: LiveAsk) throws {
        var ask = ask
        ask.wearer = wearer
        let answer = try reply(LiveRequest(id: .number(1), verb: verb, ask: ask), expecting: "asked")
        try show(
            WearerID(answer["wearer"]?.text ?? ""), LiveControl(answer), among: 1,
            about: ControlRun.kind(of: verb))
        try output.flush()
    }

    /// Says what holds, of `kind` or of everything.
    func showAll(_ kind: Kind) throws {
        let answer = try reply(LiveRequest(id: .number(1), verb: .status), expecting: "status")
        let known = LiveStatus(answer)?.wearers ?? []
        let shown = known.filter { wearer == nil || $0.id == wearer }
        if let wearer, shown.isEmpty {
            throw Failure(.data, "nobody called \(Printable.text(wearer.text)) wears a sensor here")
        }
        for one in shown { try show(one.id, one.control, among: known.count, about: kind) }
        try output.flush()
    }

    /// What is talked about.
    enum Kind {
        case snooze, pause, profile, training
        /// The end of one.
        case wake, resume
    }

    private static func kind(of verb: LiveVerb) -> Kind {
        switch verb {
        case .pause: .pause
        case .resume: .resume
        case .wake: .wake
        case .profile: .profile
        case .training: .training
        default: .snooze
        }
    }

    private func reply(_ request: LiveRequest, expecting type: String) throws -> JSONValue {
        let answer: JSONValue
        do throws(DaemonConnection.Absence) {
            var connection = try DaemonConnection.open(options.live.path)
            answer = try connection.ask(request, expecting: type)
        } catch {
            let isAway = error.status == .unavailable && error.reason.hasPrefix("it is not running")
            let advice = isAway ? ". Start it: sudo systemctl start lumbard" : ""
            throw Failure(error.status, "lumbard cannot be asked: \(error.reason)\(advice)")
        }
        guard answer["type"]?.text == "error" else { return answer }
        let message = answer["message"]?.text ?? ""
        switch answer["code"]?.text.flatMap(LiveRefusal.Code.init) {
        case .unknownVerb:
            throw Failure(
                .unavailable,
                "the running lumbard is older than this lumbarctl and does not know this: restart it")
        case .badRequest, .badJSON: throw Failure(.usage, ControlRun.sentence(message))
        case .notFound: throw Failure(.data, ControlRun.sentence(message))
        case .notAllowed: throw Failure(.noPermission, ControlRun.sentence(message))
        default: throw Failure(.unavailable, ControlRun.sentence(message))
        }
    }

    /// Behind `lumbarctl: `, a sentence begins small.
    private static func sentence(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }

    private func show(_ id: WearerID, _ control: LiveControl, among count: Int, about kind: Kind) throws {
        if options.isJSON { return try output.write(line: control.line(of: id)) }
        let whose = count > 1 || id != .sole ? Printable.text(id.text) + ": " : ""
        try output.write(line: whose + ControlRun.words(control, kind))
    }

    private static func words(_ control: LiveControl, _ kind: Kind) -> String {
        switch kind {
        case .snooze: control.snoozeWords
        case .pause: control.pauseWords
        // Whether it was, the daemon does not say.
        case .wake: control.snoozedUntil == nil ? "Not snoozed any more." : control.snoozeWords
        case .resume: control.pausedUntil == nil ? "Not paused any more." : control.pauseWords
        case .profile: control.profileWords
        case .training: control.trainingWords
        }
    }
}
