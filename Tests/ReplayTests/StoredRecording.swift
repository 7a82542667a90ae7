import Testing
import Glibc
import LumbarCore
import LumbarMonitor
import LumbarRecording
import LumbarSettings
import LumbarTestKit

/// One folder of Recordings/: a stream, what is expected of it, and what it is.
struct StoredRecording: Sendable, CustomTestStringConvertible {
    /// `protocol/what-happens`.
    let name: String
    let folder: String

    var testDescription: String { name }

    /// The folder Recordings/ of the repository.
    static let root = Repository.root + "/Recordings"

    /// All of them, by name.
    static let all: [StoredRecording] = Files.folders(in: root).flatMap { wire in
        Files.folders(in: root + "/" + wire).map {
            StoredRecording(name: wire + "/" + $0, folder: root + "/" + wire + "/" + $0)
        }
    }

    /// The name of its protocol: the folder it is in.
    var protocolName: String { String(name.prefix { $0 != "/" }) }

    /// The text of the stream.
    func stream() throws -> [UInt8] { try Files.read(folder + "/stream.rec") }

    /// The events of the stream, which must be whole.
    func events() throws -> [RecordingEvent] { try Self.events(of: stream()) }

    /// The settings its folder asks for, or the defaults.
    func settings() throws -> MonitorSettings {
        let settings = MonitorSettings()
        guard let text = try? Files.read(folder + "/lumbard.conf") else { return settings }
        var loader = ConfigLoader(sections: settings.sections)
        loader.load(file: name + "/lumbard.conf", bytes: text)
        loader.finish()
        if let error = loader.errors.first { throw error }
        return settings
    }

    /// The events in the text of a recording.
    static func events(of text: [UInt8]) throws -> [RecordingEvent] {
        var reader = RecordingReader()
        var events: [RecordingEvent] = []
        try text.withUnsafeBytes { try reader.push($0) { events.append($0) } }
        try reader.finish()
        return events
    }
}
