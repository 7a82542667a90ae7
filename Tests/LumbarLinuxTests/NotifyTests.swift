import Glibc
import LumbarCore
import LumbarLive
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// `lumbar-notify` itself, on a real D-Bus with a notification server that the test plays.
@Suite(
    .serialized,
    .enabled(if: BuiltProgram.canRun && !UdevTestbed.isAvailable, "the programs cannot be started here"),
    .enabled(if: FakeDesktop.isAvailable, "there is no dbus-daemon"))
struct NotifyTests {
    private final class Session {
        let desktop: FakeDesktop
        var daemon: FakeDaemon?
        let program: pid_t
        private let folder: String

        init(_ folder: String, hasDaemon: Bool = true) throws {
            self.folder = folder
            desktop = try FakeDesktop(in: folder)
            if hasDaemon { daemon = try FakeDaemon(folder + "/live.sock") }
            let path = BuiltProgram.path("lumbar-notify")
            let words: [String] = [path, "--socket", folder + "/live.sock"]
            var texts: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
            var variables: [UnsafeMutablePointer<CChar>?] = [
                strdup("DBUS_SESSION_BUS_ADDRESS=" + desktop.address), nil,
            ]
            defer { (texts + variables).forEach { free($0) } }
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            posix_spawn_file_actions_addopen(
                &actions, 2, folder + "/notify.err", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            var child: pid_t = 0
            guard posix_spawn(&child, path, &actions, nil, &texts, &variables) == 0 else {
                throw FakeDesktop.Failure()
            }
            program = child
        }

        deinit {
            kill(program, SIGKILL)
            var status: Int32 = 0
            while waitpid(program, &status, 0) < 0, errno == EINTR {}
        }

        var said: String {
            String(decoding: (try? readSmallFile(folder + "/notify.err")) ?? [], as: UTF8.self)
        }

        /// Lets everybody work until `condition` holds, half a minute at most.
        func waits(until condition: () -> Bool) -> Bool {
            let limit = BootClock.now() + .seconds(30)
            while BootClock.now() < limit {
                desktop.turn()
                daemon?.turn()
                if condition() { return true }
                poll(nil, 0, 5)
            }
            return false
        }
    }

    private func withSession(hasDaemon: Bool = true, _ body: (Session, String) throws -> Void) throws {
        try withFolder { folder in
            let session = try Session(folder, hasDaemon: hasDaemon)
            if hasDaemon { #expect(session.waits { session.daemon?.clients.isEmpty == false }) }
            try body(session, folder)
        }
    }

    private func alert(_ id: String, _ rule: String, _ tier: String, _ message: String, start: String = "t0")
        -> String
    {
        var object = JSONObject()
        object.add("type", "alert")
        object.add("id", id)
        object.add("rule", rule)
        object.add("tier", tier)
        object.add("wearer", "me")
        object.add("episode_start", start)
        object.add("message", message)
        object.addRaw("instant_ns", "1000")
        return object.text
    }

    @Test func anAlertIsOneBubbleWithButtonsThatTheDaemonHearsOf() throws {
        try withSession { session, _ in
            session.daemon?.tell(alert("8k3r0vm", "sitting", "nudge", "Seated <b>25</b> min & more."))
            #expect(session.waits { session.desktop.shown.count == 1 }, "\(session.said)")
            let first = try #require(session.desktop.shown.first)
            let expected = FakeDesktop.Shown(
                id: 1, replaced: 0, summary: "Sitting", body: "Seated &lt;b&gt;25&lt;/b&gt; min &amp; more.",
                actions: ["snooze", "Snooze 30 min", "false", "Not true", "useful", "Useful"], urgency: 1,
                category: "x-lumbard.alert", timeout: -1)
            #expect(first == expected)
            // The same rule again is the same bubble, another rule another.
            session.daemon?.tell(alert("9999999", "sitting", "urgent", "Seated 60 min."))
            // A word ahead of a nudge is for the journal; that of a rule that has no nudges is shown.
            session.daemon?.tell(alert("5555555", "sitting", "notice", "Seated 25 min."))
            session.daemon?.tell(alert("7777777", "training", "notice", "The session begins."))
            #expect(session.waits { session.desktop.shown.count == 3 })
            #expect(session.desktop.shown.map(\.replaced) == [0, 1, 0])
            #expect(session.desktop.shown.map(\.urgency) == [1, 1, 0])
            session.desktop.press("false", of: 1)
            session.desktop.press("useful", of: 2)
            session.desktop.press("snooze", of: 2)
            session.desktop.press("nonsense", of: 2)
            session.desktop.press("useful", of: 99)
            #expect(session.waits { session.daemon?.heard.count == 4 })
            #expect(
                session.daemon?.heard.dropFirst() == [
                    #"{"id":"ack","verb":"ack","alert":"9999999","verdict":"false"}"#,
                    #"{"id":"ack","verb":"ack","alert":"7777777","verdict":"useful"}"#,
                    #"{"id":"snooze","verb":"snooze","wearer":"me","seconds":1800.000}"#,
                ])
        }
    }

