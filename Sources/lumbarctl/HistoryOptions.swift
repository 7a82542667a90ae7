import ArgumentParser
import LumbarStore

/// Which history is meant.
struct HistoryOptions: ParsableArguments {
    /// Where the installed daemon keeps everything.
    static let standardFolder = "/var/lib/lumbard"
    /// Where the installed daemon keeps it.
    static let standardPath = standardFolder + "/lumbard.db"

    @Option(
        name: .customLong("db"), help: ArgumentHelp("The file of the history.", valueName: "path"),
        completion: .file())
    var path = HistoryOptions.standardPath

    /// What people said beside the history, for reading; nil when nothing was ever said.
    func entries() throws -> Entries? {
        do { return try Entries(readingBeside: path) } catch { throw Failure(error) }
    }

    /// What people said beside the history, for saying more.
    func writableEntries() throws -> Entries {
        do {
            return try Entries(writingBeside: path, host: CommandHost(isToRename: true))
        } catch { throw Failure(error) }
    }

    /// The history, for reading, whether or not the daemon runs.
    func open() throws -> Store {
        do {
            return try Store(reading: path)
        } catch {
            guard error.kind == .missing, path == HistoryOptions.standardPath else { throw Failure(error) }
            // Without the right to enter the directory, the file looks as if it were not there.
            throw Failure(
                .noInput,
                "\(path) is not there, or you may not look: it is made when lumbard first runs, and only its owner "
                    + "can read it. Try: sudo lumbarctl ..., or --db PATH")
        }
    }
}
