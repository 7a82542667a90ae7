import Glibc
import LumbarLinux

/// Tells the running system that something about sensors has changed. Fixed command lines only.
enum ServiceReload {
    /// What came of it.
    enum Outcome: String {
        /// The service reads its configuration again.
        case reloaded
        /// It does not run; it will read it when it starts.
        case notRunning = "not_running"
        /// This system has no service manager of ours, or it was not to be told.
        case left
        /// It could not be told.
        case failed

        /// One sentence for people.
        var text: String {
            switch self {
            case .reloaded: "lumbard was told, and goes by it now."
            case .notRunning:
                "lumbard does not run; it goes by it from its next start: sudo systemctl start lumbard"
            case .left: "lumbard was not told; it goes by it after: sudo systemctl reload lumbard"
            case .failed: "lumbard could not be told. Type: sudo systemctl reload lumbard"
            }
        }
    }

    /// Asks the service to read its configuration again, if it runs.
    static func reload() -> Outcome {
        guard access("/run/systemd/system", F_OK) == 0 else { return .left }
        guard run(["systemctl", "is-active", "--quiet", "lumbard.service"]) == 0 else { return .notRunning }
        return run(["systemctl", "reload", "lumbard.service"]) == 0 ? .reloaded : .failed
    }

    /// Has udev read its rules again and apply them to sensors that are plugged in; returns whether it did.
    @discardableResult
    static func applyRules() -> Bool {
        guard access("/run/udev/control", F_OK) == 0 else { return false }
        let kinds = ["--subsystem-match=hidraw", "--subsystem-match=iio"]
        return run(["udevadm", "control", "--reload"]) == 0
            && run(["udevadm", "trigger", "--action=change", "--settle"] + kinds) == 0
    }

    /// Runs a program of the system and waits for it; its exit status, or -1.
    private static func run(_ words: [String]) -> Int32 {
        let folder = ["/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/"].first { access($0 + words[0], X_OK) == 0 }
        guard let folder else { return -1 }
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        // Nothing of the caller's surroundings changes what is run.
        var surroundings: [UnsafeMutablePointer<CChar>?] = [
            strdup("PATH=/usr/sbin:/usr/bin:/sbin:/bin"), strdup("LC_ALL=C"), nil,
        ]
        defer { (arguments + surroundings).forEach { free($0) } }
        var child: pid_t = 0
        guard posix_spawn(&child, folder + words[0], nil, nil, &arguments, &surroundings) == 0 else {
            return -1
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { return -1 }
        }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
    }
}
