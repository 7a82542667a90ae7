/// The pages of a database file that may be damaged, each as the log beside it has it, or else as the file has it.
///
/// Follows the file format that SQLite documents (www.sqlite.org/fileformat2.html). Nothing in the file is trusted.
struct PageFile {
    /// Bytes of a file: from an offset on, that many, or fewer at the end; nil when they cannot be read.
    typealias Reading = (_ offset: Int, _ count: Int) -> [UInt8]?

    /// Bytes of a page.
    let pageSize: Int
    /// Bytes of a page that hold something.
    let usable: Int
    /// How many pages there are.
    let count: Int

    private let read: Reading
    private let readLog: Reading
    /// Where in the log the last version of a page is.
    private let logged: [Int: Int]

    init(read: @escaping Reading, size: Int, readLog: @escaping Reading, logSize: Int) {
        let head = read(0, 100) ?? []
        let said = head.count == 100 ? Int(head[16]) << 8 | Int(head[17]) : 0
        let isSaid = (512...32768).contains(said) && said & (said - 1) == 0
        // What this program makes, when the head is damaged.
        pageSize = isSaid ? said : said == 1 ? 65_536 : 1024
        let reserved = head.count == 100 && isSaid ? Int(head[20]) : 0
        usable = max(480, pageSize - reserved)
        self.read = read
        self.readLog = readLog
        let log = WriteAheadLog(read: readLog, size: logSize, pageSize: pageSize)
        logged = log.pages
        count = min(max((size + pageSize - 1) / pageSize, log.pagesInFile), 1 << 24)
    }

    /// Page `number`, counted from 1; nil when it cannot be read whole.
    func page(_ number: Int) -> [UInt8]? {
        guard (1...max(1, count)).contains(number) else { return nil }
        let bytes: [UInt8]?
        if let offset = logged[number] {
            bytes = readLog(offset, pageSize)
        } else {
            bytes = read((number - 1) * pageSize, pageSize)
        }
        return bytes.flatMap { $0.count == pageSize ? $0 : nil }
    }
}

/// The log of a database in WAL mode, as far as it is whole: what SQLite itself would take from it.
struct WriteAheadLog {
    /// Where the last committed version of each page begins.
    private(set) var pages: [Int: Int] = [:]
    /// How many pages the database had after the last commit; 0 when there was none.
    private(set) var pagesInFile = 0

    init(read: PageFile.Reading, size: Int, pageSize: Int) {
        guard size >= 32, let head = read(0, 32), head.count == 32 else { return }
        let magic = Self.number(head, 0)
        guard magic & ~1 == 0x377F_0682, Int(Self.number(head, 8)) == pageSize else { return }
        let isBig = magic & 1 == 1
        var sum = (first: UInt32(0), second: UInt32(0))
        Self.add(head[..<24], isBig, to: &sum)
        guard sum == (Self.number(head, 24), Self.number(head, 28)) else { return }
        var uncommitted: [(page: Int, offset: Int)] = []
        var offset = 32
        while offset + 24 + pageSize <= size {
            guard let frame = read(offset, 24 + pageSize), frame.count == 24 + pageSize,
                frame[8..<16].elementsEqual(head[16..<24])
            else { return }
            Self.add(frame[..<8], isBig, to: &sum)
            Self.add(frame[24...], isBig, to: &sum)
            guard sum == (Self.number(frame, 16), Self.number(frame, 20)) else { return }
            uncommitted.append((Int(Self.number(frame, 0)), offset + 24))
            let after = Int(Self.number(frame, 4))
            if after > 0 {
                for (page, place) in uncommitted { pages[page] = place }
                uncommitted = []
                pagesInFile = after
            }
            offset += 24 + pageSize
        }
    }

    private static func number(_ bytes: [UInt8], _ index: Int) -> UInt32 {
        bytes[index..<index + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func add(
        _ bytes: ArraySlice<UInt8>, _ isBig: Bool, to sum: inout (first: UInt32, second: UInt32)
    ) {
        var index = bytes.startIndex
        while index + 8 <= bytes.endIndex {
            sum.first &+= word(bytes, index, isBig) &+ sum.second
            sum.second &+= word(bytes, index + 4, isBig) &+ sum.first
            index += 8
        }
    }

    private static func word(_ bytes: ArraySlice<UInt8>, _ index: Int, _ isBig: Bool) -> UInt32 {
        let (a, b, c, d) = (bytes[index], bytes[index + 1], bytes[index + 2], bytes[index + 3])
        return isBig
            ? UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
            : UInt32(d) << 24 | UInt32(c) << 16 | UInt32(b) << 8 | UInt32(a)
    }
}