    @Test func aBubbleGoesWhenWhatItIsAboutIsOver() throws {
        try withSession { session, _ in
            session.daemon?.tell(alert("8k3r0vm", "sitting", "nudge", "Seated.", start: "then"))
            session.daemon?.tell(alert("7777777", "fall", "urgent", "A possible fall."))
            #expect(session.waits { session.desktop.shown.count == 2 })
            let fall = try #require(session.desktop.shown.last)
            #expect(fall.urgency == 2 && fall.timeout == 0 && fall.actions.count == 4)
            session.daemon?.tell(#"{"type":"sitting","wearer":"me","start":"then","ongoing":true}"#)
            session.daemon?.tell(#"{"type":"sitting","wearer":"me","start":"then"}"#)
            #expect(session.waits { session.desktop.closed == [1] })
            // Gone, so the next one is a bubble of its own; and one that a user took away is too.
            session.daemon?.tell(alert("6666666", "sitting", "nudge", "Seated."))
            #expect(session.waits { session.desktop.shown.count == 3 })
            #expect(session.desktop.shown.last?.replaced == 0)
            session.desktop.dismiss(3)
            session.daemon?.tell(alert("5555555", "lift", "nudge", "A probable lift."))
            #expect(session.waits { session.desktop.shown.count == 4 })
            session.daemon?.tell(alert("4444444", "sitting", "nudge", "Seated."))
            #expect(session.waits { session.desktop.shown.count == 5 })
            #expect(session.desktop.shown.last?.replaced == 0)
            session.daemon?.tell(#"{"type":"control","wearer":"me","event":"snoozed"}"#)
            #expect(session.waits { session.desktop.closed.count == 3 })
            #expect(session.desktop.closed.sorted() == [1, 4, 5])
        }
    }

    /// Numbers of bubbles begin at 1 again: what was a bubble of an alert may be a letter's now.
    @Test func aDesktopThatBeganAnewIsNotToldOfItsFormerBubbles() throws {
        try withSession { session, _ in
            session.daemon?.tell(alert("8k3r0vm", "sitting", "nudge", "Seated.", start: "then"))
            #expect(session.waits { session.desktop.shown.count == 1 })
            session.desktop.restart()
            session.desktop.press("snooze", of: 1)
            session.daemon?.tell(#"{"type":"sitting","wearer":"me","start":"then"}"#)
            session.daemon?.tell(alert("6666666", "sitting", "nudge", "Seated."))
            #expect(session.waits { session.desktop.shown.count == 2 })
            let second = try #require(session.desktop.shown.last)
            #expect(second.replaced == 0 && second.id == 2)
            session.desktop.press("useful", of: 2)
            #expect(session.waits { session.daemon?.heard.contains { $0.contains("useful") } == true })
            #expect(session.daemon?.heard.count == 2, "a button of somebody else's bubble asks for nothing")
            #expect(session.desktop.closed.isEmpty)
        }
    }

    /// Where the desktop says that it is not to be disturbed, only a possible fall is shown.
    @Test func aDesktopThatIsNotToBeDisturbedIsNot() throws {
        try withSession { session, _ in
            session.desktop.isInhibited = true
            session.daemon?.tell(alert("8k3r0vm", "sitting", "nudge", "Seated."))
            session.daemon?.tell(alert("7777777", "fall", "urgent", "A possible fall."))
            #expect(session.waits { !session.desktop.shown.isEmpty })
            #expect(session.desktop.shown.map(\.summary) == ["Possible fall"])
            session.desktop.isInhibited = false
            session.desktop.capabilities = ["body"]
            session.daemon?.tell(alert("8k3r0vm", "sitting", "nudge", "a & b"))
            #expect(session.waits { session.desktop.shown.count == 2 })
            // A desktop without markup shows text as it is, and one without buttons gets none.
            #expect(session.desktop.shown.last?.body == "a & b" && session.desktop.shown.last?.actions == [])
        }
    }

    @Test func itConnectsAgainWhenTheDaemonWasAway() throws {
        try withSession(hasDaemon: false) { session, folder in
            #expect(session.waits { session.said.contains("lumbard cannot be reached") })
            session.daemon = try FakeDaemon(folder + "/live.sock")
            #expect(session.waits { session.said.contains("connected to lumbard") })
            session.daemon = nil
            #expect(session.waits { session.said.contains("lumbard has closed the connection") })
            session.daemon = try FakeDaemon(folder + "/live.sock")
            #expect(session.waits { session.daemon?.clients.isEmpty == false })
            session.daemon?.tell("nonsense")
            session.daemon?.tell(#"{"type":"error","id":null,"code":"x","message":"no\u001b"}"#)
            session.daemon?.tell(alert("8k3r0vm", "sitting", "nudge", "Seated."))
            #expect(session.waits { session.desktop.shown.count == 1 })
            #expect(session.said.contains(#"lumbard refuses: no\u{1b}"#))
        }
    }

    /// From the sensor to the desktop and back: a possible fall, and what is said of it.
    @Test func aRealDaemonsAlertIsShownAndAnswered() throws {
        try withFolder { folder in
            let session = try Session(folder, hasDaemon: false)
            let feed = try SimulatedSensor(scenario: "stand 5 s, fall forward for 20 s", speed: 4)
            let daemon = try DaemonProcess(
                folder: folder, ["--device", feed.path, "--socket", folder + "/live.sock"])
            #expect(session.waits { session.desktop.shown.contains { $0.summary == "Possible fall" } })
            let id = try #require(session.desktop.shown.first { $0.summary == "Possible fall" }?.id)
            session.desktop.press("false", of: id)
            let database = folder + "/state/lumbard.db"
            #expect(session.waits { access(database + ".entries", F_OK) == 0 })
            #expect(daemon.stop() == 0)
            let list = try CommandProcess.run(folder: folder, ["ack", "--list", "--json", "--db", database])
            #expect(list.output.contains(#""verdict":"false""#), "\(list)")
        }
    }

    @Test func withoutASessionBusItIsOneLineAndAStatus() throws {
        try withFolder { folder in
            let path = BuiltProgram.path("lumbar-notify")
            for (words, status) in [
                ([path], 69), ([path, "--sound"], 64), ([path, "--socket"], 64), ([path, "-V"], 0),
            ] {
                var texts: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
                var variables: [UnsafeMutablePointer<CChar>?] = [
                    strdup("DBUS_SESSION_BUS_ADDRESS=unix:path=" + folder + "/none"), nil,
                ]
                defer { (texts + variables).forEach { free($0) } }
                var actions = posix_spawn_file_actions_t()
                posix_spawn_file_actions_init(&actions)
                defer { posix_spawn_file_actions_destroy(&actions) }
                posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
                posix_spawn_file_actions_addopen(
                    &actions, 2, folder + "/err", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
                var child: pid_t = 0
                #expect(posix_spawn(&child, path, &actions, nil, &texts, &variables) == 0)
                var raw: Int32 = 0
                while waitpid(child, &raw, 0) < 0, errno == EINTR {}
                #expect((raw >> 8) & 0xFF == Int32(status))
                let said = String(decoding: try readSmallFile(folder + "/err"), as: UTF8.self)
                #expect(said.split(separator: "\n").count == (status == 0 ? 0 : 1), "\(said)")
            }
        }
    }
}
