import CLinux
import Glibc
import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// A `lumbard` of its own, with everything it writes in one folder.
final class DaemonProcess {
    let process: pid_t
    let folder: String
    private var status: Int32?

    private static let path = BuiltProgram.path("lumbard")

    /// Starts it, without udev unless told otherwise; `arguments` come first.
    /// `environment` is added to its own.
    ///
    /// With `handedOver`, that listening socket is handed over to it as systemd does.
    init(
        folder: String, _ arguments: [String], usesUdev: Bool = false, trustsAll: Bool = false,
        records: Bool = true, environment: [String] = [], handedOver: Int32? = nil
    ) throws {
        self.folder = folder
        var all = [DaemonProcess.path] + arguments + (usesUdev ? [] : ["--no-udev"])
        // Not at the one of this machine, whoever runs the tests.
        if !arguments.contains("--socket"), handedOver == nil { all += ["--socket", "none"] }
        if !arguments.contains("--state-directory") { all += ["--state-directory", folder + "/state"] }
        all += ["--transcript", folder + "/transcript"]
        if records { all += ["--record", folder + "/recording"] }
        if !arguments.contains("--config") {
            let file = try PrivateFile.create(folder + "/empty.conf")
            try file.write(trustsAll ? "[device]\ntrust=all\n" : "")
            all += ["--config", folder + "/empty.conf"]
        }
        let output = open(folder + "/stderr", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(output) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let handedOver {
            posix_spawn_file_actions_adddup2(&actions, handedOver, 3)
            // LISTEN_PID has to name the daemon, whose number the shell has before it becomes the daemon.
            all = ["/bin/sh", "-c", "LISTEN_FDS=1 LISTEN_PID=$$ exec \"$0\" \"$@\""] + all
        }
        var texts: [UnsafeMutablePointer<CChar>?] = all.map { strdup($0) } + [nil]
        defer { texts.forEach { free($0) } }
        var inherited = 0
        while environ[inherited] != nil { inherited += 1 }
        let added = environment.map { strdup($0) }
        defer { added.forEach { free($0) } }
        var variables = Array(UnsafeBufferPointer(start: environ, count: inherited)) + added + [nil]
        var child: pid_t = 0
        let failure = posix_spawn(&child, all[0], &actions, nil, &texts, &variables)
        if failure != 0 { throw SystemError("posix_spawn", failure, doing: "start \(DaemonProcess.path)") }
        process = child
    }

    deinit {
        guard status == nil else { return }
        kill(process, SIGKILL)
        _ = waitForExit()
    }

    /// What stands in one of its files now.
    func text(of file: String) -> String {
        String(decoding: (try? readSmallFile(folder + "/" + file)) ?? [], as: UTF8.self)
    }

    /// Whether `text` comes to stand in `file`, `times` times, before half a minute is over or the program ends.
    func waits(for text: String, in file: String, times: Int = 1) -> Bool {
        waits { count(of: text, in: file) >= times }
    }

    /// Whether `condition` comes true before half a minute is over or the program ends; looked at every so often.
    func waits(milliseconds: Int32 = 10, until condition: () -> Bool) -> Bool {
        let limit = BootClock.now() + .seconds(30)
        while BootClock.now() < limit {
            if condition() { return true }
            // Sleeps until the program ends, or for a moment: a file cannot be waited for.
            var information = siginfo_t()
            if waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT | WNOHANG) != 0 { break }
            poll(nil, 0, milliseconds)
        }
        return condition()
    }

    /// Where its descriptors lead.
    var openFiles: [String] {
        let folder = "/proc/\(process)/fd"
        return directoryEntries(folder).compactMap { linkTarget(folder + "/" + $0) }
    }

    /// Its memory, in kilobytes; 0 when it is gone.
    var residentKilobytes: Int {
        let status = String(decoding: (try? readSmallFile("/proc/\(process)/status")) ?? [], as: UTF8.self)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    /// Whether it has the file at `path` open.
    func holds(_ path: String) -> Bool { openFiles.contains(path) }

    /// Asks it to stop; returns its exit status.
    func stop() -> Int32 {
        kill(process, SIGTERM)
        return waitForExit()
    }

    /// Its exit status, or minus the signal that ended it.
    func waitForExit() -> Int32 {
        if let status { return status }
        var raw: Int32 = 0
        while waitpid(process, &raw, 0) < 0, errno == EINTR {}
        let ended = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : -(raw & 0x7F)
        status = ended
        return ended
    }

    /// How many lines of `file` hold `text` now.
    func count(of text: String, in file: String) -> Int {
        self.text(of: file).split(separator: "\n").count { $0.contains(text) }
    }
}
