/// A page of one of the trees that a database file is made of.
struct TreePage {
    /// What the page is.
    enum Kind: UInt8 {
        /// Keys of an index, or rows of a table without row ids, with pages below.
        case indexInner = 2
        /// Row ids, with pages below.
        case tableInner = 5
        /// The last of an index, or of a table without row ids.
        case indexLeaf = 10
        /// Rows with their ids.
        case tableLeaf = 13
    }

    /// What stands in one place of the page.
    struct Cell {
        /// The page below, to its left.
        var child: Int?
        /// The row's id, where rows have one.
        var rowID: Int64?
        /// The values, or nil when the cell is damaged; pages that only lead on have none.
        var values: [SQLValue]?
    }

    let kind: Kind
    /// The cells, in order.
    private(set) var cells: [Cell] = []
    /// The page below, to the right of all cells.
    private(set) var last: Int?

    /// Longer rows than this are not ours.
    private static let longest = 1 << 20

    /// Reads `bytes`, page `number` of `file`; nil when it is no such page.
    init?(_ bytes: [UInt8], number: Int, in file: PageFile) {
        let head = number == 1 ? 100 : 0
        guard let kind = Kind(rawValue: bytes[head]) else { return nil }
        self.kind = kind
        let isInner = kind == .indexInner || kind == .tableInner
        let start = head + (isInner ? 12 : 8)
        let count = Int(bytes[head + 3]) << 8 | Int(bytes[head + 4])
        // The shortest cell takes four bytes and its place two.
        guard count <= (file.usable - start) / 2 else { return nil }
        if isInner { last = Self.number(bytes, head + 8) }
        for index in 0..<count {
            let place = start + 2 * index
            let offset = Int(bytes[place]) << 8 | Int(bytes[place + 1])
            guard offset >= start, offset < file.usable else {
                cells.append(Cell())
                continue
            }
            cells.append(Self.cell(bytes, at: offset, kind, file))
        }
    }

    private static func cell(_ bytes: [UInt8], at offset: Int, _ kind: Kind, _ file: PageFile) -> Cell {
        var cell = Cell()
        var reader = ByteReader(bytes, from: offset, to: file.usable)
        if kind == .indexInner || kind == .tableInner {
            guard let child = reader.bigEndian(4) else { return cell }
            cell.child = Int(child)
            if kind == .tableInner { return cell }
        }
        guard let length = reader.varint(), length > 0, length <= longest else { return cell }
        if kind == .tableLeaf {
            guard let id = reader.varint() else { return cell }
            cell.rowID = id
        }
        guard let payload = payload(Int(length), &reader, kind, file) else { return cell }
        cell.values = Record.values(payload)
        return cell
    }

    /// The bytes of a row: what stands in the page, and what runs over into others.
    private static func payload(
        _ length: Int, _ reader: inout ByteReader, _ kind: Kind, _ file: PageFile
    ) -> [UInt8]? {
        let usable = file.usable
        let most = kind == .tableLeaf ? usable - 35 : (usable - 12) * 64 / 255 - 23
        guard length > most else { return reader.bytes(length) }
        let least = (usable - 12) * 32 / 255 - 23
        let fitting = least + (length - least) % (usable - 4)
        guard var all = reader.bytes(fitting <= most ? fitting : least), let first = reader.bigEndian(4)
        else {
            return nil
        }
        var next = Int(first)
        // Every page adds some bytes, so a chain that bites its tail ends too.
        while all.count < length {
            guard next > 1, let page = file.page(next) else { return nil }
            all += page[4..<min(usable, 4 + length - all.count)]
            next = number(page, 0)
        }
        return all
    }

    private static func number(_ bytes: [UInt8], _ index: Int) -> Int {
        bytes[index..<index + 4].reduce(0) { $0 << 8 | Int($1) }
    }
}

/// Reads bytes one after the other, within bounds.
struct ByteReader {
    private let all: [UInt8]
    private var index: Int
    private let end: Int

    init(_ bytes: [UInt8], from: Int, to: Int) {
        all = bytes
        index = from
        end = min(to, bytes.count)
    }

    /// Where it stands.
    var position: Int { index }

    mutating func bytes(_ count: Int) -> [UInt8]? {
        guard count >= 0, count <= end - index else { return nil }
        defer { index += count }
        return Array(all[index..<index + count])
    }

    /// A number of up to eight bytes, the highest first.
    mutating func bigEndian(_ count: Int) -> UInt64? {
        guard count <= end - index else { return nil }
        defer { index += count }
        return all[index..<index + count].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A number of one to nine bytes, seven bits in each but the ninth.
    mutating func varint() -> Int64? {
        var value: UInt64 = 0
        for place in 0..<9 {
            guard index < end else { return nil }
            let byte = all[index]
            index += 1
            if place == 8 { return Int64(bitPattern: value << 8 | UInt64(byte)) }
            value = value << 7 | UInt64(byte & 0x7F)
            if byte & 0x80 == 0 { return Int64(bitPattern: value) }
        }
        return nil
    }
}

/// A row as a file stores it.
enum Record {
    /// The values of the record in `bytes`, or nil when it is none.
    static func values(_ bytes: [UInt8]) -> [SQLValue]? {
        var head = ByteReader(bytes, from: 0, to: bytes.count)
        guard let length = head.varint(), length >= 1, length <= bytes.count else { return nil }
        var body = ByteReader(bytes, from: Int(length), to: bytes.count)
        var values: [SQLValue] = []
        while head.position < Int(length) {
            guard let type = head.varint(), head.position <= Int(length), let value = value(type, &body)
            else {
                return nil
            }
            values.append(value)
        }
        // Nothing may be left over: a length that was hit would else pass.
        return body.position == bytes.count ? values : nil
    }

    private static func value(_ type: Int64, _ body: inout ByteReader) -> SQLValue? {
        switch type {
        case 0: return .null
        case 1...6:
            let count = [1, 2, 3, 4, 6, 8][Int(type) - 1]
            guard let bits = body.bigEndian(count) else { return nil }
            let shift = UInt64(64 - 8 * count)
            return .int(Int64(bitPattern: bits << shift) >> Int64(shift))
        case 7:
            guard let bits = body.bigEndian(8) else { return nil }
            let value = Double(bitPattern: bits)
            return value.isFinite ? .real(value) : nil
        case 8: return .int(Int64(0))
        case 9: return .int(Int64(1))
        case 12...:
            guard let bytes = body.bytes(Int(clamping: (type - 12) / 2)) else { return nil }
            if type % 2 == 0 { return .blob(bytes) }
            return String(validating: bytes, as: UTF8.self).map { .text($0) }
        default: return nil
        }
    }
}
