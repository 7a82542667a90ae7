import CLinux
import Glibc
import LumbarTestKit

@testable import LumbarLinux

/// `lumbarctl` with everything it prints in a file, or on a terminal.
final class CommandProcess {
    private let process: pid_t
    private let folder: String
    private var status: Int32?

    /// Starts it; with `terminal`, the path of a terminal, that is where it reads and prints.
    ///
    /// `environment` is added to its own.
    init(
        folder: String, _ arguments: [String], terminal: String? = nil, environment: [String] = []
    ) throws {
        self.folder = folder
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let made = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, terminal ?? "/dev/null", O_RDWR | O_NOCTTY, 0)
        posix_spawn_file_actions_addopen(
            &actions, 1, terminal ?? folder + "/out", terminal == nil ? made : O_RDWR, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, folder + "/err", made, 0o600)
        // A test runner may hold signals back, and what it starts would inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let path = BuiltProgram.path("lumbarctl")
        var texts: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        defer { texts.forEach { free($0) } }
        let own: [String] = ["TERM=xterm", "LANG=C.UTF-8", "PATH=/usr/bin:/bin"]
        // Of two with one name the first counts.
        let all = environment + own
        var variables: [UnsafeMutablePointer<CChar>?] = all.map { strdup($0) } + [nil]
        defer { variables.forEach { free($0) } }
        var child: pid_t = 0
        let failure = posix_spawn(&child, path, &actions, &attributes, &texts, &variables)
        if failure != 0 { throw SystemError("posix_spawn", failure, doing: "start \(path)") }
        process = child
    }

    deinit {
        guard status == nil else { return }
        kill(process, SIGKILL)
        _ = end()
    }

    /// Runs it to its end.
    static func run(folder: String, _ arguments: [String]) throws -> (
        status: Int32, output: String, errors: String
    ) {
        let command = try CommandProcess(folder: folder, arguments)
        let status = command.end()
        return (status, command.text(of: "out"), command.text(of: "err"))
    }

    /// What it has printed so far.
    func text(of file: String) -> String {
        String(decoding: (try? readSmallFile(folder + "/" + file)) ?? [], as: UTF8.self)
    }

    func terminate(_ signal: Int32 = SIGTERM) { kill(process, signal) }

    /// Whether it has ended.
    var isOver: Bool {
        var information = siginfo_t()
        return waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT | WNOHANG) != 0
            || information.si_signo == SIGCHLD
    }

    /// Its exit status, or minus the signal that ended it.
    func end() -> Int32 {
        if let status { return status }
        var raw: Int32 = 0
        while waitpid(process, &raw, 0) < 0, errno == EINTR {}
        let ended = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : -(raw & 0x7F)
        status = ended
        return ended
    }
}
