import Glibc
import LumbarCore
import LumbarLive
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// What is asked of the real daemon over its socket: quiet, a pause, a profile, answers to alerts.
@Suite(
    .serialized,
    .enabled(if: BuiltProgram.canRun && !UdevTestbed.isAvailable, "the programs cannot be started here"))
struct DaemonControlTests {
    let lines: LiveLines

    init() throws { lines = try LiveLines() }

    func ask(
        _ verb: LiveVerb, _ ask: LiveAsk = LiveAsk(), of client: inout LocalConnection,
        expect type: String = "asked"
    ) throws -> JSONValue {
        try client.send(LiveRequest(id: .text("x"), verb: verb, ask: ask).line)
        return try lines.next(type, from: &client)
    }

    func start(_ folder: String, _ sensor: String, _ more: [String] = []) throws -> DaemonProcess {
        // Each run makes them anew.
        for file in ["transcript", "recording", "empty.conf", "stderr"] { unlink(folder + "/" + file) }
        let daemon = try DaemonProcess(
            folder: folder, ["--device", sensor, "--socket", folder + "/live.sock"] + more)
        // The file is there a moment before anybody listens.
        #expect(daemon.waits { (try? Caller(folder + "/live.sock")) != nil })
        return daemon
    }

    func connect(_ folder: String) throws -> LocalConnection {
        var client = try LocalConnection.connect(folder + "/live.sock")
        _ = try lines.next("hello", from: &client)
        return client
    }

    /// A daemon that is started now knows of nothing that was asked for.
    private func expectNothingHolds(_ folder: String, _ sensor: String) throws {
        let daemon = try start(folder, sensor)
        var client = try connect(folder)
        let free = try #require(LiveStatus(try ask(.status, of: &client, expect: "status")))
        #expect(free.wearers[0].control.isEmpty)
        #expect(daemon.stop() == 0)
    }

    @Test func aSnoozeIsToldToEverybodyAndOutlivesTheDaemon() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let daemon = try start(folder, sensor.path)
            var looker = try connect(folder)
            try looker.send(LiveRequest(verb: .subscribe).line)
            _ = try lines.next("subscribed", from: &looker)
            var client = try connect(folder)
            let asked = try ask(
                .snooze, LiveAsk(term: .lasting(.minutes(30)), endsUpright: true), of: &client)
            #expect(asked["wearer"]?.text == "me" && asked["until_upright"]?.flag == true)
            let until = try #require(asked["snoozed_until"]?.text)
            let told = try lines.next("control", from: &looker)
            #expect(told["event"]?.text == "snoozed" && told["snoozed_until"]?.text == until)
            let status = try #require(LiveStatus(try ask(.status, of: &client, expect: "status")))
            #expect(status.wearers[0].control.snoozedUntil == until)
            #expect(daemon.waits(for: "Snoozed until", in: "stderr"))
            #expect(daemon.stop() == 0)

            let again = try start(folder, sensor.path)
            #expect(again.waits(for: "Snoozed until", in: "stderr"))
            var third = try connect(folder)
            let still = try #require(LiveStatus(try ask(.status, of: &third, expect: "status")))
            #expect(still.wearers[0].control.snoozedUntil == until)
            #expect(still.wearers[0].control.snoozeEndsUpright)
            #expect(try ask(.wake, of: &third)["snoozed_until"] == .null)
            #expect(again.stop() == 0)

