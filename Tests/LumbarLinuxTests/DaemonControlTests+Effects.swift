import Glibc
import LumbarCore
import LumbarLive
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// What comes of what was asked for: alerts that are not told, live and when the recording is played again.
extension DaemonControlTests {
    private func lines(_ text: String, with word: String) -> [Substring] {
        text.split(separator: "\n").filter { $0.contains(word) }
    }

    /// A snooze of an earlier run holds; a lift that is told without it is told neither live nor by the replay.
    @Test func aRecordingHoldsWhatWasAskedForAndReplaysToWhatWasTold() throws {
        try withFolder { folder in
            let nobody = try PseudoTerminal.open()
            let first = try start(folder, nobody.path)
            var client = try connect(folder)
            _ = try ask(.snooze, LiveAsk(term: .lasting(.minutes(30))), of: &client)
            #expect(first.stop() == 0)

            let settings = try PrivateFile.create(folder + "/own.conf")
            try settings.write("[device]\nmount=up=+z,forward=+x\n[alerts]\nsilent_after_connect=0\n")
            let feed = try SimulatedSensor(
                scenario: "stand 6 s, lift 75 deg hard, stand 5 s, fall forward for 7 s", speed: 1)
            let daemon = try start(folder, feed.path, ["--config", folder + "/own.conf"])
            #expect(daemon.waits(for: "alert fall", in: "transcript"))
            #expect(daemon.stop() == 0)

            let recording = daemon.text(of: "recording")
            let control = lines(recording, with: " control me snooze ")
            #expect(control.count == 1, "\(control)")
            let options = ["--transcript", "--config", folder + "/own.conf"]
            let again = try CommandProcess.run(folder: folder, ["replay", folder + "/recording"] + options)
            #expect(again.status == 0, "\(again)")
            let told = lines(daemon.text(of: "transcript"), with: " alert ")
            #expect(told.count == 1 && lines(again.output, with: " lift ").count == 1, "\(again)")
            #expect(lines(again.output, with: " alert ") == told)
            // What keeps the lift quiet is that line, and nothing else.
            let without = try PrivateFile.create(folder + "/without")
            let rest = recording.split(separator: "\n", omittingEmptySubsequences: false)
            try without.write(rest.filter { !$0.contains(" control ") }.joined(separator: "\n"))
            let loud = try CommandProcess.run(folder: folder, ["replay", folder + "/without"] + options)
            #expect(lines(loud.output, with: " alert lift ").count == 1, "\(loud)")
        }
    }

    /// Ten answers of "false" over the socket, and the rule is on trial in the daemon that runs: its summary says so.
    @Test func answersPutARuleOnTrial() throws {
        try withFolder { folder in
            mkdir(folder + "/state", 0o700)
            let database = folder + "/state/lumbard.db"
            #expect(system("'\(BuiltProgram.path("lumbar-days"))' --history '\(database)' --days 5") == 0)
            let list = try CommandProcess.run(
                folder: folder, ["alerts", "--since", "-6d", "--json", "--db", database])
            let names = try list.output.split(separator: "\n").compactMap { line -> String? in
                let alert = try JSONReader.read(String(line), limits: .reply)
                guard alert["rule"]?.text == "sitting", alert["delivery"]?.text == "told" else { return nil }
                return alert["id"]?.text
            }
            try #require(names.count >= 10, "\(list)")
            let feed = try SimulatedSensor(scenario: "stand 30 s, walk 30 s", speed: 4)
            let daemon = try start(folder, feed.path)
            #expect(daemon.waits(for: "locked", in: "transcript"))
            var client = try connect(folder)
            func answer(_ names: some Sequence<String>) throws {
                for name in names {
                    let said = try ask(
                        .ack, LiveAsk(alert: name, verdict: .wrong), of: &client, expect: "acknowledged")
                    #expect(said["rule"]?.text == "sitting")
                }
            }
            // Again and again the same one counts once.
            try answer(names.prefix(9))
            try answer(names.prefix(1))
            try answer(names[9..<10])
            // What was said before is taken in when this is answered.
            try answer(names[9..<10])
            // A day on which nothing was worn has no summary.
            #expect(daemon.waits(for: " posture ", in: "transcript"))
            #expect(daemon.stop() == 0)
            let said = lines(daemon.text(of: "recording"), with: " control me answers ")
            #expect(said.contains { $0.hasSuffix(" sitting 0 9") }, "\(said)")
            #expect(said.last?.hasSuffix(" sitting 0 10") == true, "\(said)")
            #expect(
                daemon.text(of: "stderr").contains(
                    "kept to the history for how it was answered: \"Long sitting\" (0 of 10 useful)"),
                "\(daemon.text(of: "stderr"))")
        }
    }
}
