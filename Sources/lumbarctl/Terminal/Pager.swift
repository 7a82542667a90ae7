import ArgumentParser
import Glibc

/// Whether long output is shown a page at a time.
struct PagerOptions: ParsableArguments {
    @Flag(name: .customLong("no-pager"), help: "Print long output as it comes, on a terminal too.")
    var isOff = false

    /// The standard output, through a pager once there is more than a page of it on a terminal.
    var output: StandardOutput { StandardOutput(pager: isOff ? nil : Pager.command) }
}

/// The program that shows long output on a terminal, while it runs.
struct Pager {
    private let process: pid_t
    /// Where the output goes.
    let input: Int32

    /// What to run, as a line for the shell; nil when nothing is to be.
    static var command: String? {
        guard StandardOutput.isTerminal, !Terminal.isDumb else { return nil }
        let names: [String] = ["LUMBAR_PAGER", "PAGER"]
        let chosen = names.lazy.compactMap { name in getenv(name).map { String(cString: $0) } }
            .first { !$0.isEmpty }
        return chosen == "cat" ? nil : chosen ?? "less"
    }

    /// Starts `command`; nil when there is no way to.
    init?(_ command: String) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        Self.setEnvironment()
        // The built-in one is tried first: without it the output goes where it would have gone.
        let words = command == "less" ? ["less"] : ["sh", "-c", command]
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        let failure = posix_spawnp(&child, words[0], &actions, nil, &arguments, environ)
        close(ends[0])
        guard failure == 0 else {
            close(ends[1])
            return nil
        }
        // ^C is for the pager now, which must not be left alone with the terminal.
        signal(SIGINT, SIG_IGN)
        (process, input) = (child, ends[1])
    }

    /// Colours as they are, no page for what fits one, what was shown stays; no shell for whoever is root here.
    private static func setEnvironment() {
        setenv("LESS", "FRX", 0)
        setenv("LESSCHARSET", "utf-8", 0)
        if geteuid() == 0 { setenv("LESSSECURE", "1", 1) }
    }

    /// Says that this was all, and waits until it has been read.
    func finish() {
        close(input)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
}
