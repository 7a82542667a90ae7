import LumbarCore

/// The protocols that a program knows.
///
/// A value, because what is known differs: the decoders written in Swift are the same everywhere, and so are the profiles
/// that come with the program; to them come the profiles that the shell has loaded. Whoever decodes is given one.
public struct DecoderCatalog: Sendable {
    /// Every decoder written in Swift, in the order they are tried.
    public static let all: [any BuiltInDecoder.Type] = [
        WitMotionDecoder.self,
        WitMotionBLEDecoder.self,
        RVCDecoder.self,
        XIMU3Decoder.self,
        MIPDecoder.self,
        XsensDecoder.self,
        VectorNavDecoder.self,
        NMEADecoder.self,
        PlainTextDecoder.self,
    ]

    /// What is known without any file.
    public static let builtIn = DecoderCatalog()

    /// The profiles that come with the program; its tests see to it that all of them can be read.
    private static let shipped: [TextProfile] = ShippedProfiles.files.compactMap {
        try? TextProfile(file: $0.file, bytes: Array($0.text.utf8))
    }

    /// The profiles, those that come with the program first.
    public private(set) var profiles: [TextProfile]

    /// A catalog of what comes with the program.
    public init() { profiles = Self.shipped }

    /// Adds a profile; it takes the place of one of the same name.
    ///
    /// False when a decoder written in Swift has that name: it is not added then.
    @discardableResult
    public mutating func add(_ profile: TextProfile) -> Bool {
        guard !Self.all.contains(where: { $0.protocolName == profile.name }) else { return false }
        if let index = profiles.firstIndex(where: { $0.name == profile.name }) {
            profiles[index] = profile
        } else {
            profiles.append(profile)
        }
        return true
    }

    /// The names, in the order they are tried.
    public var names: [String] { Self.all.map { $0.protocolName } + profiles.map(\.name) }

    /// The named profile, or nil when there is none.
    public func profile(_ name: String) -> TextProfile? { profiles.first { $0.name == name } }

    /// A fresh decoder for the named protocol, or nil when there is none.
    public func make(_ name: String) -> (any StreamDecoder)? {
        if let type = Self.all.first(where: { $0.protocolName == name }) { return type.init() }
        return profile(name).map { ProfileDecoder($0) }
    }

    /// Fresh decoders for a line: the declared one, or, where nothing that is known was declared, all that may be tried.
    ///
    /// Those are the ones written in Swift, and the profiles that say they can be recognised.
    public func candidates(declared name: String? = nil) -> [any StreamDecoder] {
        if let name, let declared = make(name) { return [declared] }
        let builtIn: [any StreamDecoder] = Self.all.map { $0.init() }
        return builtIn + profiles.filter(\.isSniffed).map { ProfileDecoder($0) }
    }

    /// The profiles that a recording of a line has to carry to be understood: the declared one, or, where nothing was
    /// declared, those that do not come with the program and may be recognised.
    public func sources(declared name: String?) -> [ProfileSource] {
        guard let name else {
            return profiles.filter { $0.isSniffed && !Self.shipped.contains($0) }.map(\.source)
        }
        return profile(name).map { [$0.source] } ?? []
    }

    /// Adds the profiles that a recording carries; returns what is wrong with them, one sentence, or nil.
    public mutating func add(_ sources: [ProfileSource]) -> String? {
        var wrong: String?
        for source in sources {
            do throws(TextProfileError) {
                add(try TextProfile(file: source.name + ".profile", bytes: Array(source.text.utf8)))
            } catch {
                wrong = error.errors.first?.description ?? wrong
            }
        }
        return wrong
    }
}
