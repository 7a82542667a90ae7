/// Something that turns the bytes of a file into what happens to a monitor.
public protocol StreamSource {
    /// Plays the next bytes of the file.
    mutating func push(_ bytes: UnsafeRawBufferPointer, to replayer: inout Replayer) throws(RecordingError)
    /// The file is over: plays what is left, and ends the stream.
    mutating func finish(to replayer: inout Replayer) throws(RecordingError)
}

extension CSVSource: StreamSource {}

extension RecordingReader: StreamSource {
    /// Plays the events that the next bytes of the file complete.
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, to replayer: inout Replayer
    ) throws(RecordingError) {
        try push(bytes) { replayer.play($0) }
    }

    /// Ends the stream also where the recording breaks off, and then says so.
    public mutating func finish(to replayer: inout Replayer) throws(RecordingError) {
        defer { replayer.finish() }
        try finish()
    }
}
