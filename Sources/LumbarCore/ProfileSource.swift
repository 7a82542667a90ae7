/// A profile file as a recording carries it: its name, and what it says without comments.
///
/// A recording of a sensor whose lines a profile describes is understood only with that profile, so it goes along.
public struct ProfileSource: Hashable, Sendable {
    /// The protocol's name.
    public var name: String
    /// The file's settings, one a line.
    public var text: String

    /// A profile's name and text.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
