import Testing

@testable import LumbarRecording

@Suite struct DescriptorLineTests {
    private func back(_ descriptor: [UInt8]) -> [UInt8]? {
        var copy: [UInt8] = []
        for line in DescriptorLine.lines(descriptor) {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let text = String(line[line.index(colon, offsetBy: 2)...])
            guard let plain = RecordingText.unescaped(Array(text.utf8)[...]),
                DescriptorLine.append(plain, of: String(line[..<colon]), to: &copy)
            else { return nil }
        }
        return copy
    }

    @Test func whatASensorSaysOfItselfComesBack() {
        let binary = (0..<4096).map { UInt8(truncatingIfNeeded: $0 * 7) }
        #expect(DescriptorLine.lines(binary).count == 86)
        for descriptor in [
            [], [0x05], binary, Array("[accel_3d]\nin_accel_scale=0.01\n name = x \\ \n".utf8),
            Array("[no end]\na=b".utf8), Array("[a]\n\nb\n".utf8), Array("[\u{202E}]\n".utf8),
        ] { #expect(back(descriptor) == descriptor) }
        #expect(
            DescriptorLine.lines(Array("[accel_3d]\na=1\n".utf8)) == [
                "attribute: [accel_3d]", "attribute: a=1",
            ])
    }

    @Test func tooMuchOrNoHexIsRefused() {
        var bytes: [UInt8] = []
        #expect(!DescriptorLine.append("0", of: "descriptor", to: &bytes))
        #expect(!DescriptorLine.append("0g", of: "descriptor", to: &bytes))
        bytes = Array(repeating: 0, count: RecordingFormat.longestDescriptor)
        #expect(!DescriptorLine.append("00", of: "descriptor", to: &bytes))
        #expect(!DescriptorLine.append("", of: "attribute", to: &bytes))
    }
}
