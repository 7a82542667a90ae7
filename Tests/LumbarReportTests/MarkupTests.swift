import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarReport

@Suite("Markup")
struct MarkupTests {
    /// Text full of what could do harm: markup, control and bidirectional characters, and what is no character at all.
    static func nasty(_ random: inout SplitMix64) -> String {
        let plain: [Unicode.Scalar] = [
            "<", ">", "&", "\"", "'", "/", "\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "\u{9B}", "\u{202E}",
            "\u{2066}",
            "\u{2028}", "\u{200F}", "\u{FEFF}", "\n", "\t",
            "\r", "a", "é",
            "ש", "😀", "\u{301}", "]", "-", "!", "=", "`", "{", "|",
        ]
        // What is no character cannot be written as one.
        let pieces = plain + [0xFFFE, 0xFFFF, 0x1FFFE, 0xFDD0].compactMap { Unicode.Scalar(UInt32($0)) }
        var text = ""
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            let index = Int.random(in: 0..<pieces.count, using: &random)
            text.unicodeScalars.append(pieces[index])
        }
        return Bool.random(using: &random) ? text : "</script><img src=x onerror=alert(1)>" + text
    }

    @Test("whatever a text holds, it stays one text of one element")
    func escaping() throws {
        var random = SplitMix64(seed: 11)
        for _ in 0..<500 {
            let text = Self.nasty(&random)
            var page = Markup()
            page.element("p", ("title", text)) { page in
                page.text(text)
                page.words(text)
            }
            let read = try StrictXML.read(page.source)
            #expect(read.name == "p")
            #expect(read.children.map(\.name) == ["bdi"])
            #expect(read.attributes.count == 1)
            let title = read["title"] ?? ""
            #expect(read.text == title + title)
            for scalar in title.unicodeScalars { #expect(Printable.isSafe(scalar), "\(scalar.value)") }
            #expect(!title.unicodeScalars.contains { $0.value & 0xFFFE == 0xFFFE })
        }
    }

    @Test("plain text comes back as it was")
    func plain() throws {
        var page = Markup()
        page.element("p", text: "a < b & \"c\" 'd' > 30° – ½ ש")
        #expect(try StrictXML.read(page.source).text == "a < b & \"c\" 'd' > 30° – ½ ש")
    }

    @Test("coordinates are short")
    func coordinates() {
        #expect(Coordinate.text(0) == "0")
        #expect(Coordinate.text(12.5) == "12.5")
        #expect(Coordinate.text(100, 0) == "100")
        #expect(Coordinate.percent(0.5) == "50%")
        #expect(Coordinate.percent(1.0 / 3) == "33.333%")
    }

    @Test(
        "the strict reader refuses what is no XML",
        arguments: [
            "<p>", "<p></q>", "<p a=b></p>", "<p>&nbsp;</p>", "<p><</p>", "<p a=\"1\" a=\"2\"/>", "<p/>x",
            "<p a=\"<\"/>",
        ])
    func strictness(text: String) {
        #expect(throws: StrictXML.Fault.self) { try StrictXML.read(text) }
    }
}
