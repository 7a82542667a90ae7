import LumbarRecording

/// What the recording reader promises about any file at all.
enum RecordingCheck {
    static func run(_ input: inout FuzzInput) -> Int {
        let file = input.isRaw(oneIn: 3) ? input.rest() : file(&input)
        let whole = read(file, chunk: max(1, file.count))
        let pieces = read(file, chunk: 7)
        precondition(whole.events == pieces.events, "chunks give other events")
        precondition(whole.error == pieces.error, "chunks give another error")
        for (earlier, later) in zip(whole.events, whole.events.dropFirst()) {
            precondition(earlier.time <= later.time, "time runs backward")
        }
        guard whole.error == nil else { return 0 }

        var writer = RecordingWriter(header: whole.header)
        var text: [UInt8] = []
        for event in whole.events { writer.write(event, to: &text) }
        let again = read(text, chunk: 64)
        precondition(again.error == nil, again.error?.description ?? "")
        precondition(again.events == whole.events, "what was read is written otherwise")
        return whole.events.count
    }

    private static func read(
        _ file: [UInt8], chunk: Int
    ) -> (header: RecordingHeader, events: [RecordingEvent], error: RecordingError?) {
        var reader = RecordingReader()
        var events: [RecordingEvent] = []
        do throws(RecordingError) {
            var index = 0
            while index < file.count {
                let piece = Array(file[index..<min(file.count, index + chunk)])
                var failure: RecordingError?
                piece.withUnsafeBytes { bytes in
                    do throws(RecordingError) {
                        try reader.push(bytes) { events.append($0) }
                    } catch { failure = error }
                }
                if let failure { throw failure }
                index += chunk
            }
            try reader.finish()
        } catch { return (reader.header, events, error) }
        return (reader.header, events, nil)
    }

    private static let headers = [
        "simulated: yes\n", "recorded: today\n", "by: x\n", "rate: 100\n", "note: a\\\\b\n", "\n", "# note\n",
    ]
    private static let aboutDevice = [
        "name: Belt\n", "protocol: witmotion\n", "mount: up=-y,forward=+z\n", "role: lumbar\n",
        "wearer: me\n",
        "descriptor: 05200973\n", "attribute: [a]\nattribute: a=b \\\\\n", "",
    ]
    private static let events = [
        "data 1 55 51 00\n", "data 1 555100\n", "data 1 5551 \\\n  0011\n", "text 1 \"a\\n\"\n",
        "text 1 \"\\\"\\\\\"\n", "anchor 2026-11-21T08:14:00.000000000Z +3600 Europe/Amsterdam\n",
        "anchor 2026-11-21T08:14:00.000000000Z +3600 A until 2027-03-28T01:00:00.000000000Z then +7200\n",
    ]
    private static let controls = [
        "snooze 9.5", "snooze 1e9", "snooze 160.25 upright", "wake", "profile flare", "profile -",
        "profile x",
        "spasm -3", "spasm -", "pause", "resume", "answers", "answers sitting 4 6 lift 0 1",
        "answers sitting 1", "answers lift 1 2 lift 1 2", "answers none_such 1 2", "snooze", "wake x",
        "training -", "training bending 0.170 0.340 1790000000 s20779:2400:14:2 d20790:57600:40:6:t",
        "training bending 0.17 - 1790000000 s1:2:3:4", "training bending 9 9 9", "training",
    ]
    private static let mistakes = [
        "device: 2 b\n", "descriptor: 5\n", "text 1 a\n", "attach 1\n", "attach 2\n", "detach 1\n", "end\n",
        "simulated: no\n", "data 2 00\n", "lumbar-recording 1\n", "text 1 \"a\n",
    ]

    /// A recording as it should be, for as long as the input makes no mistake: the reader ends at the first.
    private static func file(_ input: inout FuzzInput) -> [UInt8] {
        let mistakesAreRare = input.number(below: 4) != 0
        let hasControls = input.number(below: 2) == 0
        var file = Array("lumbar-recording \(hasControls ? 2 : 1)\nsimulated: yes\n".utf8)
        for _ in 0..<input.number(below: 6) { file += input.pick(headers).utf8 }
        file += "device: 1 usb-1\n".utf8
        for _ in 0..<input.number(below: 4) { file += input.pick(aboutDevice).utf8 }
        var time = 100
        file += "\n100.000000000 attach 1\n".utf8
        while !input.isUsedUp && file.count < 16_384 {
            switch input.number(below: mistakesAreRare ? 256 : 12) {
            case 0: file += input.bytes(input.number(below: 32))
            case 1: file += input.pick(mistakes).utf8
            case 2: file += "\(time - 1).5 \(input.pick(events))".utf8
            case 3: file += "\(time).000000000 \(input.pick(mistakes))".utf8
            case 4: file += "\(time).000000000 detach 1\n\(time).000000000 attach 1\n".utf8
            case 5: file += input.pick(headers).utf8
            case 6: file += "\(time).5 control me \(input.pick(controls))\n".utf8
            case 7...40 where hasControls:
                // The first ones can be read; of the others some cannot.
                let good = ["snooze 900", "wake", "profile desk", "spasm -1.5", "answers fall 2 0", "pause"]
                file += "\(time).7 control a\\x20b \(input.pick(good))\n".utf8
                time += 1
            default:
                time += Int(input.byte() & 3)
                file += "\(time).\(input.byte()) \(input.pick(events))".utf8
                time += 1
            }
        }
        // Without a line end the last line is taken as cut off.
        if mistakesAreRare { file += "\(time).000000000 end\n".utf8 }
        return file
    }
}
