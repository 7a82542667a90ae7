import CSQLite

/// A value on its way into a statement.
enum SQLValue {
    case null
    case int(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    static func int(_ value: Int) -> SQLValue { .int(Int64(value)) }
    static func flag(_ value: Bool) -> SQLValue { .int(value ? 1 : 0) }
    static func optional(_ value: Int?) -> SQLValue { value.map { .int($0) } ?? .null }
}

/// One prepared statement of a connection.
///
/// The text is a `StaticString`, so a value can only ever come in as a parameter.
final class Statement {
    let handle: OpaquePointer
    private let connection: OpaquePointer

    init(_ sql: StaticString, on connection: OpaquePointer, while action: String) throws(StoreError) {
        var made: OpaquePointer?
        let result = sql.withUTF8Buffer { text in
            text.withMemoryRebound(to: CChar.self) { chars in
                sqlite3_prepare_v3(
                    connection, chars.baseAddress, Int32(chars.count), UInt32(SQLITE_PREPARE_PERSISTENT),
                    &made, nil)
            }
        }
        guard result == SQLITE_OK, let made else { throw StoreError(connection, result, while: action) }
        handle = made
        self.connection = connection
    }

    /// A statement put together from the names of our own tables, which no value ever becomes a part of.
    init(ofOwnNames sql: String, on connection: OpaquePointer, while action: String) throws(StoreError) {
        var made: OpaquePointer?
        let result = sqlite3_prepare_v3(connection, sql, -1, 0, &made, nil)
        guard result == SQLITE_OK, let made else { throw StoreError(connection, result, while: action) }
        handle = made
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    func bind(_ values: [SQLValue], while action: String) throws(StoreError) {
        precondition(values.count == sqlite3_bind_parameter_count(handle), "one value for each parameter")
        var index: Int32 = 0
        for value in values {
            index += 1
            let result = bind(value, at: index)
            guard result == SQLITE_OK else { throw StoreError(connection, result, while: action) }
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, index)
        case .int(let number): return sqlite3_bind_int64(handle, index, number)
        case .real(let number): return sqlite3_bind_double(handle, index, number)
        case .blob(let bytes):
            return bytes.withUnsafeBytes { buffer in
                // An empty blob has no address, which SQLite would take for NULL.
                guard let start = buffer.baseAddress, !buffer.isEmpty else {
                    return sqlite3_bind_zeroblob(handle, index, 0)
                }
                return sqlite3_bind_blob(handle, index, start, Int32(buffer.count), Statement.copyNow)
            }
        case .text(var text):
            return text.withUTF8 { bytes in
                // An empty buffer may have no address, which SQLite would take for NULL.
                guard let start = bytes.baseAddress else {
                    return sqlite3_bind_text(handle, index, "", 0, nil)
                }
                return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    sqlite3_bind_text(handle, index, $0, Int32(bytes.count), Statement.copyNow)
                }
            }
        }
    }

    /// Runs to the next row; false when there is none left.
    func step(while action: String) throws(StoreError) -> Bool {
        let result = sqlite3_step(handle)
        switch result {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw StoreError(connection, result, while: action)
        }
    }

    /// Makes it ready for the next use, and lets go of what it read.
    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// SQLITE_TRANSIENT, which is a cast that Swift does not import: SQLite copies the text before it returns.
    private static let copyNow = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

/// The row a statement stands on; valid until the next step.
struct Row {
    let statement: Statement

    func int(_ column: Int32) -> Int64 { sqlite3_column_int64(statement.handle, column) }
    func count(_ column: Int32) -> Int { Int(clamping: int(column)) }
    func real(_ column: Int32) -> Double { sqlite3_column_double(statement.handle, column) }
    func flag(_ column: Int32) -> Bool { int(column) != 0 }
    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement.handle, column) == SQLITE_NULL }

    func blob(_ column: Int32) -> [UInt8] {
        guard let bytes = sqlite3_column_blob(statement.handle, column) else { return [] }
        let length = Int(sqlite3_column_bytes(statement.handle, column))
        return [UInt8](UnsafeRawBufferPointer(start: bytes, count: length))
    }

    func text(_ column: Int32) -> String {
        guard let bytes = sqlite3_column_text(statement.handle, column) else { return "" }
        let length = Int(sqlite3_column_bytes(statement.handle, column))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
    }
}
