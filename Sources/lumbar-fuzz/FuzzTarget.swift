import Glibc
import LumbarDecoders

/// What can be fuzzed: everything that reads bytes from outside.
enum FuzzTarget: String, CaseIterable {
    case witMotion = "decoder-witmotion"
    case combined = "decoder-ble"
    case rvc = "decoder-rvc"
    case ximu3 = "decoder-ximu3"
    case mip = "decoder-mip"
    case xsens = "decoder-xsens"
    case text = "decoder-text"
    case profile
    case profileDecoder = "decoder-profile"
    case sentences = "decoder-sentences"
    case hidDescriptor = "hid-descriptor"
    case hidReports = "hid-reports"
    case iio = "iio"
    case config
    case recording
    case socket

    /// The one this process fuzzes.
    static let chosen =
        getenv("LUMBAR_FUZZ_TARGET").flatMap { FuzzTarget(rawValue: String(cString: $0)) } ?? .witMotion

    /// Tries one input; a broken promise is a trap, which the fuzzer reports.
    func run(_ data: UnsafeBufferPointer<UInt8>) {
        var input = FuzzInput(data)
        switch self {
        case .witMotion:
            // Their angles come from a short polynomial, as every sample counts there.
            DecoderCheck.run(
                WitMotionDecoder.self, FuzzStream(&input) { $0.witMotionFrame() }, upTolerance: 1e-4)
        case .combined:
            DecoderCheck.run(
                WitMotionBLEDecoder.self, FuzzStream(&input) { $0.combinedFrame() }, upTolerance: 1e-4)
        case .rvc: DecoderCheck.run(RVCDecoder.self, FuzzStream(&input) { $0.rvcFrame() })
        case .ximu3: DecoderCheck.run(XIMU3Decoder.self, FuzzStream(&input) { $0.ximu3Message() })
        case .mip: DecoderCheck.run(MIPDecoder.self, FuzzStream(&input) { $0.mipPacket() })
        case .xsens: DecoderCheck.run(XsensDecoder.self, FuzzStream(&input) { $0.xsensMessage() })
        case .text:
            DecoderCheck.run(PlainTextDecoder.self, FuzzStream(&input) { $0.textLine() })
        case .profile:
            ProfileCheck.readsAnyFile(&input)
        case .profileDecoder:
            ProfileCheck.decodesAnyLine(&input)
        case .sentences:
            let stream = FuzzStream(&input) { $0.sentence() }
            DecoderCheck.run(NMEADecoder(), stream)
            DecoderCheck.run(VectorNavDecoder(), stream)
        case .hidDescriptor: HIDCheck.runDescriptor(&input)
        case .hidReports: HIDCheck.runReports(&input)
        case .iio: IIOCheck.run(&input)
        case .config:
            ConfigCheck.run(&input)
        case .recording:
            RecordingCheck.run(&input)
        case .socket:
            var bytes: [UInt8] = []
            // Now and then as it came, for the fuzzer's own inventions.
            if input.number(below: 4) == 0 { bytes = input.rest() }
            while !input.isUsedUp { bytes += input.request() }
            LiveCheck.run(bytes)
        }
    }
}
