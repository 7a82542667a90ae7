import ArgumentParser
import LumbarCore
import LumbarDecoders
import LumbarSettings

/// `lumbarctl profile`: the text protocols that are files.
struct ProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Describe the lines that a sketch prints, and try the description.",
        discussion: """
            A profile is a file that makes a protocol of lines of text, without programming: lumbard.profile(5). To \
            write one, begin with a copy of the nearest one (lumbarctl profile show NAME > my.profile), keep some \
            seconds of what the sensor prints in a file, and run lumbarctl profile test my.profile < FILE until \
            every line is understood. Then put it into /etc/lumbard/profiles and reload the daemon.
            """,
        subcommands: [Test.self, List.self, Show.self, Page.self])
}

extension ProfileCommand {
    /// `profile test`.
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Say what a profile makes of what a sensor printed.",
            discussion: """
                Reads the capture from the standard input, or from --capture: the bytes as they came, such as a terminal \
                program saves them. Says how many lines were understood, why the others were not, each kind with its \
                first line, which values were found and between which limits, and the first readings.

                Look at the limits: at rest, acceleration has a length of 1 g, and the rate is near 0.

                Exit status: 0 at least one reading, 64 wrong usage, 65 the profile is wrong or nothing was understood, \
                66 a file is not there.
                """)

        @Argument(help: ArgumentHelp("The profile.", valueName: "profile"), completion: .file())
        var file: String

        @Option(help: ArgumentHelp("The capture; - is the standard input.", valueName: "file"))
        var capture = "-"

        @Flag(name: .customLong("json"), help: "Print one JSON object.")
        var isJSON = false

        func run() throws {
            try Failure.catching {
                let profile = try KnownProtocols.read(file)
                var trial = ProfileTrial(profile)
                let input = try InputFile(path: capture)
                while let piece = try input.next() { trial.push(piece) }
                trial.finish()
                let output = StandardOutput()
                if isJSON {
                    try output.write(line: trial.json)
                } else {
                    for line in trial.lines { try output.write(text: line) }
                }
                try output.flush()
                guard trial.accepted > 0 || !profile.advice.isEmpty else {
                    throw Failure(.data, "no line of \(input.name) was understood by \(file)")
                }
            }
        }
    }

    /// `profile list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the profiles that are known here.",
            discussion: """
                One that is recognised needs no declaration; the others are declared with protocol=NAME. Those of \
                /etc/lumbard/profiles take the place of others of the same name.
                """)

        @Flag(name: .customLong("json"), help: "Print one JSON object per profile.")
        var isJSON = false

        func run() throws {
            try Failure.catching {
                let profiles = try KnownProtocols.catalog().profiles.sorted { $0.name < $1.name }
                let width = profiles.map(\.name.count).max() ?? 0
                let output = StandardOutput()
                for profile in profiles {
                    guard !isJSON else {
                        try output.write(line: json(profile))
                        continue
                    }
                    let name = profile.name + String(repeating: " ", count: width - profile.name.count)
                    let how = profile.isSniffed ? "recognised" : "declared  "
                    try output.write(
                        text: "\(name)  \(how)  " + Printable.text(profile.description, limit: 200)
                            + (profile.hasAcceleration || !profile.advice.isEmpty ? "" : " (angles only)"))
                }
                try output.flush()
            }
        }

        private func json(_ profile: TextProfile) -> String {
            var object = JSONObject()
            object.add("type", "profile")
            object.add("name", profile.name)
            object.add("description", profile.description)
            object.add("recognised", profile.isSniffed)
            object.add("acceleration", profile.hasAcceleration)
            object.add("rate", profile.hasAngularRate)
            return object.text
        }
    }

    /// `profile show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print a profile, to read or to copy.")

        @Argument(help: ArgumentHelp("Its name; see lumbarctl profile list.", valueName: "name"))
        var name: String

        func run() throws {
            try Failure.catching {
                let known = try KnownProtocols.catalog()
                guard let profile = known.profile(name) else {
                    let names = known.profiles.map(\.name).joined(separator: ", ")
                    throw Failure(.noInput, "there is no profile \(name); there are \(names)")
                }
                let output = StandardOutput()
                try output.write(
                    bytes: Array((profile.text.hasSuffix("\n") ? profile.text : profile.text + "\n").utf8))
                try output.flush()
            }
        }
    }

    /// `profile manual`.
    struct Page: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "manual", abstract: "Print the manual page lumbard.profile(5), for man(1).")

        func run() throws {
            try Failure.catching {
                let page = Manual(sections: TextProfile.sections).profilePage(date: ConfigCommand.Page.date)
                let output = StandardOutput()
                try output.write(bytes: Array(page.utf8))
                try output.flush()
            }
        }
    }
}
