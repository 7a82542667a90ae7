import Glibc
import LumbarLinux

/// The files the writer thread works with, made before it starts, so that a refusal is one line and an exit status.
///
/// The main thread makes this value, hands it over, and does not touch it again.
struct Files: @unchecked Sendable {
    /// Where everything that is kept is; nil when nothing is.
    let stateFolder: String?
    /// Where the history is; nil when none is kept.
    let historyPath: String?
    let bootID: String
    let recording: OutputFile?
    let transcript: OutputFile?

    init(_ options: Options, keepsHistory: Bool) throws(Refusal) {
        bootID = Files.bootID()
        do {
            if keepsHistory {
                let folder = Files.folder(options)
                try Files.makeFolder(folder)
                stateFolder = folder
                historyPath = folder + "/lumbard.db"
            } else {
                stateFolder = nil
                historyPath = nil
            }
            recording = try options.recording.map { path throws(SystemError) in
                OutputFile(try PrivateFile.create(path), purpose: "recording", patience: .seconds(1))
            }
            transcript = try options.transcript.map { path throws(SystemError) in
                OutputFile(try PrivateFile.create(path), purpose: "transcript", patience: .zero)
            }
        } catch {
            throw Refusal(error, otherwise: .cannotCreate)
        }
    }

    /// Where everything is kept.
    static func folder(_ options: Options) -> String { options.stateDirectory ?? standardFolder() }

    private static func makeFolder(_ folder: String) throws(SystemError) {
        do throws(SystemError) {
            try makePrivateDirectory(folder)
        } catch {
            var error = error
            if error.isPermission {
                error.advice =
                    "lumbard runs as a service; by hand, give it a folder of yours with --state-directory"
            }
            throw error
        }
    }

    private static func standardFolder() -> String {
        // systemd gives a list between colons; ours has one entry.
        let given = getenv("STATE_DIRECTORY").map { String(cString: $0) } ?? ""
        return given.split(separator: ":").first.map(String.init) ?? "/var/lib/lumbard"
    }

    // The hardened unit hides all of /proc but processes, so it hands the name over.
    private static func bootID() -> String {
        let given = getenv("LUMBARD_BOOT_ID").map { String(cString: $0) } ?? ""
        let name = given.isEmpty ? BootClock.bootID() : given
        return name.filter { $0 != "-" }
    }
}
