/// Which kernel module drives a USB serial converter, by the ids in the kernel's own tables.
public enum SerialDriver {
    private static let modules: [(vendor: String, products: [String], module: String)] = [
        ("1a86", ["7523", "7522", "5523"], "ch341"),
        ("1a86", ["55d3", "55d4"], "cdc_acm"),
        ("10c4", ["ea60", "ea61", "ea70", "ea71"], "cp210x"),
        ("0403", ["6001", "6010", "6011", "6014", "6015"], "ftdi_sio"),
        ("067b", ["2303", "23a3"], "pl2303"),
        ("2341", ["0043", "0001", "8036", "8037"], "cdc_acm"),
        ("303a", ["1001"], "cdc_acm"),
        ("2e8a", ["0005", "000a"], "cdc_acm"),
    ]

    /// The module for a converter, or nil when it is none that is known.
    public static func module(vendor: String, product: String) -> String? {
        modules.first { $0.vendor == vendor && $0.products.contains(product) }?.module
    }
}
