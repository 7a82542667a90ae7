import Glibc
import LumbarTestKit

@testable import LumbarLinux

/// A simulated wearer on a pseudo-terminal, fed by `lumbarctl simulate` while this lives.
final class SimulatedSensor {
    /// What to open.
    let path: String
    private let process: pid_t

    init(scenario: String, speed: Int) throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SystemError.last("pipe", doing: "start a simulation") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        let words = [
            BuiltProgram.path("lumbarctl"), "simulate", "--scenario", scenario, "--pty", "--speed",
            "\(speed)",
        ]
        var texts: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { texts.forEach { free($0) } }
        var child: pid_t = 0
        let failure = posix_spawn(&child, words[0], &actions, nil, &texts, environ)
        close(ends[1])
        defer { close(ends[0]) }
        if failure != 0 { throw SystemError("posix_spawn", failure, doing: "start a simulation") }
        process = child
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(ends[0], &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        path = String(decoding: line, as: UTF8.self)
    }

    deinit {
        kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
}
