import Glibc
import LumbarCore
import LumbarLive
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// `lumbarctl snooze`, `wake`, `pause`, `resume` and `policy profile`, with a daemon and without one.
@Suite(
    .serialized,
    .enabled(if: BuiltProgram.canRun && !UdevTestbed.isAvailable, "the programs cannot be started here"))
struct ControlCommandTests {
    private func withDaemon(
        _ more: [String] = [],
        _ body: (DaemonProcess, _ run: ([String]) throws -> (status: Int32, output: String, errors: String))
            throws
            -> Void
    ) throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let socket = folder + "/live.sock"
            let daemon = try DaemonProcess(
                folder: folder, ["--device", sensor.path, "--socket", socket] + more)
            #expect(daemon.waits { (try? Caller(socket)) != nil })
            try body(daemon) { words in
                try CommandProcess.run(folder: folder, words + ["--socket", socket])
            }
            #expect(daemon.stop() == 0)
        }
    }

    @Test func whatIsAskedForIsDoneAndSaid() throws {
        try withDaemon { daemon, run in
            #expect(try run(["snooze"]).output == "Not snoozed.\n")
            let snoozed = try run(["snooze", "90", "min", "--until-upright"])
            #expect(snoozed.status == 0 && snoozed.errors == "", "\(snoozed)")
            #expect(snoozed.output.hasPrefix("Snoozed until 20"), "\(snoozed)")
            #expect(
                snoozed.output.hasSuffix(
                    ", or until 10 min upright: nothing but possible falls is told. "
                        + "`lumbarctl wake` ends it.\n"
                ))
            #expect(try run(["snooze"]).output == snoozed.output)
            #expect(try run(["status"]).output.contains("\n  snoozed   until 20"))
            let midnight = try run(["snooze", "until", "tomorrow"]).output
            #expect(midnight.contains(" 00:00: nothing but possible falls"), "\(midnight)")
            // Whether or not it is over for today.
            #expect(try run(["snooze", "until", "12:34"]).output.contains(" 12:34: nothing"))
            #expect(try run(["wake"]).output == "Not snoozed any more.\n")
            let paused = try run(["pause", "for", "2h"])
            #expect(
                paused.output.hasPrefix("Paused since 20") && paused.output.contains("nothing is measured"))
            #expect(try run(["status"]).output.contains("\n  paused    until 20"))
            #expect(try run(["devices"]).output.contains("state     closed: its wearer asked for a pause"))
            #expect(try run(["resume"]).output == "Not paused any more.\n")
            #expect(try run(["pause"]).output.hasPrefix("Paused since 20"))
            #expect(try run(["resume"]).output == "Not paused any more.\n")
            #expect(
                try run(["policy", "profile", "Manual"]).output
                    == "Going by the profile manual. `lumbarctl policy profile default` ends it.\n")
            #expect(
                try run(["policy", "profile", "default"]).output == "Going by the profile of the settings.\n")
            #expect(try run(["policy", "profile"]).output == "Going by the profile of the settings.\n")
            let database = daemon.folder + "/state/lumbard.db"
            let training = try run(["training", "start", "--target", "15%", "--db", database])
            #expect(training.status == 0 && training.errors == "", "\(training)")
            #expect(
                training.output == """
                    Too little is known of how you bend: 0 days worn for 4 hours, 0 bends. What is left can be measured, but \
                    not held against before.
                    Training: fewer bends past 60 degrees, 15 % at most. It begins when you have been on your feet for five \
                    minutes; `lumbarctl training stop` ends it.

                    """)
            #expect(
                try run(["status"]).output.contains(
                    "\n  training  fewer bends past 60 degrees, 15 % at most; "))
            #expect(try run(["training", "stop"]).output == "Nothing is trained.\n")
        }
    }

    @Test func jsonIsAsTheSchemaHasIt() throws {
        let schema = try JSONSchema(file: "docs/schema/control.schema.json")
        try withDaemon(["--device", "/nowhere/\u{202E}tty,wearer=ben"]) { _, run in
            var count = 0
            let commands = [
                ["snooze", "1h", "--until-upright", "--wearer", "me"], ["pause", "1d", "--wearer", "me"],
                ["policy", "profile", "desk", "--wearer", "ben"], ["snooze"], ["policy", "profile"],
                ["training", "stop", "--wearer", "me"], ["wake", "--wearer", "me"],
                ["resume", "--wearer", "ben"],
            ]
            for command in commands {
                let ended = try run(command + ["--json"])
                #expect(ended.status == 0, "\(ended)")
                for line in ended.output.split(separator: "\n") {
                    count += 1
                    #expect(schema.complaint(about: String(line)) == nil)
                }
            }
            // Two lines where both are shown.
            #expect(count == commands.count + 2)
            #expect(schema.complaint(about: #"{"type":"control","wearer":"me"}"#) != nil)
            #expect(try run(["snooze"]).output == "me: Not snoozed.\nben: Not snoozed.\n")
        }
    }

    @Test func whatTheDaemonRefusesIsSaidWithItsStatus() throws {
        try withDaemon(["--device", "/nowhere/tty,wearer=ben"]) { _, run in
            let cases: [([String], Int32, String)] = [
                (["snooze", "1h"], 64, "lumbarctl: say for whom, with wearer: me, ben.\n"),
                (
                    ["snooze", "1h", "--wearer", "eve"], 65,
                    "lumbarctl: nobody called eve wears a sensor here: me, ben."
                ),
                (["snooze", "--wearer", "eve"], 65, "lumbarctl: nobody called eve wears a sensor here"),
                (
                    ["snooze", "3d", "--wearer", "me"], 64,
                    "lumbarctl: a snooze lasts until the end of tomorrow at most"
                ),
                (
                    ["pause", "8d", "--wearer", "me"], 64,
                    "lumbarctl: a pause lasts seven days at most, until "
                ),
            ]
            for (command, status, words) in cases {
                let ended = try run(command)
                #expect(ended.status == status && ended.output == "", "\(ended)")
                #expect(
                    ended.errors.hasPrefix(words) && ended.errors.split(separator: "\n").count == 1,
                    "\(ended)")
            }
        }
    }

    @Test(arguments: [
        (
            ["snooze", "30"],
            "\"30\" is no length of time; write 30m, 1h30min, until 14:00 or until tomorrow."
        ),
        (["snooze", "14:00"], "\"14:00\" is a time; write: lumbarctl snooze until 14:00"),
        (["pause", "tomorrow"], "\"tomorrow\" is a time; write: lumbarctl pause until tomorrow"),
        (["pause", "0s"], "\"0s\" is no time at all."),
        (["snooze", "until"], "\"until \" is no time; write until 14:00"),
        (["snooze", "until", "noon\u{1B}"], "\"until noon\\u{1b}\" is no time; write until 14:00"),
        (["snooze", "until", "yesterday"], "\"until yesterday\" is over already; give a time to come."),
        (["snooze", "until", "2020-01-01 10:00"], "\"until 2020-01-01 10:00\" is over already"),
        (["snooze", "--until-upright"], "--until-upright ends a snooze sooner; say when it ends otherwise"),
        (["policy", "profile", "dask"], "There is no profile \"dask\"; did you mean desk?"),
        (
            ["policy", "profile", "holiday"],
            "There is no profile \"holiday\"; there are desk, manual, driving"
        ),
    ])
    func whatCannotBeMeantIsSaidBeforeAnybodyIsAsked(command: [String], words: String) throws {
        try withFolder { folder in
            let ended = try CommandProcess.run(folder: folder, command + ["--socket", folder + "/no.sock"])
            #expect(ended.status == 64 && ended.output == "")
            #expect(ended.errors.contains(words), "\(ended.errors)")
        }
    }

    @Test(arguments: [
        ["snooze"], ["snooze", "1h"], ["wake"], ["pause"], ["resume"], ["policy", "profile", "desk"],
    ])
    func withoutADaemonItIsSaidHowToStartOne(command: [String]) throws {
        try withFolder { folder in
            let path = folder + "/no.sock"
            let ended = try CommandProcess.run(folder: folder, command + ["--socket", path])
            #expect(ended.status == 69 && ended.output == "")
            #expect(
                ended.errors
                    == "lumbarctl: lumbard cannot be asked: it is not running at \(path). "
                    + "Start it: sudo systemctl start lumbard\n")
        }
    }
}
