import LumbarCore
import LumbarTestKit
import Testing

@Suite struct TextOutputTests {
    @Test(
        arguments: [
            (0.0, 2, "0.00"), (-0.0, 1, "0.0"), (-0.004, 2, "0.00"), (-0.005, 2, "-0.01"), (1.5, 0, "2"),
            (2.5, 0, "3"),
            (-2.5, 0, "-3"), (12.3456, 3, "12.346"), (0.05, 3, "0.050"), (999.9996, 3, "1000.000"),
            (.nan, 2, "nan"),
            (.infinity, 2, "nan"), (1e300, 2, "inf"), (-1e300, 0, "-inf"),
            (123_456_789.123456789, 6, "123456789.123457"),
        ] as [(Double, Int, String)])
    func fixedDecimals(value: Double, decimals: Int, expected: String) {
        #expect(DecimalText.fixed(value, decimals) == expected)
    }

    @Test func paddingAndSeconds() {
        #expect(DecimalText.padded(7, width: 3) == "007")
        #expect(DecimalText.padded(-7, width: 3) == "-007")
        #expect(DecimalText.padded(1234, width: 3) == "1234")
        #expect(DecimalText.padded(.min, width: 1) == "-9223372036854775808")
        #expect(DecimalText.seconds(nanoseconds: 12_340_000_001) == "12.340000001")
        #expect(DecimalText.seconds(nanoseconds: -1) == "-0.000000001")
        #expect(DecimalText.seconds(nanoseconds: .min) == "-9223372036.854775808")
    }

    @Test func fixedStaysWithinHalfAUnit() throws {
        var random = SplitMix64(seed: 51)
        for _ in 0..<Trials.count(5_000) {
            let value = Double.random(in: -1e4...1e4, using: &random)
            let decimals = Int.random(in: 0...6, using: &random)
            let printed = try #require(Double(DecimalText.fixed(value, decimals)))
            var unit = 1.0
            for _ in 0..<decimals { unit /= 10 }
            #expect(abs(printed - value) <= unit * 0.500001)
        }
    }

    @Test func objectsKeepTheirOrder() {
        var object = JSONObject()
        #expect(object.text == "{}")
        object.add("b", "x\"y\\z\n\t\r")
        object.add("a", 3)
        object.add("ok", true)
        object.add("half", 0.5, decimals: 2)
        object.add("none", .nan, decimals: 2)
        object.addRaw("list", "[1,2]")
        #expect(
            object.text
                == #"{"b":"x\"y\\z\n\t\r","a":3,"ok":true,"half":0.50,"none":null,"list":[1,2]}"#)
    }

    @Test func hostileTextIsEscapedInJSON() {
        #expect(JSONObject.quoted("\u{0}\u{1B}[2J") == #""\u0000\u001b[2J""#)
        #expect(JSONObject.quoted("\u{202E}\u{85}\u{7F}") == #""\u202e\u0085\u007f""#)
        #expect(JSONObject.quoted("é 😀") == "\"é 😀\"")
        #expect(JSONObject.quoted("\r\n") == #""\r\n""#)
    }

    /// Every scalar there is, in one pass.
    private static var allScalars: some Sequence<Unicode.Scalar> {
        (UInt32(0)...(Trials.areEmulated ? 0xFFFF : 0x10FFFF)).lazy.compactMap(Unicode.Scalar.init)
    }

    @Test func noScalarGetsThroughUnlessItIsSafe() {
        // Controls, line and paragraph separators, and everything that turns the writing direction.
        let unsafeProperties: (Unicode.Scalar) -> Bool = { scalar in
            [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
                || scalar.properties.isBidiControl
        }
        var escaped = 0
        for scalar in Self.allScalars {
            if unsafeProperties(scalar) { #expect(!Printable.isSafe(scalar), "\(scalar.value)") }
            guard !Printable.isSafe(scalar) else { continue }
            escaped += 1
            let text = Printable.text(String(scalar))
            #expect(text == "\\u{" + String(scalar.value, radix: 16) + "}")
            let quoted = JSONObject.quoted(String(scalar))
            #expect(quoted.unicodeScalars.allSatisfy { Printable.isSafe($0) })
        }
        #expect(escaped < 100)
    }

    @Test func longTextIsCut() {
        #expect(Printable.text("abcdef", limit: 3) == "abc...")
        #expect(Printable.text("abc", limit: 3) == "abc")
        #expect(Printable.text("ok, naïve 😀") == "ok, naïve 😀")
    }
}

@Suite struct HangingTextTests {
    @Test func aLineThatFitsStaysAsItIs() {
        #expect(WrappedText.hanging("a  b   c", width: 8) == ["a  b   c"])
        #expect(WrappedText.hanging("", width: 8) == [""])
    }

    @Test func theLastColumnGoesOnBelowItself() {
        let line = "name  declared  " + Array(repeating: "words", count: 9).joined(separator: " ")
        let lines = WrappedText.hanging(line, width: 50)
        #expect(lines[0] == "name  declared  words words words words words")
        #expect(lines[1] == "                words words words words")
        // Where the last column leaves too little room, the one before.
        #expect(WrappedText.hanging("ab  " + line, width: 38)[1].hasPrefix("    words"))
        #expect(WrappedText.hanging(line, width: 20)[1].hasPrefix("words") == true)
    }

    @Test func noLineIsWiderThanItMayBeUnlessAWordIs() {
        for width in 30...90 {
            let text =
                "  Trunk    14 h 37 min  typically 4 degrees forward, a tenth of it past 14, a hundredth past 59"
            let lines = WrappedText.hanging(text, width: width)
            #expect(lines.allSatisfy { $0.count <= width }, "\(width): \(lines)")
            let words = lines.joined(separator: " ").split(separator: " ")
            #expect(words == text.split(separator: " "))
        }
    }
}
