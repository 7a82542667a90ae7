import LumbarLive

/// A command as the parser of the command line knows it: what it is for, what it takes, and the commands within it.
struct CommandTree {
    /// An option, a flag or an argument.
    struct Parameter {
        /// With their dashes, the one that is shown first in front; none for an argument.
        let names: [String]
        /// What its value is called; nil for a flag.
        let value: String?
        let abstract: String
        let discussion: String
        let builtIn: String
        let choices: [String]
        let isOptional: Bool
        let isRepeated: Bool
    }

    let name: String
    let abstract: String
    let discussion: String
    let parameters: [Parameter]
    let commands: [CommandTree]

    /// What this program has; nil when the parser's own account of it is not understood.
    static func ofThisProgram() -> CommandTree? {
        var text = LumbarCtl._dumpHelp()
        let limits = JSONReader.Limits(bytes: 8 << 20, depth: 32, values: 1 << 18)
        let dump = text.withUTF8 { try? JSONReader.read(UnsafeRawBufferPointer($0), limits: limits) }
        return dump?["command"].flatMap { CommandTree($0) }
    }

    private init?(_ dump: JSONValue) {
        guard let name = dump["commandName"]?.text else { return nil }
        self.name = name
        abstract = dump["abstract"]?.text ?? ""
        discussion = dump["discussion"]?.text ?? ""
        parameters = (dump["arguments"]?.elements ?? []).compactMap { Parameter($0) }
        commands = (dump["subcommands"]?.elements ?? []).filter { $0["shouldDisplay"]?.flag != false }
            .compactMap { CommandTree($0) }
    }
}

extension CommandTree.Parameter {
    /// A parameter of its own; nil for what every command has, and what is not to be shown.
    fileprivate init?(_ dump: JSONValue) {
        guard dump["shouldDisplay"]?.flag != false else { return nil }
        let preferred = dump["preferredName"].flatMap(Self.dashed)
        let all = (dump["names"]?.elements ?? []).compactMap(Self.dashed)
        names = (preferred.map { [$0] } ?? []) + all.filter { $0 != preferred }
        guard !names.contains("--help"), !names.contains("--version") else { return nil }
        value = dump["kind"]?.text == "flag" ? nil : dump["valueName"]?.text ?? "value"
        abstract = dump["abstract"]?.text ?? ""
        discussion = dump["discussion"]?.text ?? ""
        builtIn = dump["defaultValue"]?.text ?? ""
        choices = (dump["allValues"]?.elements ?? []).compactMap(\.text)
        isOptional = dump["isOptional"]?.flag ?? false
        isRepeated = dump["isRepeating"]?.flag ?? false
    }

    private static func dashed(_ name: JSONValue) -> String? {
        guard let text = name["name"]?.text else { return nil }
        return (name["kind"]?.text == "long" ? "--" : "-") + text
    }
}
