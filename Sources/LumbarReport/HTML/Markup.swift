import LumbarCore

/// Writes HTML with SVG in it, in the strict form that is XML too, and cannot forget to escape.
///
/// Names of elements and attributes are literals of the program; every other text goes through `MarkupText`, and there is no
/// way past it but `style`, which takes a literal. Elements close themselves at the end of their closure.
struct Markup: Sendable {
    /// An attribute: a literal name, and a value that is escaped.
    typealias Attribute = (name: StaticString, value: String)

    /// What was written so far.
    private(set) var source = ""

    /// Nothing yet.
    init() { source.reserveCapacity(1 << 16) }

    /// An element with what `body` writes in it.
    mutating func element(_ name: StaticString, _ attributes: Attribute..., body: (inout Markup) -> Void) {
        open(name, attributes)
        source += ">"
        body(&self)
        source += "</\(name)>"
    }

    /// An element with a text in it.
    mutating func element(_ name: StaticString, _ attributes: Attribute..., text: String) {
        open(name, attributes)
        source += ">" + MarkupText.escaped(text) + "</\(name)>"
    }

    /// An element with nothing in it, such as `<rect .../>`.
    mutating func empty(_ name: StaticString, _ attributes: Attribute...) {
        open(name, attributes)
        source += "/>"
    }

    /// Text.
    mutating func text(_ text: String) { source += MarkupText.escaped(text) }

    /// Words of a person, kept from turning around the text beside them.
    mutating func words(_ text: String) { element("bdi", text: text) }

    /// A line end, for people who read the source.
    mutating func line() { source += "\n" }

    /// A style sheet, which is a literal of the program.
    mutating func style(_ sheet: StaticString) { source += "<style>\(sheet)</style>" }

    private mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
        source += "<\(name)"
        for attribute in attributes {
            source += " \(attribute.name)=\"" + MarkupText.escaped(attribute.value) + "\""
        }
    }
}

/// Numbers as attributes hold them.
enum Coordinate {
    /// At most `decimals` places, without zeros at the end: an attribute is written thousands of times.
    static func text(_ value: Double, _ decimals: Int = 2) -> String {
        var text = Substring(DecimalText.fixed(value, decimals))
        guard text.contains(".") else { return String(text) }
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return String(text)
    }

    /// A share of the width.
    static func percent(_ share: Double) -> String { text(100 * share, 3) + "%" }
}
