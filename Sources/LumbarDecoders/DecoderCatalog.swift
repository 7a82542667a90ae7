/// The protocols that a program knows.
///
/// A value, because what is known differs: the decoders written in Swift are the same everywhere, and to them come the
/// profiles that the shell has loaded. Whoever decodes is given one.
public struct DecoderCatalog: Sendable {
    /// Every decoder written in Swift, in the order they are tried.
    public static let all: [any BuiltInDecoder.Type] = [
        WitMotionDecoder.self,
        WitMotionBLEDecoder.self,
        PlainTextDecoder.self,
    ]

    /// What is known without any file.
    public static let builtIn = DecoderCatalog()

    /// A catalog of the decoders written in Swift.
    public init() {}

    /// The names, in the order they are tried.
    public var names: [String] { Self.all.map { $0.protocolName } }

    /// A fresh decoder for the named protocol, or nil when there is none.
    public func make(_ name: String) -> (any StreamDecoder)? {
        Self.all.first { $0.protocolName == name }?.init()
    }

    /// Fresh decoders for a line: the declared one, or, where nothing that is known was declared, all that may be tried.
    public func candidates(declared name: String? = nil) -> [any StreamDecoder] {
        if let name, let declared = make(name) { return [declared] }
        return Self.all.map { $0.init() }
    }
}
