/// What sysfs says about the IIO devices of one sensor, as text: copied by the shell, recorded, and read by
/// `IIOScanLayout`.
///
/// ```
/// [accel_3d]                            one device: its name, and then its files
/// in_accel_scale=0.009806650
/// scan_elements/in_accel_x_en=1
/// scan_elements/in_accel_x_index=0
/// scan_elements/in_accel_x_type=le:s16/32>>0
/// [gyro_3d]
/// ```
///
/// Devices are numbered in the order in which they stand, which is that of the packets' sources.
public enum IIOAttributes {
    /// Bytes allowed.
    public static let longest = 16_384
    /// Devices allowed in one sensor.
    public static let mostDevices = 8

    /// One device.
    struct Section: Equatable {
        var name: Substring
        var values: [(key: Substring, value: Substring)] = []

        static func == (a: Section, b: Section) -> Bool {
            a.name == b.name && a.values.elementsEqual(b.values) { $0 == $1 }
        }

        /// The value of the file, or nil when there is none; of several the first.
        func value(_ key: String) -> Substring? { values.first { $0.key == key }?.value }

        /// A number in a file.
        func number(_ key: String) -> Double? {
            guard let text = value(key), text.utf8.count <= 64, let number = Double(text), number.isFinite
            else { return nil }
            return number
        }
    }

    /// The sections of a text; lines that are neither a name nor a file mean nothing.
    static func sections(_ text: String) -> [Section] {
        guard text.utf8.count <= longest else { return [] }
        var sections: [Section] = []
        // By bytes: a line end is one whatever stands before it, and characters are dear to tell apart.
        for line in text.utf8.split(separator: 0x0A) {
            if line.first == 0x5B, line.last == 0x5D, line.count > 1 {
                sections.append(Section(name: Substring(line.dropFirst().dropLast())))
            } else if let equals = line.firstIndex(of: 0x3D), let last = sections.indices.last {
                let value = Substring(line[line.index(after: equals)...])
                sections[last].values.append((Substring(line[..<equals]), value))
            }
        }
        return sections
    }
}
