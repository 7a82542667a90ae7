import Glibc
import LumbarDecoders

/// What can be fuzzed: everything that reads bytes from outside.
enum FuzzTarget: String, CaseIterable {
    case witMotion = "decoder-witmotion"
    case combined = "decoder-ble"
    case text = "decoder-text"
    case hidDescriptor = "hid-descriptor"
    case hidReports = "hid-reports"
    case iio = "iio"
    case config
    case recording

    /// The one this process fuzzes.
    static let chosen =
        getenv("LUMBAR_FUZZ_TARGET").flatMap { FuzzTarget(rawValue: String(cString: $0)) } ?? .witMotion

    /// Tries one input; a broken promise is a trap, which the fuzzer reports.
    func run(_ data: UnsafeBufferPointer<UInt8>) {
        var input = FuzzInput(data)
        switch self {
        case .witMotion:
            DecoderCheck.run(WitMotionDecoder.self, FuzzStream(&input) { $0.witMotionFrame() })
        case .combined:
            DecoderCheck.run(WitMotionBLEDecoder.self, FuzzStream(&input) { $0.combinedFrame() })
        case .text:
            DecoderCheck.run(PlainTextDecoder.self, FuzzStream(&input) { $0.textLine() })
        case .hidDescriptor: HIDCheck.runDescriptor(&input)
        case .hidReports: HIDCheck.runReports(&input)
        case .iio: IIOCheck.run(&input)
        case .config:
            ConfigCheck.run(&input)
        case .recording:
            RecordingCheck.run(&input)
        }
    }
}
