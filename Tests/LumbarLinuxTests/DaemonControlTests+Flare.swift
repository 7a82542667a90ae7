import Glibc
import LumbarCore
import LumbarLive
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// Which profile is in force after a spasm, and what is said of that.
extension DaemonControlTests {
    private func control(_ client: inout LocalConnection) throws -> LiveControl {
        try #require(LiveStatus(try ask(.status, of: &client, expect: "status"))?.wearers.first?.control)
    }

    @Test func aProfileThatIsAskedForAgainInAFlareEndsItAndStaysAcrossARestart() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let first = try start(folder, sensor.path)
            var client = try connect(folder)
            #expect(try control(&client).inForce == LiveControl.InForce(profile: .desk, reason: .settings))
            let asked = try ask(.profile, LiveAsk(profile: .manual), of: &client)
            #expect(asked["profile_in_force"]?.text == "manual" && asked["profile_reason"]?.text == "asked")
            #expect(first.stop() == 0)
            let noted = try CommandProcess.run(
                folder: folder,
                ["diary", "add", "--pain", "6", "--kind", "spasm", "--db", folder + "/state/lumbard.db"])
            #expect(noted.status == 0, "\(noted)")

            let second = try start(folder, sensor.path)
            #expect(second.waits(for: " control me spasm ", in: "recording"))
            var other = try connect(folder)
            let flare = try control(&other)
            #expect(flare.profile == .manual && flare.inForce?.profile == .flare)
            #expect(flare.inForce?.reason == .spasm && flare.inForce?.until != nil)
            #expect(flare.profileWords.contains("a spasm was noted, and by the profile manual after it"))
            #expect(flare.lines.contains { $0.hasPrefix("profile   flare until 2") })
            // The same as weeks ago, and now it is meant.
            let again = LiveControl(try ask(.profile, LiveAsk(profile: .manual), of: &other))
            #expect(again.inForce == LiveControl.InForce(profile: .manual, reason: .asked))
            #expect(second.waits(for: "Going by the profile manual. ", in: "stderr"))
            #expect(second.stop() == 0)

            let third = try start(folder, sensor.path)
            #expect(third.waits(for: " control me spasm ", in: "recording"))
            var last = try connect(folder)
            #expect(try control(&last) == again)
            #expect(third.stop() == 0)
        }
    }
}
