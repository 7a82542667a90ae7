import LumbarRecording

/// What the recording reader promises about any file at all.
enum RecordingCheck {
    static func run(_ input: inout FuzzInput) {
        let file = input.number(below: 3) == 0 ? input.rest() : file(&input)
        let whole = read(file, chunk: max(1, file.count))
        let pieces = read(file, chunk: 7)
        precondition(whole.events == pieces.events, "chunks give other events")
        precondition(whole.error == pieces.error, "chunks give another error")
        for (earlier, later) in zip(whole.events, whole.events.dropFirst()) {
            precondition(earlier.time <= later.time, "time runs backward")
        }
        guard whole.error == nil else { return }

        var writer = RecordingWriter(header: whole.header)
        var text: [UInt8] = []
        for event in whole.events { writer.write(event, to: &text) }
        let again = read(text, chunk: 64)
        precondition(again.error == nil, again.error?.description ?? "")
        precondition(again.events == whole.events, "what was read is written otherwise")
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

    private static func file(_ input: inout FuzzInput) -> [UInt8] {
        var file = Array("lumbar-recording 1\n".utf8)
        let lines = [
            "simulated: yes\n", "recorded: today\n", "by: x\n", "rate: 100\n", "note: a\\b\n",
            "device: 1 usb-1\n",
            "device: 2 b\n",
            "name: Belt\n", "protocol: witmotion\n", "mount: up=-y,forward=+z\n", "role: lumbar\n",
            "wearer: me\n", "descriptor: 05200973\n", "descriptor: 5\n", "attribute: [a]\n",
            "attribute: a=b \\\\\n",
            "attach 1\n", "detach 1\n", "attach 2\n", "data 1 55 51 00\n", "data 1 5551 \\\n  0011\n",
            "text 1 \"a\\n\"\n",
            "text 1 a\n", "anchor 2026-11-21T08:14:00.000000000Z +3600 Europe/Amsterdam\n", "end\n", "\n",
            "# note\n",
        ]
        var time = 100
        while !input.isUsedUp && file.count < 16_384 {
            switch input.number(below: 8) {
            case 0: file += input.bytes(input.number(below: 32))
            case 1: time += Int(input.byte())
            case 2: file += input.pick(lines).utf8
            case 3: file += "\(time - 1).5 \(input.pick(lines))".utf8
            default: file += "\(time).000000000 \(input.pick(lines))".utf8
            }
        }
        return file
    }
}
