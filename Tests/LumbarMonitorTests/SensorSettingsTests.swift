import LumbarCore
import LumbarMonitor
import LumbarSettings
import Testing

@Suite struct SensorSettingsTests {
    private func load(_ text: String) -> (daemon: DaemonSettings, errors: [String]) {
        let daemon = DaemonSettings()
        var loader = ConfigLoader(sections: daemon.sections)
        loader.load([(path: "f", text: text)])
        return (daemon, loader.errors.map(\.description))
    }

    @Test func whatASectionSaysIsRead() throws {
        let (daemon, errors) = load(
            """
            [sensor usb-Maker_Belt_1-if00]
            wearer=anna
            role=thigh
            mount=up=-y,forward=+z
            protocol=witmotion
            baud=9600, 115200
            [sensor /dev/rfcomm0]
            wearer=ben
            [sensor path-x]
            use=no
            wearer=nobody
            [sensor /dev/rfcomm1]
            use=no
            """)
        #expect(errors.isEmpty)
        let belt = try #require(daemon.sensors["usb-Maker_Belt_1-if00"])
        #expect(belt.use && belt.wearer == "anna" && belt.role == .thigh && belt.baud == [9600, 115_200])
        #expect(daemon.wearers.map(\.text) == ["me", "anna", "ben"])
        let declared = daemon.declarations
        #expect(declared.entries.map(\.isUsed) == [true, true, false, false])
        #expect(declared.paths == ["/dev/rfcomm0"])
        #expect(!declared.trustsAll && declared.listens)
    }

    @Test func aPathThatIsRefusedIsNotOpenedAndTrustCanBeGeneral() {
        let (daemon, errors) = load(
            "[device]\npath=/dev/a, /dev/b\ntrust=all\n[sensor /dev/a]\nuse=no\n[sensor /dev/b]\nrole=thorax")
        #expect(errors.isEmpty)
        #expect(daemon.declarations.paths == ["/dev/b"])
        #expect(daemon.declarations.trustsAll)
    }

    @Test func whatCannotBeMeantIsRefusedWithItsLine() {
        let long = String(repeating: "x", count: 256)
        let (daemon, errors) = load(
            """
            [sensor \(long)]
            [sensor a\u{202E}b]
            [sensor ok]
            role=knee
            mount=up=+q
            protocol=morse
            wearer=a\u{2066}b
            baud=7
            trust=ask
            """)
        #expect(errors.count == 8, "\(errors)")
        #expect(
            errors.contains { $0.hasPrefix("f:1: [sensor xxx") && $0.hasSuffix("no longer than 255 bytes") })
        #expect(errors.contains("f:2: [sensor a\\u{202e}b]: an identity or path has no control characters"))
        #expect(errors.contains("f:4: sensor ok.role: \"knee\" is none of lumbar, thorax, thigh"))
        #expect(errors.contains("f:5: sensor ok.mount: up=+q is not like up=-y,forward=+z"))
        #expect(
            errors.contains {
                $0.hasPrefix("f:6: sensor ok.protocol: there is no protocol morse; there are ")
            })
        #expect(errors.contains("f:7: sensor ok.wearer: a name has no control characters"))
        #expect(errors.contains("f:8: sensor ok.baud: 7 is outside 300...4000000"))
        #expect(errors.contains("f:9: sensor ok: there is no setting \"trust\"; it belongs under [device]"))
        #expect(daemon.sensors.elements.map(\.argument) == ["ok"])
    }
}
