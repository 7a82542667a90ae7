/// A section that files may have several times, each with an argument of its own: `[sensor ID]`.
///
/// Declared like any other section; `SectionList` then makes one for each argument that files name.
public protocol NamedSettingsSection: SettingsSection {
    /// What the argument is called in the manual, such as `ID`.
    static var argumentName: String { get }
    /// Why `argument` cannot be meant, one clause for people; nil when it can.
    static func refusal(of argument: String) -> String?
}

/// The sections of one kind that files name, each with what its file says.
///
/// Like `Setting`, it holds a box that copies share, so that a loader can write through the copies it was given. Only
/// `ConfigLoader` does, on a list that was just made and that nobody else holds yet; after that it never changes again.
public struct SectionList<Element: NamedSettingsSection>: Sendable {
    private let box = Box()
    private let prepare: @Sendable (inout Element) -> Void

    // Written only by `make`, which the loader calls before the list is shared.
    private final class Box: @unchecked Sendable {
        var elements: [(argument: String, section: Element)] = []
    }

    /// An empty list; `prepare` gives each new section what is no setting.
    public init(prepare: @escaping @Sendable (inout Element) -> Void = { _ in }) { self.prepare = prepare }

    /// The sections with their arguments, in the order in which files first name them.
    public var elements: [(argument: String, section: Element)] { box.elements }

    /// What is said for `argument`; nil when no file names it.
    public subscript(argument: String) -> Element? {
        box.elements.first { $0.argument == argument }?.section
    }
}

/// A list of sections seen without their type: what the loader and the manual work with.
protocol SectionTemplate: SettingsSection {
    static var argumentName: String { get }
    /// Why `argument` cannot be meant.
    func refusal(of argument: String) -> String?
    /// A new section for `argument`, with the built-in values.
    func make(_ argument: String) -> any SettingsSection
    /// Those that were made.
    var made: [(argument: String, section: any SettingsSection)] { get }
}

extension SectionList: SettingsSection, SectionTemplate {
    /// The word between the brackets.
    public static var name: String { Element.name }
    /// What a section is about.
    public static var summary: String { Element.summary }
    static var argumentName: String { Element.argumentName }

    /// An empty list.
    public init() { self.init(prepare: { _ in }) }

    /// Those that each section has, with the built-in values: what the manual explains.
    public var settings: [(key: String, setting: any AnySetting)] { Element().settings }

    func refusal(of argument: String) -> String? { Element.refusal(of: argument) }

    func make(_ argument: String) -> any SettingsSection {
        var section = Element()
        prepare(&section)
        box.elements.append((argument, section))
        return section
    }

    var made: [(argument: String, section: any SettingsSection)] {
        box.elements.map { ($0.argument, $0.section) }
    }
}
