import Glibc

/// The programs of this package, as they were built beside the tests.
public enum BuiltProgram {
    /// The folder they are in.
    public static let folder: String = {
        // Some toolchains load the tests into a program of their own, and name the bundle on the command line.
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ownPath
        return bundle.lastIndex(of: "/").map { String(bundle[..<$0]) } ?? "."
    }()

    /// Where the program `name` is.
    public static func path(_ name: String) -> String { folder + "/" + name }

    /// Whether they can be started: they cannot when the tests run for another kind of processor, under an emulator.
    public static let canRun = runs("lumbard") && runs("lumbarctl")

    /// Whether `name --version` ends well.
    private static func runs(_ name: String) -> Bool {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        var words: [UnsafeMutablePointer<CChar>?] = [strdup(path(name)), strdup("--version"), nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        guard posix_spawn(&child, path(name), &actions, nil, &words, environ) == 0 else { return false }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status == 0
    }

    private static var ownPath: String {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count)
        return String(decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
