import ArgumentParser
import LumbarCore
import LumbarSettings

/// A word where a command was expected, and what it was probably meant to be.
struct MistypedCommand {
    /// The commands before it.
    let path: [String]
    let word: String
    let guess: String?

    /// The first word of `arguments` that is no command where only one can be; nil when there is none.
    init?(in arguments: [String], of root: any ParsableCommand.Type) {
        var command = root
        var path: [String] = []
        var rest = arguments[...]
        // `help` is one of the parser's own, and takes commands.
        if rest.first == "help" { rest = rest.dropFirst() }
        while let word = rest.popFirst(), !word.hasPrefix("-") {
            let known = command.configuration.subcommands
            guard !known.isEmpty, command.configuration.defaultSubcommand == nil else { return nil }
            guard let next = known.first(where: { $0.configuration.commandName == word }) else {
                self.path = path
                self.word = word
                let names = known.filter { $0.configuration.shouldDisplay }
                    .compactMap { $0.configuration.commandName }
                guess = nearest(to: word, in: names + (path.isEmpty ? ["help"] : []))
                return
            }
            command = next
            path.append(word)
        }
        return nil
    }

    /// What is said about it.
    var text: String {
        let all = (["lumbarctl"] + path).joined(separator: " ")
        let meant = guess.map { "; did you mean \($0)?" } ?? "."
        return "there is no command \(Printable.text(word, limit: 60))\(meant) "
            + "All of them: \(all) --help"
    }
}
