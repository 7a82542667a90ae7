import ArgumentParser
import LumbarCore
import LumbarDecoders
import LumbarLinux
import LumbarMonitor
import LumbarSettings

/// `lumbarctl config`: what can be set, what is set, and what is wrong with it.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show, check and explain the settings.",
        subcommands: [Check.self, Show.self, Sample.self, Page.self])

    /// Everything that can be set, with its built-in value.
    static var sections: [any SettingsSection] { sections(.builtIn) }

    /// The same, with `protocol` checked against `decoders`.
    static func sections(_ decoders: DecoderCatalog) -> [any SettingsSection] {
        MonitorSettings().sections + DaemonSettings(decoders: decoders).sections
    }

    /// A loader that has read `files`, or what the daemon would read when there are none.
    static func load(_ files: [String]) throws -> ConfigLoader {
        var loader = ConfigLoader(sections: sections(try KnownProtocols.catalog()))
        do throws(SystemError) {
            if files.isEmpty {
                for file in try ConfigurationFiles.read(ConfigurationFiles.standardPath, isRequired: false) {
                    loader.load(file: file.path, bytes: file.bytes)
                }
            }
            for path in files { loader.load(file: path, bytes: try readSmallFile(path, limit: 1 << 20 + 1)) }
        } catch {
            throw Failure(error, otherwise: .noInput)
        }
        loader.finish()
        return loader
    }

    /// Says on the standard error everything that is wrong, and fails if anything is.
    static func complain(_ errors: [ConfigError]) throws {
        guard !errors.isEmpty else { return }
        for error in errors { StandardError.write(Printable.text(error.description, limit: 500)) }
        let count = errors.count == 1 ? "1 error" : "\(errors.count) errors"
        throw Failure(.configuration, "\(count) in the configuration")
    }
}

extension ConfigCommand {
    /// `config check`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Say what is wrong in configuration files, with file and line.",
            discussion: """
                Several files count as one configuration, later ones over earlier ones. Without FILE it is what the \
                daemon reads: \(ConfigurationFiles.standardPath) and its drop-ins.

                Exit status: 0 nothing is wrong, 66 a file is not there, 77 not allowed, 78 something is wrong.
                """)

        @Argument(help: ArgumentHelp("Configuration files.", valueName: "file"), completion: .file())
        var files: [String] = []

        func run() throws {
            try Failure.catching { try ConfigCommand.complain(try ConfigCommand.load(files).errors) }
        }
    }

    /// `config show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Print every setting with its value in force.",
            discussion: """
                The output is a valid configuration file. Without FILE it is what the daemon reads: \
                \(ConfigurationFiles.standardPath) and its drop-ins.
                """)

        @Flag(help: "Say where each value was set.")
        var origin = false

        @Flag(help: "Only what differs from the built-in value.")
        var changed = false

        @Argument(help: ArgumentHelp("Configuration files.", valueName: "file"), completion: .file())
        var files: [String] = []

        @OptionGroup var pager: PagerOptions

        func run() throws {
            try Failure.catching {
                let loader = try ConfigCommand.load(files)
                let output = pager.output
                for line in lines(loader.values) { try output.write(line: line) }
                try output.close()
                try ConfigCommand.complain(loader.errors)
            }
        }

        private func lines(_ values: [ConfigLoader.Value]) -> [String] {
            var lines: [String] = []
            var section = ""
            for value in values where !changed || value.text != value.defaultText {
                if value.section != section {
                    if !lines.isEmpty { lines.append("") }
                    section = value.section
                    lines.append("[\(section)]")
                }
                if origin { lines.append("# " + place(value)) }
                lines.append("\(value.key)=" + Printable.text(value.text, limit: 4096))
            }
            return lines
        }

        private func place(_ value: ConfigLoader.Value) -> String {
            guard let origin = value.origin else { return "built in" }
            return Printable.text(origin.description, limit: 500) + ", built in: "
                + (value.defaultText.isEmpty ? "empty" : value.defaultText)
        }
    }

    /// `config sample`.
    struct Sample: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sample",
            abstract: "Print the sample file: every setting, explained, with its built-in value.")

        func run() throws {
            try Failure.catching { try ConfigCommand.put(Manual(sections: ConfigCommand.sections).sample()) }
        }
    }

    /// `config manual`.
    struct Page: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "manual", abstract: "Print the manual page lumbard.conf(5), for man(1).")

        /// Of the page's last change of substance, so that generating it again gives the same page.
        static let date = "November 21, 2026"

        func run() throws {
            try Failure.catching {
                try ConfigCommand.put(Manual(sections: ConfigCommand.sections).page(date: Page.date))
            }
        }
    }

    private static func put(_ text: String) throws {
        let output = StandardOutput()
        try output.write(bytes: Array(text.utf8))
        try output.flush()
    }
}
