/// The one list of protocols.
public enum DecoderCatalog {
    /// Every decoder, in the order they are tried.
    public static let all: [any StreamDecoder.Type] = [
        WitMotionDecoder.self,
        WitMotionBLEDecoder.self,
        RVCDecoder.self,
        XIMU3Decoder.self,
        MIPDecoder.self,
        XsensDecoder.self,
        PlainTextDecoder.self,
    ]

    /// The names, in order.
    public static var names: [String] { all.map { $0.protocolName } }

    /// A fresh decoder for the named protocol, or nil when there is none.
    public static func make(_ name: String) -> (any StreamDecoder)? {
        all.first { $0.protocolName == name }?.init()
    }
}
