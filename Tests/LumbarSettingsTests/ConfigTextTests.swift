import LumbarTestKit
import Testing

@testable import LumbarSettings

@Suite struct ConfigTextTests {
    @Test func readsSystemdForm() {
        let text = ConfigText(
            file: "a.conf",
            text: "\u{FEFF}# c\n ; c\n\n[bend]\r\n enter_angle = 50 deg \nlabel=a=b # c\n[x]\nk=")
        #expect(text.errors.isEmpty)
        #expect(text.headers.map(\.name) == ["bend", "x"])
        #expect(
            text.entries.map { "\($0.origin) \($0.section).\($0.key)|\($0.value)|" } == [
                "a.conf:5 bend.enter_angle|50 deg|", "a.conf:6 bend.label|a=b # c|", "a.conf:8 x.k||",
            ])
    }

    @Test func reportsWhatItCannotRead() {
        let long = String(repeating: "x", count: ConfigText.longestLine + 1)
        let text = ConfigText(file: "f", text: "k=v\n[s\nk=v\n[]\n[s]\n=v\nword\n\(long)\na\u{1}=b\nk=v")
        #expect(
            text.errors.map(\.description) == [
                "f:1: \"k\" stands under no readable [section]",
                "f:2: \"[s\" is not a [section]",
                "f:3: \"k\" stands under no readable [section]",
                "f:4: \"[]\" is not a [section]",
                "f:6: there is no key before the =",
                "f:7: \"word\" is neither [section] nor key=value",
                "f:8: the line is longer than 4096 bytes",
                "f:9: the line is not UTF-8 text, or has control characters in it",
            ])
        #expect(text.entries.count == 1)
    }

    @Test func aHugeFileIsCutAndSaysSo() {
        let bytes = [UInt8](repeating: 0x0A, count: ConfigText.largestFile + 1)
        #expect(ConfigText(file: "f", bytes: bytes).errors.map(\.origin.line) == [0])
    }

    @Test func randomBytesNeverTrap() {
        var random = SplitMix64(seed: 1)
        let pieces: [[UInt8]] =
            [
                "[", "]", "\n[bend]\n", "\nenter_angle=", "=", "\n", "\r\n", "#", ";", " ", "\t",
                "enter_angle", "45", "e", "+",
                "-", "min",
            ]
            .map { Array($0.utf8) } + [
                [0], [0xFF], [0xC3], [0xE2, 0x80], [0xCC, 0x81], [0xE2, 0x80, 0xAE],
            ]
        var entries = 0
        for _ in 0..<Trials.count(3000) {
            let bytes = (0..<Int.random(in: 0..<40, using: &random)).flatMap { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }
            let text = ConfigText(file: "f", bytes: bytes)
            entries += text.entries.count
            var loader = ConfigLoader(sections: [BendSection()])
            loader.load(file: "f", bytes: bytes)
            let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).count
            #expect(text.entries.count + text.errors.count + text.headers.count <= lines)
            #expect(loader.errors.allSatisfy { !$0.description.unicodeScalars.contains { $0.value < 0x20 } })
        }
        #expect(entries > Trials.count(100))
    }
}
