import Glibc
import LumbarCore
import LumbarRecording
import Testing

@Suite("Every recording gives the transcript it is stored with")
struct RecordingTests {
    // Without this, a build that cannot find them would pass by having nothing to test.
    @Test("the recordings are there")
    func found() { #expect(StoredRecording.all.count >= 12) }

    /// Whether transcripts are rewritten instead of compared: `make bless`.
    private static let isBlessing = getenv("LUMBAR_BLESS").map { String(cString: $0) == "1" } ?? false

    @Test("golden transcript", arguments: StoredRecording.all)
    func golden(recording: StoredRecording) throws {
        let path = recording.folder + "/expected.txt"
        let actual = try transcript(of: recording)
        if Self.isBlessing {
            try Files.write(actual, to: path)
            return
        }
        let expected = String(decoding: try Files.read(path), as: UTF8.self)
        guard actual != expected else { return }
        let pairs = zip(
            actual.split(separator: "\n", omittingEmptySubsequences: false),
            expected.split(separator: "\n", omittingEmptySubsequences: false))
        let difference = pairs.enumerated().first { $0.element.0 != $0.element.1 }
        Issue.record(
            """
            \(recording.name) differs from its expected.txt, first at line \((difference?.offset ?? -1) + 1)
            now:      \(difference?.element.0 ?? "(one is longer)")
            expected: \(difference?.element.1 ?? "(one is longer)")
            If that is meant, run make bless, and say why in the commit.
            """)
    }

    private func transcript(of recording: StoredRecording) throws -> String {
        var replayer = Replayer(monitor: .init(settings: try recording.settings()))
        var lines = ""
        for event in try recording.events() { replayer.play(event) }
        replayer.finish()
        let transcript = Transcript(origin: replayer.start ?? .zero)
        replayer.drain { output in
            if let line = transcript.line(output) { lines += line + "\n" }
        }
        return lines
    }

    @Test("each is small, says what it is, and that it is simulated", arguments: StoredRecording.all)
    func manners(recording: StoredRecording) throws {
        let text = try recording.stream()
        #expect(text.count <= 200 * 1024, "\(text.count) bytes are too many to store")
        var reader = RecordingReader()
        try text.withUnsafeBytes { try reader.push($0) { _ in } }
        #expect(reader.header.isSimulated)
        #expect(!reader.header.notes.isEmpty)
        #expect(reader.header.rateHz != nil)
        #expect(reader.devices.first?.protocolName == recording.protocolName)
        let readme = String(decoding: try Files.read(recording.folder + "/README.md"), as: UTF8.self)
        #expect(readme.contains("Simulated"))
        #expect(readme.contains("| second |"), "the README has a table of what happens at which second")
    }
}
