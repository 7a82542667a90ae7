/// A small strict reader of XML without entities of its own, to hold our HTML to its form.
struct StrictXML {
    /// An element with what is in it.
    final class Element {
        let name: String
        var attributes: [(name: String, value: String)]
        var children: [Element] = []
        /// Text right in it, and in what is in it, in order.
        var text = ""

        init(_ name: String, _ attributes: [(name: String, value: String)]) {
            self.name = name
            self.attributes = attributes
        }

        subscript(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

        /// It and everything in it, in order.
        var all: [Element] { [self] + children.flatMap(\.all) }
    }

    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    private let bytes: [UInt8]
    private var place = 0

    /// The root element of `text`, with or without a doctype before it.
    static func read(_ text: String) throws -> Element {
        var reader = StrictXML(bytes: Array(text.utf8))
        reader.skipSpace()
        if reader.bytes[reader.place...].starts(with: Array("<!DOCTYPE".utf8)) {
            while reader.bytes[reader.place] != UInt8(ascii: ">") { reader.place += 1 }
            reader.place += 1
        }
        reader.skipSpace()
        let root = try reader.element()
        reader.skipSpace()
        guard reader.place == reader.bytes.count else { throw reader.fault("something follows the root") }
        return root
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func fault(_ what: String) -> Fault {
        let near = String(decoding: bytes[max(0, place - 30)..<min(bytes.count, place + 30)], as: UTF8.self)
        return Fault(description: "\(what) at byte \(place), near \(near)")
    }

    private mutating func skipSpace() {
        while place < bytes.count, bytes[place] == 32 || bytes[place] == 10 { place += 1 }
    }

    private mutating func take(_ byte: Character) throws {
        guard place < bytes.count, bytes[place] == byte.asciiValue else { throw fault("no \(byte)") }
        place += 1
    }

    private mutating func name() throws -> String {
        let start = place
        while place < bytes.count, isNameByte(bytes[place]) { place += 1 }
        guard place > start else { throw fault("no name") }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 45
    }

    private mutating func element() throws -> Element {
        try take("<")
        let element = Element(try name(), [])
        while true {
            let before = place
            skipSpace()
            if place < bytes.count, bytes[place] == UInt8(ascii: "/") {
                place += 1
                try take(">")
                return element
            }
            if place < bytes.count, bytes[place] == UInt8(ascii: ">") {
                place += 1
                break
            }
            guard place > before else { throw fault("no space before an attribute") }
            let name = try name()
            try take("=")
            try take("\"")
            let value = try text(until: UInt8(ascii: "\""))
            place += 1
            guard element[name] == nil else { throw fault("\(name) twice") }
            element.attributes.append((name, value))
        }
        while true {
            element.text += try text(until: UInt8(ascii: "<"))
            if place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "/") {
                place += 2
                guard try name() == element.name else { throw fault("\(element.name) is closed by another") }
                try take(">")
                return element
            }
            let child = try self.element()
            element.children.append(child)
            element.text += child.text
        }
    }

    /// Text up to `end`, references resolved.
    private mutating func text(until end: UInt8) throws -> String {
        var out: [UInt8] = []
        while place < bytes.count, bytes[place] != end {
            let byte = bytes[place]
            if byte == UInt8(ascii: "<") { throw fault("a bare <") }
            if byte < 32, byte != 10 { throw fault("a control character") }
            guard byte == UInt8(ascii: "&") else {
                out.append(byte)
                place += 1
                continue
            }
            let start = place + 1
            while place < bytes.count, bytes[place] != UInt8(ascii: ";"), place - start < 8 { place += 1 }
            let known = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'"]
            guard let text = known[String(decoding: bytes[start..<place], as: UTF8.self)] else {
                throw fault("an unknown reference")
            }
            out += Array(text.utf8)
            place += 1
        }
        guard place < bytes.count else { throw fault("an end that does not come") }
        guard let text = String(validating: out) else { throw fault("no UTF-8") }
        return text
    }
}

extension String {
    fileprivate init?(validating bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard Array(text.utf8) == bytes else { return nil }
        self = text
    }
}
