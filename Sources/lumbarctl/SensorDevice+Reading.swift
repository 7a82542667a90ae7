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
            let text = parts.map(\.attributes).joined()
            return ["in_accel", "in_anglvel", "in_incli", "in_rot"].contains { text.contains($0) }
        }
    }

    /// The line for a udev rule that declares it, by vendor and product where it has them.
    var ruleToType: String {
        let isHID = !vendor.isEmpty
        let match =
            isHID
            ? "KERNELS==\"*:\(vendor.uppercased()):\(product.uppercased()).*\"" : "KERNELS==\"\(model)\""
        return Printable.text(
            "SUBSYSTEM==\"hidraw|iio\", \(match), ENV{ID_LUMBARD}=\"1\"  in /etc/udev/rules.d/61-lumbard-local.rules",
            limit: 200)
    }

    private var runningAttributes: String { parts.filter(\.isSwitchedOn).map(\.attributes).joined() }
}

extension SensorDevice.Choice {
    /// The same, or left alone when there is a reason that it cannot be read.
    func unless(_ reason: String?) -> SensorDevice.Choice {
        guard let reason, isOpened || reason == "it is no sensor" else { return self }
        return .leftAlone(reason)
    }
}
