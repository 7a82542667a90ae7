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
    case cwa
    case gt3x
    case inflate
    case socket

    /// Whether an input becomes thousands of samples, which go through everything behind the reader.
    var playsFiles: Bool { self == .cwa || self == .gt3x }

    /// Tries one input and says how much of it was understood; a broken promise is a trap, which the fuzzer reports.
    @discardableResult
    func run(_ data: UnsafeBufferPointer<UInt8>, prefersStructure: Bool = false) -> Int {
        var input = FuzzInput(data, prefersStructure: prefersStructure)
        switch self {
        case .witMotion:
            // Their angles come from a short polynomial, as every sample counts there.
            return DecoderCheck.run(
                WitMotionDecoder.self, FuzzStream(&input) { $0.witMotionFrame() }, upTolerance: 1e-4)
        case .combined:
            return DecoderCheck.run(
                WitMotionBLEDecoder.self, FuzzStream(&input) { $0.combinedFrame() }, upTolerance: 1e-4)
        case .rvc: return DecoderCheck.run(RVCDecoder.self, FuzzStream(&input) { $0.rvcFrame() })
        case .ximu3: return DecoderCheck.run(XIMU3Decoder.self, FuzzStream(&input) { $0.ximu3Message() })
        case .mip: return DecoderCheck.run(MIPDecoder.self, FuzzStream(&input) { $0.mipPacket() })
        case .xsens: return DecoderCheck.run(XsensDecoder.self, FuzzStream(&input) { $0.xsensMessage() })
        case .text:
            return DecoderCheck.run(PlainTextDecoder.self, FuzzStream(&input) { $0.textLine() })
        case .profile:
            return ProfileCheck.readsAnyFile(&input)
        case .profileDecoder:
            return ProfileCheck.decodesAnyLine(&input)
        case .sentences:
            let stream = FuzzStream(&input) { $0.sentence() }
            return DecoderCheck.run(NMEADecoder(), stream) + DecoderCheck.run(VectorNavDecoder(), stream)
        case .hidDescriptor: return HIDCheck.runDescriptor(&input)
        case .hidReports: return HIDCheck.runReports(&input)
        case .iio: return IIOCheck.run(&input)
        case .config:
            return ConfigCheck.run(&input)
        case .recording:
            return RecordingCheck.run(&input)
        case .cwa: return RecorderCheck.cwa(&input)
        case .gt3x: return RecorderCheck.gt3x(&input)
        case .inflate: return RecorderCheck.inflate(&input)
        case .socket:
            var bytes: [UInt8] = []
            // Now and then as it came, for the fuzzer's own inventions.
            if input.number(below: 4) == 0 { bytes = input.rest() }
            while !input.isUsedUp { bytes += input.request() }
            return LiveCheck.run(bytes)
        }
    }
}
