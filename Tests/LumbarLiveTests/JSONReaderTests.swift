import LumbarLive
import LumbarTestKit
import Testing

@Suite struct JSONReaderTests {
    @Test func everyKindOfValueIsRead() throws {
        let text = #" {"a":null,"b":[true,false],"c":-12,"d":1.5e2,"e":"x\n\u00e9\ud83d\ude00\/","f":{}} "#
        let value = try JSONReader.read(text, limits: .request)
        #expect(value["a"] == .null)
        #expect(value["b"] == .array([.bool(true), .bool(false)]))
        #expect(value["c"]?.int == -12)
        #expect(value["d"]?.double == 150)
        #expect(value["e"]?.text == "x\n\u{e9}\u{1F600}/")
        #expect(value["f"] == .object([]))
        #expect(value["g"] == nil)
        #expect(value["b"]?["a"] == nil)
    }

    @Test(arguments: [
        "", " ", "{", "}", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\":1,}", "01", "1.", ".5",
        "-", "1e",
        "+1", "tru", "truex", "nul", "\"", "\"\u{1}\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\"", "1 1", "[]]", "1e999", String(repeating: "1", count: 65), "NaN", "'a'",
    ])
    func whatIsNoJSONIsRefused(text: String) {
        #expect(
            fault(Array(text.utf8)).map { if case .notJSON = $0 { true } else { false } } == true, "\(text)")
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(fault([0x22, 0xFF, 0x22]) == .notJSON(at: 1))
        #expect(fault([0x22, 0xC0, 0x80, 0x22]) == .notJSON(at: 1))
        #expect(fault([0x22, 0xED, 0xA0, 0x80, 0x22]) == .notJSON(at: 1))
    }

    @Test func theLimitsHoldToTheByteTheLevelAndTheValue() throws {
        let limits = JSONReader.Limits(bytes: 40, depth: 4, values: 6)
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(fault(nested(4), limits) == nil)
        #expect(fault(nested(5), limits) == .tooDeep)
        #expect(fault(#"{"a":{"a":{"a":{"a":1}}}}"#, limits) == nil)
        #expect(fault(#"{"a":{"a":{"a":{"a":[]}}}}"#, limits) == .tooDeep)
        #expect(fault("[1,2,3,4,5]", limits) == nil)
        #expect(fault("[1,2,3,4,5,6]", limits) == .tooManyValues)
        #expect(fault(String(repeating: " ", count: 39) + "1", limits) == nil)
        #expect(fault(String(repeating: " ", count: 40) + "1", limits) == .tooLong)
    }

    @Test func numbersThatFitAreWholeAndOthersAreNot() throws {
        #expect(try JSONReader.read("9223372036854775807", limits: .request) == .integer(.max))
        #expect(
            try JSONReader.read("9223372036854775808", limits: .request) == .number(9_223_372_036_854_775_808)
        )
        #expect(try JSONReader.read("-0", limits: .request) == .integer(0))
        #expect(try JSONReader.read("2.0", limits: .request) == .number(2))
    }

    /// Whatever comes, reading ends; and what is read can be written and is read as the same again.
    @Test func anyBytesAreReadOrRefusedAndWhatIsReadStaysTheSame() throws {
        var random = SplitMix64(seed: 20)
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d83d", "1", "-", "e", ".", "true", "null",
            "\"id\"", " ",
            "\"verb\":\"status\"", "\u{0}", "\u{7f}", "é",
        ]
        var readable = 0
        for _ in 0..<Trials.count(20_000) {
            var bytes: [UInt8] = []
            for _ in 0..<(random.next() % 12) {
                bytes +=
                    random.next() % 8 == 0
                    ? random.bytes(3) : Array((pieces.randomElement(using: &random) ?? "").utf8)
            }
            guard let value = try? JSONReader.read(bytes, limits: .request) else { continue }
            readable += 1
            #expect(try JSONReader.read(written(value), limits: .request) == value)
        }
        #expect(readable > Trials.count(100))
    }

    private func fault(_ text: String, _ limits: JSONReader.Limits) -> JSONFault? {
        fault(Array(text.utf8), limits)
    }

    private func fault(_ bytes: [UInt8], _ limits: JSONReader.Limits = .request) -> JSONFault? {
        do throws(JSONFault) {
            _ = try JSONReader.read(bytes, limits: limits)
            return nil
        } catch {
            return error
        }
    }
}
