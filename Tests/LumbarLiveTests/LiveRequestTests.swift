import LumbarCore
import LumbarLive
import LumbarTestKit
import Testing

@Suite struct LiveRequestTests {
    @Test(arguments: LiveVerb.allCases)
    func everyVerbIsUnderstoodAndComesBackAsItWasWritten(verb: LiveVerb) throws {
        for id in [LiveID.none, .number(-7), .text("a \"b\"")] {
            let request = LiveRequest(id: id, verb: verb, wantsFrames: verb == .subscribe)
            #expect(try read(request.line) == request)
        }
    }

    @Test(arguments: [
        ("status", LiveRefusal.Code.badJSON, "no JSON at byte 1"),
        ("[]", .badRequest, "A request is an object"),
        ("{}", .badRequest, "verb is missing; there are ping, status, devices"),
        (#"{"verb":3}"#, .badRequest, "verb is missing"),
        (#"{"verb":"stats"}"#, .unknownVerb, "There is no verb stats; there are ping, status"),
        (#"{"verb":"a\u001b[31m"}"#, .unknownVerb, #"no verb a\u{1b}[31m"#),
        (#"{"verb":"ping","id":1.5}"#, .badRequest, "id is a whole number or a text"),
        (#"{"verb":"ping","id":[]}"#, .badRequest, "id is a whole number or a text"),
        (#"{"verb":"subscribe","frame":true}"#, .badRequest, "no member frame; it may have id, verb, frames"),
        (#"{"verb":"ping","frames":true}"#, .badRequest, "ping has no member frames"),
        (#"{"verb":"subscribe","frames":1}"#, .badRequest, "frames is true or false"),
    ])
    func whatCannotBeMeantIsRefusedWithWhatToDo(line: String, code: LiveRefusal.Code, words: String) {
        let refusal = refusal(line)
        #expect(refusal?.code == code)
        #expect(refusal?.message.contains(words) == true, "\(refusal?.message ?? "nothing")")
    }

    @Test func aRefusalSaysWhichRequestItIsAbout() {
        #expect(refusal(#"{"verb":"x","id":"seven"}"#)?.id == .text("seven"))
        #expect(refusal(#"{"id":7}"#)?.id == .number(7))
        let long = String(repeating: "x", count: LiveID.longest + 1)
        #expect(refusal("{\"verb\":\"ping\",\"id\":\"\(long)\"}")?.code == .badRequest)
    }

    @Test func tooMuchIsRefusedByItsLimit() {
        let deep = String(repeating: "[", count: 33) + String(repeating: "]", count: 33)
        #expect(refusal(deep)?.message.contains("deeper than 32") == true)
        let many = "[" + String(repeating: "1,", count: 1024) + "1]"
        #expect(refusal(many)?.message.contains("more than 1024 values") == true)
        #expect(refusal(String(repeating: " ", count: 65_537))?.code == .lineTooLong)
    }

    /// A verb that changes something is for root and the daemon's own user; one that reads for whoever came in.
    @Test func whoMayAskWhat() {
        for user in [0, 990, 1000, UInt32.max] {
            #expect(LiveRight.reading.isGranted(to: user, daemon: 990))
            #expect(LiveRight.changing.isGranted(to: user, daemon: 990) == (user == 0 || user == 990))
        }
        let reading: [LiveVerb] = [.ping, .status, .devices, .subscribe, .unsubscribe]
        for verb in LiveVerb.allCases where !reading.contains(verb) {
            #expect(!verb.right.isGranted(to: 1000, daemon: 990), "\(verb)")
        }
    }

    @Test func anyBytesAreARequestOrARefusalOfOneShortLine() {
        var random = SplitMix64(seed: 21)
        for _ in 0..<Trials.count(20_000) {
            var bytes = Array(#"{"id":1,"verb":"subscribe","frames":true}"#.utf8)
            for _ in 0..<(1 + random.next() % 4) {
                let place = Int(random.next() % UInt64(bytes.count))
                bytes[place] = UInt8(truncatingIfNeeded: random.next())
            }
            let reply = bytes.withUnsafeBytes { buffer -> String in
                do throws(LiveRefusal) { return try LiveRequest(buffer).line } catch {
                    return LiveReply.error(error)
                }
            }
            #expect(reply.utf8.count < 600 && reply.unicodeScalars.allSatisfy(Printable.isSafe))
        }
    }

    private func read(_ line: String) throws -> LiveRequest {
        let bytes = Array(line.utf8)
        return try bytes.withUnsafeBytes { try LiveRequest($0) }
    }

    private func refusal(_ line: String) -> LiveRefusal? {
        do {
            _ = try read(line)
            return nil
        } catch {
            return error as? LiveRefusal
        }
    }
}
