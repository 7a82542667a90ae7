import Glibc
import LumbarCore
import LumbarLive
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// The examples of docs/hooks.md, run against lines as the daemon writes them.
@Suite(.serialized, .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct HookTests {
    private static func has(_ programs: String...) -> Bool {
        programs.allSatisfy { access("/usr/bin/" + $0, X_OK) == 0 }
    }

    /// Alerts of each kind, and what is not to be heard.
    private static let lines = [
        #"{"type":"alert","id":"1111111","rule":"sitting","tier":"nudge","wearer":"me","message":"$(touch /tmp/x) `y`"}"#,
        #"{"type":"posture","wearer":"me","posture":"sitting","ongoing":true}"#,
        #"{"type":"alert","id":"2222222","rule":"lift","tier":"nudge","delivery":"shadow","message":"kept"}"#,
        #"{"type":"alert","id":"3333333","rule":"morning","tier":"notice","message":"slowly"}"#,
        #"{"type":"alert","id":"4444444","rule":"fall","tier":"urgent","message":"A possible fall."}"#,
    ]

    /// Runs a hook until it has heard all of `lines` and the daemon is gone; returns what it did.
    private func run(_ name: String, _ environment: [String]) throws -> String {
        var heard = ""
        try withFolder { folder in
            let socket = folder + "/live.sock"
            var daemon: FakeDaemon? = try FakeDaemon(socket)
            let path = Repository.root + "/docs/hooks/" + name
            var texts: [UnsafeMutablePointer<CChar>?] = [strdup(path), strdup(socket), nil]
            let all: [String] = environment + ["PATH=/usr/bin:/bin"]
            var variables: [UnsafeMutablePointer<CChar>?] = all.map { strdup($0) } + [nil]
            defer { (texts + variables).forEach { free($0) } }
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            posix_spawn_file_actions_addopen(&actions, 1, folder + "/out", O_WRONLY | O_CREAT, 0o600)
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
            var child: pid_t = 0
            try #require(posix_spawn(&child, path, &actions, nil, &texts, &variables) == 0)
            let limit = BootClock.now() + .seconds(30)
            var told = false
            while BootClock.now() < limit {
                daemon?.turn()
                if told { break }
                if daemon?.clients.isEmpty == false {
                    for line in Self.lines { daemon?.tell(line) }
                    told = true
                }
                poll(nil, 0, 5)
            }
            #expect(told)
            // The end of the connection: a hook that is run by a service ends with it, and is started again.
            daemon = nil
            var status: Int32 = 0
            while waitpid(child, &status, 0) < 0, errno == EINTR {}
            #expect(status == 0)
            heard = String(decoding: try readSmallFile(folder + "/out"), as: UTF8.self)
        }
        return heard
    }

    @Test(.enabled(if: has("socat", "jq"), "socat and jq are not installed"))
    func aSoundForEachAlertThatIsTold() throws {
        #expect(
            try run("lumbard-sound", ["LUMBARD_PLAY=echo"]) == "message-new-instant\nalarm-clock-elapsed\n")
    }

    @Test(.enabled(if: has("python3"), "Python is not installed"))
    func aPulseForEachAlertThatIsTold() throws {
        let done = try run(
            "lumbard-vibrate", ["LUMBARD_GPIOSET=echo {ms}", "LUMBARD_LINE=7", "LUMBARD_ONCE=1"])
        #expect(done == "200 7=1\n400 7=1\n400 7=1\n400 7=1\n")
    }
}
