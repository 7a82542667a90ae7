import CSystemd
import Glibc

/// A message of the session bus; what cannot be put in or read out is noticed when it is sent, or is nothing.
final class BusMessage {
    let pointer: OpaquePointer
    private var failure: Int32 = 0

    /// Takes over a message.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { sd_bus_message_unref(pointer) }

    /// What went wrong while it was filled; 0 when nothing did.
    var result: Int32 { failure }

    private func note(_ result: Int32) { if result < 0, failure == 0 { failure = result } }

    // MARK: Putting in

    func add(_ text: String) {
        text.withCString { note(sd_bus_message_append_basic(pointer, BusMessage.text, $0)) }
    }

    func add(_ number: UInt32) {
        var number = number
        note(sd_bus_message_append_basic(pointer, BusMessage.unsigned, &number))
    }

    func add(_ number: Int32) {
        var number = number
        note(sd_bus_message_append_basic(pointer, BusMessage.signed, &number))
    }

    func add(_ byte: UInt8) {
        var byte = byte
        note(sd_bus_message_append_basic(pointer, BusMessage.byte, &byte))
    }

    /// An array, a variant or an entry of a dictionary, with what `body` puts into it.
    func add(_ kind: Container, of contents: String, _ body: () -> Void) {
        note(sd_bus_message_open_container(pointer, kind.rawValue, contents))
        body()
        note(sd_bus_message_close_container(pointer))
    }

    // MARK: Reading out

    /// The next text, if there is one.
    func text() -> String? {
        var value: UnsafePointer<CChar>?
        guard sd_bus_message_read_basic(pointer, BusMessage.text, &value) > 0 else { return nil }
        return value.map { String(cString: $0) }
    }

    /// The next number, if there is one.
    func number() -> UInt32? {
        var value: UInt32 = 0
        return sd_bus_message_read_basic(pointer, BusMessage.unsigned, &value) > 0 ? value : nil
    }

    /// The truth value in the next variant, if there is one.
    func flagInVariant() -> Bool? {
        var value: Int32 = 0
        guard sd_bus_message_enter_container(pointer, Container.variant.rawValue, "b") > 0,
            sd_bus_message_read_basic(pointer, BusMessage.flag, &value) > 0
        else { return nil }
        return value != 0
    }

    /// The texts of the next array.
    func texts() -> [String] {
        guard sd_bus_message_enter_container(pointer, Container.array.rawValue, "s") > 0 else { return [] }
        var all: [String] = []
        while all.count < 256, let text = text() { all.append(text) }
        return all
    }

    /// Whether it is this signal.
    func isSignal(_ interface: String, _ member: String) -> Bool {
        sd_bus_message_is_signal(pointer, interface, member) > 0
    }

    // Types by their letters, as the D-Bus specification has them.
    private static let text = CChar(UInt8(ascii: "s"))
    private static let unsigned = CChar(UInt8(ascii: "u"))
    private static let signed = CChar(UInt8(ascii: "i"))
    private static let byte = CChar(UInt8(ascii: "y"))
    private static let flag = CChar(UInt8(ascii: "b"))

    enum Container {
        case array, variant, entry

        var rawValue: CChar {
            switch self {
            case .array: CChar(UInt8(ascii: "a"))
            case .variant: CChar(UInt8(ascii: "v"))
            case .entry: CChar(UInt8(ascii: "e"))
            }
        }
    }
}