            try expectNothingHolds(folder, sensor.path)
        }
    }

    @Test func aSnoozeEndsByItself() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let daemon = try start(folder, sensor.path)
            var client = try connect(folder)
            try client.send(LiveRequest(verb: .subscribe).line)
            _ = try ask(.snooze, LiveAsk(term: .lasting(.seconds(1))), of: &client)
            #expect(try lines.next("control", from: &client)["event"]?.text == "woken")
            #expect(daemon.waits(for: "No longer snoozed.", in: "stderr"))
            #expect(daemon.stop() == 0)
        }
    }

    /// A pause closes the line itself: the daemon has no descriptor of it, and the sensor's end sees the hang-up.
    @Test func aPauseClosesTheSensorAlsoAfterARestartAndEndsByItself() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let daemon = try start(folder, sensor.path)
            #expect(daemon.waits { daemon.holds(sensor.path) })
            var client = try connect(folder)
            let asked = try ask(.pause, LiveAsk(term: .lasting(.minutes(10))), of: &client)
            #expect(asked["paused_until"]?.text != nil && asked["paused_since"]?.text != nil)
            #expect(daemon.waits { !daemon.holds(sensor.path) })
            var line = pollfd(fd: sensor.master.number, events: Int16(POLLIN), revents: 0)
            #expect(poll(&line, 1, 30_000) == 1 && Int32(line.revents) & POLLHUP != 0)
            let devices = try ask(.devices, of: &client, expect: "devices")
            #expect(devices["devices"]?.elements.first?["state"]?.text == "paused")
            #expect(daemon.waits(for: "Paused since", in: "stderr"))
            let status = try #require(LiveStatus(try ask(.status, of: &client, expect: "status")))
            #expect(status.daemon?.text.hasPrefix("Paused until ") == true)
            // Not even when the configuration is read anew.
            kill(daemon.process, SIGHUP)
            #expect(daemon.waits(for: "configuration", in: "stderr"))
            #expect(!daemon.holds(sensor.path))
            #expect(daemon.stop() == 0)

            let again = try start(folder, sensor.path)
            var second = try connect(folder)
            let still = try #require(LiveStatus(try ask(.status, of: &second, expect: "status")))
            #expect(still.wearers[0].control.pausedUntil == asked["paused_until"]?.text)
            #expect(still.wearers[0].control.pausedSince == asked["paused_since"]?.text)
            #expect(!again.holds(sensor.path))
            #expect(try ask(.resume, of: &second)["paused_until"] == .null)
            #expect(again.waits { again.holds(sensor.path) })
            _ = try ask(.pause, LiveAsk(term: .lasting(.seconds(1))), of: &second)
            #expect(again.waits { !again.holds(sensor.path) })
            #expect(again.waits { again.holds(sensor.path) })
            #expect(again.waits(for: "No longer paused", in: "stderr", times: 2))
            #expect(again.stop() == 0)
        }
    }

    @Test func whatCannotBeDoneIsRefusedWithWhatToDo() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let daemon = try start(folder, sensor.path, ["--device", folder + "/none,wearer=ben"])
            var client = try connect(folder)
            let sole = LiveAsk(wearer: .sole, term: .lasting(.minutes(1)))
            var long = sole
            long.term = .lasting(.hours(49))
            var past = sole
            past.term = .until(WallTime(unixSeconds: 0))
            let stranger = LiveAsk(wearer: WearerID("eve\u{1B}"), term: .lasting(.minutes(1)))
            let cases: [(LiveVerb, LiveAsk, String, String)] = [
                (.snooze, LiveAsk(term: .lasting(.minutes(1))), "bad_request", "Say for whom, with wearer: "),
                (.snooze, stranger, "not_found", "Nobody called eve\\u{1b} wears a sensor here: "),
                (.snooze, long, "bad_request", "A snooze lasts until the end of tomorrow at most, until "),
                (.snooze, past, "bad_request", "That is over already."),
                (.ack, LiveAsk(alert: "8k3r0vm", verdict: .useful), "not_found", "There is no alert 8k3r0vm"),
            ]
            for (verb, what, code, words) in cases {
                let refused = try ask(verb, what, of: &client, expect: "error")
                #expect(refused["code"]?.text == code && refused["id"]?.text == "x")
                #expect(refused["message"]?.text?.hasPrefix(words) == true, "\(refused)")
            }
            long.term = .lasting(.hours(7 * 24 + 1))
            let tooLong = try ask(.pause, long, of: &client, expect: "error")
            #expect(tooLong["message"]?.text?.hasPrefix("A pause lasts seven days at most") == true)
            // Without an end it is the longest.
            let paused = try ask(.pause, LiveAsk(wearer: .sole), of: &client)
            let wall = try #require(paused["paused_until"]?.text.flatMap(StandardTime.wall))
            let days = (wall - WallClockReader.anchor().wall).seconds / 86_400
            #expect((6.99...7.01).contains(days))
            #expect(daemon.stop() == 0)
        }
    }

    /// A possible fall is told although a snooze is on; what is said of it is stored beside the history, also while root's
    /// `lumbarctl ack` does the same.
    @Test func anAlertIsAnsweredOverTheSocketAndWithTheCommandAtOnce() throws {
        try withFolder { folder in
            let feed = try SimulatedSensor(scenario: "stand 5 s, fall forward for 20 s", speed: 4)
            let daemon = try start(folder, feed.path)
            var client = try connect(folder)
            try client.send(LiveRequest(verb: .subscribe).line)
            _ = try ask(.snooze, LiveAsk(term: .lasting(.minutes(30))), of: &client)
            let alert = try lines.next("alert", from: &client)
            let name = try #require(alert["id"]?.text)
            let database = folder + "/state/lumbard.db"
            for round in 0..<5 {
                let verdict = AlertVerdict.allCases[round % 3]
                let command = try CommandProcess(
                    folder: folder, ["ack", name, verdict.rawValue, "--db", database])
                let said = try ask(
                    .ack, LiveAsk(alert: String(name.prefix(6)).uppercased(), verdict: verdict), of: &client,
                    expect: "acknowledged")
                #expect(said["alert"]?.text == name && said["verdict"]?.text == verdict.rawValue)
                #expect(said["rule"]?.text == "fall" && said["id"]?.text == "x")
                #expect(command.end() == 0, "\(command.text(of: "err"))")
            }
            let list = try CommandProcess.run(folder: folder, ["ack", "--list", "--json", "--db", database])
            #expect(list.output.split(separator: "\n").count == 10)
            var about = stat()
            #expect(stat(database + ".entries", &about) == 0 && about.st_mode & 0o777 == 0o600)
            // Whoever says a word and stops talking is answered all the same.
            let caller = try Caller(folder + "/live.sock")
            try caller.put("{\"verb\":\"ack\",\"alert\":\"\(name)\",\"verdict\":\"useful\"}\n")
            shutdown(caller.descriptor, Int32(SHUT_WR))
            var heard = ""
            #expect(
                daemon.waits {
                    heard += caller.take(); return heard.contains("\"acknowledged\"")
                })
            #expect(daemon.stop() == 0)
        }
    }

    @Test func aTrainingIsToldToEverybodyAndOutlivesTheDaemon() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let daemon = try start(folder, sensor.path)
            var looker = try connect(folder)
            try looker.send(LiveRequest(verb: .subscribe).line)
            _ = try lines.next("subscribed", from: &looker)
            var client = try connect(folder)
            let wanted = LiveAsk(training: LiveAsk.Training(target: 0.17, baseline: 0.34))
            let asked = try ask(.training, wanted, of: &client)
            let plan = try #require(LiveControl(asked).training)
            #expect(plan.target == 0.17 && plan.baseline == 0.34)
            #expect(abs((WallClockReader.anchor().wall - plan.since).seconds) < 600)
            let told = try lines.next("control", from: &looker)
            #expect(told["event"]?.text == "training" && LiveControl(told).training == plan)
            #expect(daemon.waits(for: "Training: fewer bends past 60 degrees, 17 % at most.", in: "stderr"))
            #expect(daemon.stop() == 0)

            let again = try start(folder, sensor.path)
            var third = try connect(folder)
            let still = try #require(LiveStatus(try ask(.status, of: &third, expect: "status")))
            #expect(still.wearers[0].control.training == plan)
            // Also with another configuration, which begins everything anew.
            let file = try PrivateFile.create(folder + "/new.conf")
            try file.write("[alerts]\nsitting_notice=20 min\n")
            #expect(rename(folder + "/new.conf", folder + "/empty.conf") == 0)
            kill(again.process, SIGHUP)
            #expect(again.waits(for: "The configuration was read again", in: "stderr"))
            let read = try #require(LiveStatus(try ask(.status, of: &third, expect: "status")))
            #expect(read.wearers[0].control.training == plan)
            #expect(try ask(.training, LiveAsk(training: nil), of: &third)["training"] == .null)
            #expect(try ask(.training, LiveAsk(training: nil), of: &third)["training"] == .null)
            #expect(again.waits(for: "Training no more.", in: "stderr"))
            #expect(again.stop() == 0)

            try expectNothingHolds(folder, sensor.path)
        }
    }

    @Test func withoutAHistoryThereIsNoTraining() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let file = try PrivateFile.create(folder + "/forgetful.conf")
            try file.write("[store]\nkeep=no\n")
            let daemon = try start(folder, sensor.path, ["--config", folder + "/forgetful.conf"])
            var client = try connect(folder)
            let wanted = LiveAsk(training: LiveAsk.Training(target: 0.17, baseline: nil))
            let refused = try ask(.training, wanted, of: &client, expect: "error")
            #expect(refused["code"]?.text == "unavailable")
            #expect(
                refused["message"]?.text == "No history is kept, so nothing could be made of the sessions.")
            #expect(daemon.stop() == 0)
        }
    }

    /// Each is a write to the card.
    @Test func onlySoMuchCanBeAskedForInAMinute() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let daemon = try start(folder, sensor.path)
            var client = try connect(folder)
            for _ in 0..<30 { _ = try ask(.wake, of: &client) }
            let refused = try ask(.wake, of: &client, expect: "error")
            #expect(refused["code"]?.text == "unavailable")
            #expect(refused["message"]?.text?.hasPrefix("More than 30 things were asked for") == true)
            // Looking on is free.
            #expect(try ask(.status, of: &client, expect: "status")["daemon"] != .null)
            #expect(daemon.stop() == 0)
        }
    }

    @Test func aProfileHoldsUntilAnotherIsAskedFor() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let daemon = try start(folder, sensor.path)
            var client = try connect(folder)
            #expect(try ask(.profile, LiveAsk(profile: .flare), of: &client)["profile"]?.text == "flare")
            #expect(daemon.waits(for: "Going by the profile flare. ", in: "stderr"))
            #expect(daemon.stop() == 0)
            let again = try start(folder, sensor.path)
            var second = try connect(folder)
            let kept = try #require(LiveStatus(try ask(.status, of: &second, expect: "status")))
            #expect(kept.wearers[0].control.profile == .flare)
            #expect(try ask(.profile, LiveAsk(profile: nil), of: &second)["profile"] == .null)
            #expect(again.stop() == 0)
        }
    }
}
