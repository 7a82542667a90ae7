import Glibc
import LumbarCore
import LumbarStore

/// Makes files for a store in a folder of the test, beside which programs read.
final class FolderHost: StoreHost {
    func createPrivateFile(_ path: String, size: Int) throws(StoreError) {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StoreError(.other, action: "creating \(path)", reason: "refused") }
        close(file)
    }

    func rename(_ old: String, to new: String) throws(StoreError) {}
    func lock(_ path: String) throws(StoreError) {}
    func now() -> Instant { .zero }
}

extension Store {
    /// A new history in a folder of the test, `lumbard.db`, whose boot began at 10:00 UTC on 21 November 2026.
    static func new(in folder: TemporaryFolder) throws -> Store {
        let store = try Store(writing: folder.path + "/lumbard.db", bootID: "boot-1", host: FolderHost())
        try store.append(
            anchor: WallAnchor(instant: .zero, wall: WallTime(unixSeconds: 1_795_255_200), zone: .utc))
        return store
    }
}
