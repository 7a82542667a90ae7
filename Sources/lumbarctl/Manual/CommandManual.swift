import LumbarSettings

/// The manual page lumbarctl(1), of what the command line's parser knows.
struct CommandManual {
    let program: CommandTree

    /// The page in mdoc, dated `date` (as mdoc writes it: `November 21, 2026`).
    func page(date: String) -> String {
        head(date) + commands(program.commands, path: []) + Self.tail
    }

    private func head(_ date: String) -> String {
        """
        .\\" Generated from the commands in the sources; do not edit.
        .Dd \(Mdoc.text(date))
        .Dt LUMBARCTL 1
        .Os lumbard
        .Sh NAME
        .Nm lumbarctl
        .Nd ask, watch and replay what lumbard sees
        .Sh SYNOPSIS
        .Nm
        .Ar command
        .Op Ar option ...
        .Op Ar argument ...
        .Nm
        .Cm help
        .Op Ar command ...
        .Nm
        .Fl \\-version
        .Sh DESCRIPTION
        .Nm
        shows what
        .Xr lumbard 8
        has found out about how its wearer sits, bends and lifts: now, today and over the weeks.
        The history is read from its file, whether or not the daemon runs; what happens now is asked of the daemon.
        .Pp
        Every command takes
        .Fl h
        or
        .Fl \\-help .
        Output for people is in words and tables, without colour when it goes to a file or a pipe;
        with
        .Fl \\-json
        it is one JSON object a line, to whose keys new ones are added and nothing else is changed.
        .Sh COMMANDS

        """
    }

    private func commands(_ commands: [CommandTree], path: [String]) -> String {
        var out = ""
        for command in commands where command.name != "help" {
            let words = path + [command.name]
            guard command.commands.isEmpty else {
                out += self.commands(command.commands, path: words)
                continue
            }
            out += ".Ss \(words.map { Mdoc.text($0) }.joined(separator: " "))\n"
            out += usage(command, words) + Mdoc.prose(command.abstract)
            out += paragraphs(command.discussion) + parameters(command.parameters)
        }
        return out
    }

    private func usage(_ command: CommandTree, _ words: [String]) -> String {
        var out = ".Nm\n.Cm \(words.map { Mdoc.text($0) }.joined(separator: " "))\n"
        for parameter in command.parameters {
            let form = self.form(parameter, parameter.names.prefix(1)) + (parameter.isRepeated ? " ..." : "")
            out += parameter.isOptional ? ".Op \(form)\n" : ".\(form)\n"
        }
        return out + ".Pp\n"
    }

    /// `Fl ... Ar ...`, or `Ar ...`.
    private func form(_ parameter: CommandTree.Parameter, _ names: some Sequence<String>) -> String {
        let flags = names.map { "Fl " + Mdoc.text(String($0.dropFirst())) }.joined(separator: " , ")
        let value = parameter.value.map { "Ar " + Mdoc.argument($0) }
        return [flags, value ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func paragraphs(_ text: String) -> String {
        var out = ""
        for paragraph in text.split(separator: "\n\n") {
            let lines = paragraph.split(separator: "\n")
            // What is to be typed stands as it is.
            let isTyped = lines.allSatisfy { $0.hasPrefix("lumbarctl ") || $0.hasPrefix("sudo ") }
            out += ".Pp\n"
            if isTyped {
                out += lines.map { ".Dl \(Mdoc.text(String($0)))\n" }.joined()
            } else {
                out += Mdoc.prose(lines.joined(separator: " "))
            }
        }
        return out
    }

    private func parameters(_ parameters: [CommandTree.Parameter]) -> String {
        let told = parameters.filter { !$0.abstract.isEmpty || !$0.discussion.isEmpty }
        guard !told.isEmpty else { return "" }
        var out = ".Bl -tag -width Ds\n"
        for parameter in told {
            out += ".It \(form(parameter, parameter.names))\n"
            if !parameter.abstract.isEmpty { out += Mdoc.prose(parameter.abstract) }
            if !parameter.discussion.isEmpty { out += Mdoc.prose(parameter.discussion) }
            if !parameter.choices.isEmpty {
                out += Mdoc.prose("One of: " + parameter.choices.joined(separator: ", ") + ".")
            }
            if !parameter.builtIn.isEmpty { out += Mdoc.prose("Without it: " + parameter.builtIn + ".") }
        }
        return out + ".El\n"
    }

    private static let tail = """
        .Sh ENVIRONMENT
        .Bl -tag -width Ds
        .It Ev NO_COLOR
        With any value but the empty one: no colour.
        .It Ev LUMBAR_PAGER , PAGER
        What long output is shown with on a terminal; without them, or empty, it is
        .Xr less 1
        where there is one.
        .Ql cat
        shows it as it comes.
        .It Ev TERM , LC_ALL , LANG
        Whether the terminal can do more than lines, and draw more than ASCII.
        .El
        .Sh FILES
        .Bl -tag -width Ds
        .It Pa /var/lib/lumbard/lumbard.db
        The history.
        .It Pa /run/lumbard/lumbard.sock
        Where the daemon is asked what happens now.
        .It Pa /etc/lumbard/lumbard.conf
        The daemon's settings, see
        .Xr lumbard.conf 5 .
        .El
        .Sh EXIT STATUS
        .Bl -tag -width Ds -compact
        .It 0
        Done.
        .It 1
        Done, and the answer is no: something is amiss, or still declared elsewhere.
        .It 64
        The command line cannot be meant.
        .It 65
        The input is not what it should be.
        .It 66
        The input cannot be opened.
        .It 69
        Something needed is not there, or in use.
        .It 70
        An error of the program's own.
        .It 71
        A process or a terminal cannot be made.
        .It 73
        The output cannot be made.
        .It 74
        Reading or writing failed.
        .It 77
        Not allowed.
        .It 78
        The configuration is wrong.
        .El
        .Sh SEE ALSO
        .Xr lumbard 8 ,
        .Xr lumbard.conf 5 ,
        .Xr lumbard.profile 5 ,
        .Xr lumbard-rules 7 ,
        .Xr sysexits 3

        """
}
