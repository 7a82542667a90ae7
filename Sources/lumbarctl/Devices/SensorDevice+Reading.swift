import LumbarCore
import LumbarDecoders
import LumbarLinux

extension SensorDevice {
    /// The protocol it is read by, when it says so itself: `hid` or `iio`.
    var protocolToRead: String {
        kind == .iio ? IIOSensorDecoder.protocolName : HIDSensorDecoder.protocolName
    }

    /// What a HID or IIO device measures, in words; nil when it is nothing to read.
    var measures: String? {
        switch kind {
        case .serial: nil
        case .hidraw: try? HIDSensorLayout(reportDescriptor).summary
        case .iio: try? IIOScanLayout(runningAttributes).summary
        }
    }

    /// Why a HID or IIO device cannot be read, or nil when it can, or when only listening tells.
    var whyNotRead: String? {
        do {
            switch kind {
            case .serial: break
            case .hidraw: _ = try HIDSensorLayout(reportDescriptor)
            case .iio: _ = try IIOScanLayout(runningAttributes)
            }
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// Whether somebody who looks for a sensor wants to see it: not a built-in port, a keyboard, or a voltmeter.
    var isWorthListing: Bool {
        if isOurs { return true }
        switch kind {
        case .serial: return !node.hasPrefix("/dev/ttyS")
        case .hidraw: return HIDSensorLayout.concernsSensors(reportDescriptor)
        case .iio:
            return parts.contains(where: \.measuresMotion)
        }
    }

    /// The line for a udev rule that lets lumbard open it, by vendor and product where it has them, else by the chip's
    /// place; nil for a serial line, which needs none, and for names that are not the kernel's.
    var accessRule: String? {
        guard kind != .serial else { return nil }
        let names = vendor.isEmpty ? [model] : [vendor, product]
        let isPlain = names.allSatisfy { name in
            !name.isEmpty
                && name.utf8.allSatisfy { (48...58).contains($0) || (97...122).contains($0 | 32) || $0 == 45 }
        }
        guard isPlain else { return nil }
        let place = vendor.isEmpty ? model : "*:\(vendor.uppercased()):\(product.uppercased()).*"
        return "SUBSYSTEM==\"hidraw|iio\", KERNELS==\"\(place)\", ENV{LUMBARD_ACCESS}=\"1\""
    }

    private var runningAttributes: String { parts.filter(\.isSwitchedOn).map(\.attributes).joined() }
}

extension SensorDevice.Choice {
    /// The same, or left alone when there is a reason that it cannot be read.
    func unlessUnreadable(_ device: SensorDevice) -> SensorDevice.Choice {
        guard self == .pending || isUsed, let reason = device.whyNotRead else { return self }
        // Nobody has switched its channels on yet: that is for whoever trusts it.
        if self == .pending, device.parts.contains(where: \.measuresMotion) { return self }
        return .leftAlone(reason)
    }
}
