import Glibc
import LumbarTestKit

/// A program of ours, built beside these tests, while it runs.
struct Program {
    /// What it was and said when it was over.
    struct Ended {
        let status: Int32
        let output: String
        let errors: String
    }

    private let pid: pid_t
    private let output: Int32
    private let errors: Int32

    /// Starts `name` with `arguments`; `environment` goes before its own.
    init(_ name: String, _ arguments: [String], environment: [String] = []) throws {
        try self.init(path: BuiltProgram.path(name), arguments, environment)
    }

    private init(path: String, _ arguments: [String], _ environment: [String] = []) throws {
        var out: [Int32] = [-1, -1]
        var err: [Int32] = [-1, -1]
        guard pipe(&out) == 0, pipe(&err) == 0 else { throw Files.Failure(description: "no pipe") }
        for end in out + err { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO)
        // A test runner may hold signals back, and what it starts would inherit that: `terminate` has to arrive.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        let added = environment.map { strdup($0) }
        defer { for text in added { free(text) } }
        var inherited = 0
        while environ[inherited] != nil { inherited += 1 }
        // Of two with one name the first counts.
        var variables = added + Array(UnsafeBufferPointer(start: environ, count: inherited)) + [nil]
        var child: pid_t = 0
        let code = posix_spawnp(&child, path, &actions, &attributes, &words, &variables)
        close(out[1])
        close(err[1])
        guard code == 0 else { throw Files.Failure(description: "\(path) does not start") }
        (pid, output, errors) = (child, out[0], err[0])
    }

    /// Runs a program to its end.
    static func run(_ name: String, _ arguments: [String]) throws -> Ended {
        try Program(name, arguments).end()
    }

    /// Runs a program of the system to its end.
    static func run(systemProgram name: String, _ arguments: [String]) throws -> Ended {
        try Program(path: name, arguments).end()
    }

    /// The first line it prints, waited for.
    func firstLine() -> String { Self.line(from: output) ?? "" }

    /// Waits for a line with `words` among what it tells the person; what came before is gone.
    func waitUntilItTells(_ words: String) throws {
        while let line = Self.line(from: errors) { if line.contains(words) { return } }
        throw Files.Failure(description: "it ended without telling \(words)")
    }

    /// The next line of a pipe, or nil at its end.
    private static func line(from pipe: Int32) -> String? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(pipe, &byte, 1) == 1 {
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }

    /// The next line it prints, waited for; nil when it is over.
    func nextLine() -> String? { Self.line(from: output) }

    /// Ends it in the middle of whatever it does.
    func killNow() { kill(pid, SIGKILL) }

    /// Asks it to stop.
    func terminate() { kill(pid, SIGTERM) }

    /// Waits until it is over; one that does not end by itself within half a minute is ended.
    func end() -> Ended {
        let (said, complained) = drain()
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        close(output)
        close(errors)
        let signal = status & 0x7F
        return Ended(
            status: signal == 0 ? (status >> 8) & 0xFF : -signal,
            output: String(decoding: said, as: UTF8.self),
            errors: String(decoding: complained, as: UTF8.self))
    }

    /// Reads both outputs to their ends, whichever has something.
    private func drain() -> ([UInt8], [UInt8]) {
        var collected: [[UInt8]] = [[], []]
        var open = [
            pollfd(fd: output, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        ]
        var piece = [UInt8](repeating: 0, count: 65_536)
        while open.contains(where: { $0.fd >= 0 }) {
            if poll(&open, 2, 30_000) == 0 { kill(pid, SIGKILL) }
            for i in 0...1 where open[i].fd >= 0 && open[i].revents != 0 {
                let count = read(open[i].fd, &piece, piece.count)
                if count > 0 { collected[i] += piece[..<count] } else { open[i].fd = -1 }
            }
        }
        return (collected[0], collected[1])
    }
}

/// A folder for one test, removed afterwards.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/lumbar-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Files.Failure(description: "no temporary folder") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    /// The path of a new file in it.
    func file(_ name: String, _ text: String) throws -> String {
        let file = path + "/" + name
        try Files.write(text, to: file)
        return file
    }

    private static func remove(_ path: String) {
        if let stream = opendir(path) {
            while let entry = readdir(stream) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                guard name != ".", name != ".." else { continue }
                entry.pointee.d_type == UInt8(DT_DIR)
                    ? remove(path + "/" + name) : { _ = unlink(path + "/" + name) }()
            }
            closedir(stream)
        }
        rmdir(path)
    }
}
