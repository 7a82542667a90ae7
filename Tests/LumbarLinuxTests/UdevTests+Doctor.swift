import LumbarLinux
import Testing

extension UdevTests {
    @Test func theDoctorSeesWhatUdevShows() throws {
        let testbed = try #require(UdevTestbed())
        var sensor = FakeSerial.wit(port: "1.1", number: 0)
        sensor.properties += [("SYSTEMD_WANTS", "gpsdctl@ttyUSB0.service")]
        testbed.plug(sensor)
        let port = try #require(DoctorFacts(from: SystemTree()).ports.first)
        #expect(port.node == "/dev/ttyUSB0")
        #expect(port.isMarked)
        #expect(port.claimedBy == "gpsdctl@ttyUSB0.service")
        #expect(!port.isKeptFromModemManager)
    }
}
