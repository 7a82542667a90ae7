import LumbarCore
import LumbarLive
import LumbarTestKit
import Testing

@Suite struct LiveRequestTests {
    @Test(arguments: LiveVerb.allCases)
    func everyVerbIsUnderstoodAndComesBackAsItWasWritten(verb: LiveVerb) throws {
        for id in [LiveID.none, .number(-7), .text("a \"b\"")] {
            let request = LiveRequest(
                id: id, verb: verb, wantsFrames: verb == .subscribe, ask: LiveSamples.ask(verb))
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
        (#"{"verb":"snooze"}"#, .badRequest, "Say for how long: seconds, until or until_ns."),
        (#"{"verb":"snooze","seconds":0}"#, .badRequest, "seconds is a number above 0."),
        (#"{"verb":"snooze","seconds":1e9}"#, .badRequest, "seconds is a number above 0."),
        (#"{"verb":"snooze","seconds":"1800"}"#, .badRequest, "seconds is a number above 0."),
        (#"{"verb":"snooze","until":"14:30"}"#, .badRequest, "until is a time as in RFC 3339"),
        (#"{"verb":"snooze","until":"2026-02-29T10:00:00Z"}"#, .badRequest, "until is a time as in RFC 3339"),
        (#"{"verb":"snooze","until_ns":1.5}"#, .badRequest, "until_ns is a moment of the boot clock"),
        (
            #"{"verb":"pause","seconds":1,"until_ns":5}"#, .badRequest,
            "seconds and until_ns are two ends; give one."
        ),
        (#"{"verb":"snooze","seconds":9,"until_upright":1}"#, .badRequest, "until_upright is true or false."),
        (
            #"{"verb":"pause","seconds":9,"until_upright":true}"#, .badRequest,
            "pause has no member until_upright"
        ),
        (#"{"verb":"wake","wearer":""}"#, .badRequest, "wearer is the name of somebody"),
        (#"{"verb":"profile"}"#, .badRequest, "name is one of desk, manual, driving, flare, or null"),
        (
            #"{"verb":"profile","name":"d\u001besk"}"#, .badRequest,
            #"no profile d\u{1b}esk; there are desk, manual"#
        ),
        (#"{"verb":"training"}"#, .badRequest, "goal is bending, or null to end a training."),
        (#"{"verb":"training","goal":3}"#, .badRequest, "goal is bending, or null"),
        (
            #"{"verb":"training","goal":"lift\u001bing","target":0.2}"#, .badRequest,
            #"no goal lift\u{1b}ing; there is bending, and null"#
        ),
        (
            #"{"verb":"training","goal":"bending"}"#, .badRequest,
            "target is a share of bends between 0.01 and 0.9"
        ),
        (
            #"{"verb":"training","goal":"bending","target":0.95}"#, .badRequest,
            "target is a share of bends between 0.01 and 0.9"
        ),
        (
            #"{"verb":"training","goal":"bending","target":0.2,"baseline":1.1}"#, .badRequest,
            "baseline is a share of bends between 0 and 1, or null."
        ),
        (
            #"{"verb":"training","goal":null,"target":0.2}"#, .badRequest,
            "The end of a training takes neither target nor baseline."
        ),
        (#"{"verb":"ack","verdict":"useful"}"#, .badRequest, "alert is the short name of an alert"),
        (
            #"{"verb":"ack","alert":"8k3u","verdict":"useful"}"#, .badRequest,
            "alert is the short name of an alert"
        ),
        (
            #"{"verb":"ack","alert":"8k3","verdict":"wrong"}"#, .badRequest,
            "verdict is useful, false or later."
        ),
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

    @Test(arguments: [
        ("2026-11-21T11:14:03+01:00", 1_795_256_043), ("2026-11-21T10:14:03Z", 1_795_256_043),
        ("2026-11-21 10:14:03.999Z", 1_795_256_043), ("2026-11-21T10:14Z", 1_795_256_040),
        ("2026-11-21T00:14:00-10:00", 1_795_256_040),
    ])
    func timesAreReadAsRFC3339HasThem(text: String, seconds: Int64) {
        #expect(StandardTime.wall(text) == WallTime(unixSeconds: seconds))
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-11-21T10:14:03", "2026-11-21T24:00:00Z", "2026-11-21T10:60:00Z",
        "2026-11-31T10:00:00Z", "2026-11-21T10:14:03.Z", "2026-11-21T10:14:03+1:00", "2026-11-21T10:14:03Zx",
        "2026-11-21T10:14:03+01:00:00", "x026-11-21T10:14:03Z", "2026-11-21T1٣:14:03Z",
        "2026-11-21T+01:00zzz",
    ])
    func otherTimesAreRefused(text: String) {
        #expect(StandardTime.wall(text) == nil)
    }

    @Test func theEndOfATermIsWhereItsKindSays() {
        let now = Instant.zero + .seconds(50)
        #expect(LiveAsk.Term.lasting(.seconds(7)).end(at: now, by: LiveSamples.anchor) == now + .seconds(7))
        let wall = LiveSamples.anchor.wall + .seconds(90)
        #expect(LiveAsk.Term.until(wall).end(at: now, by: LiveSamples.anchor) == .zero + .seconds(90))
        #expect(LiveAsk.Term.untilInstant(.zero).end(at: now, by: LiveSamples.anchor) == .zero)
    }

    /// A verb that changes something is for root and the daemon's own user; one that reads, or asks for something that ends
    /// by itself, for whoever came in.
    @Test func whoMayAskWhat() {
        for user in [0, 990, 1000, UInt32.max] {
            #expect(LiveRight.reading.isGranted(to: user, daemon: 990))
            #expect(LiveRight.asking.isGranted(to: user, daemon: 990))
            #expect(LiveRight.changing.isGranted(to: user, daemon: 990) == (user == 0 || user == 990))
        }
        let reading: [LiveVerb] = [.ping, .status, .devices, .subscribe, .unsubscribe]
        let asking: [LiveVerb] = [.snooze, .wake, .ack, .profile, .training, .pause, .resume]
        for verb in LiveVerb.allCases where !reading.contains(verb) {
            #expect(verb.right.isGranted(to: 1000, daemon: 990) == asking.contains(verb), "\(verb)")
        }
    }

    @Test func anyBytesAreARequestOrARefusalOfOneShortLine() {
        var random = SplitMix64(seed: 21)
        for _ in 0..<Trials.count(20_000) {
            let verb = LiveVerb.allCases[Int(random.next() % UInt64(LiveVerb.allCases.count))]
            var bytes = Array(LiveRequest(id: .number(1), verb: verb, ask: LiveSamples.ask(verb)).line.utf8)
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
