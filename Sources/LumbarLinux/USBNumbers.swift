import LumbarCore

/// What a USB device says of itself, as the kernel shows it at once; udev takes a moment longer to say the same.
public struct USBNumbers: Sendable, Equatable {
    /// Vendor, four hex digits.
    public var vendor: String
    /// Product, four hex digits.
    public var product: String
    /// The serial number as the device has it; empty when it has none.
    public var serialNumber: String

    /// The numbers of the USB device that `systemPath`, a directory below /sys, belongs to now; nil when it is none, or
    /// no longer there.
    public init?(above systemPath: String) {
        var folder = systemPath[...]
        while folder.count > "/sys/devices".count {
            if let vendor = IIOFiles.text(folder + "/idVendor") {
                self.vendor = vendor
                product = IIOFiles.text(folder + "/idProduct") ?? ""
                serialNumber = IIOFiles.text(folder + "/serial") ?? ""
                return
            }
            guard let end = folder.lastIndex(of: "/") else { return nil }
            folder = folder[..<end]
        }
        return nil
    }
}
