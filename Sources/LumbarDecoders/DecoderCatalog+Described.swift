import LumbarCore

extension DecoderCatalog {
    /// The decoder for a device: the one for what it says of itself where it does, else the one for its protocol's
    /// name; nil when neither is known and the bytes must tell.
    ///
    /// A device that says of itself that it is no motion sensor gets a decoder that reads nothing and complains.
    public func make(for device: Device) -> (any StreamDecoder)? {
        guard !device.descriptor.isEmpty else { return device.protocolName.flatMap(make) }
        switch device.protocolName {
        case HIDSensorDecoder.protocolName: return HIDSensorDecoder(descriptor: device.descriptor)
        case IIOSensorDecoder.protocolName: return DecoderCatalog.iioDecoder(device.descriptor)
        case let name?: return make(name)
        // The text of IIO attributes begins with a name in brackets, which begins no report descriptor.
        case nil:
            return DecoderCatalog.iioDecoder(device.descriptor)
                ?? HIDSensorDecoder(descriptor: device.descriptor)
        }
    }

    private static func iioDecoder(_ descriptor: [UInt8]) -> (any StreamDecoder)? {
        guard descriptor.first == UInt8(ascii: "["), let text = String(validating: descriptor, as: UTF8.self),
            let layout = try? IIOScanLayout(text)
        else { return nil }
        return IIOSensorDecoder(layout: layout)
    }
}
