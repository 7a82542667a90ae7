import LumbarCore
import LumbarTestKit
import Testing

@Suite struct UniqueIDTests {
    @Test func namesAreUUIDsThatReadBack() throws {
        var random = SplitMix64(seed: 3)
        var seen: Set<UniqueID> = []
        for _ in 0..<500 {
            let name = UniqueID(using: &random)
            let text = name.description
            #expect(text.count == 36)
            let letters = Array(text)
            #expect(letters[14] == "4" && "89ab".contains(letters[19]))
            #expect(UniqueID(text) == name && UniqueID(text.uppercased()) == name)
            #expect(UniqueID(bytes: name.bytes) == name)
            seen.insert(name)
        }
        #expect(seen.count == 500)
        let name = try #require(UniqueID("1b4e28ba-2fa1-4d2e-883f-0016d3cca427"))
        #expect(name.bytes.prefix(4) == [0x1B, 0x4E, 0x28, 0xBA])
        #expect(name.description == "1b4e28ba-2fa1-4d2e-883f-0016d3cca427")
    }

    @Test func whatIsNoNameIsRefused() {
        let good = "1b4e28ba-2fa1-4d2e-883f-0016d3cca427"
        for text in [
            "", "-", String(good.dropLast()), good + "0", "g" + good.dropFirst(), "{\(good)}",
            good.split(separator: "-").joined(), "1b4e28b-a2fa1-4d2e-883f-0016d3cca427",
        ] {
            #expect(UniqueID(text) == nil, "\(text)")
        }
        #expect(UniqueID(bytes: Array(repeating: 1, count: 15)) == nil)
    }
}

@Suite struct WrappedTextTests {
    @Test func linesKeepToTheirWidth() {
        var random = SplitMix64(seed: 11)
        for _ in 0..<200 {
            let words = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                String(repeating: "x", count: Int.random(in: 1...14, using: &random))
            }
            let width = Int.random(in: 20...60, using: &random)
            let lines = WrappedText.lines(words.joined(separator: " "), width: width, first: "- ", rest: "  ")
            #expect(lines.allSatisfy { $0.count <= width })
            #expect(
                lines.flatMap { $0.split(separator: " ") }.dropFirst() == words.map { Substring($0) }[...])
            #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  ") })
        }
        #expect(WrappedText.lines("a muchtoolongword b", width: 6) == ["a", "muchtoolongword", "b"])
        #expect(WrappedText.lines("", width: 6) == [""])
    }
}
