import Glibc
import LumbarStore

/// A history that is filled apart from the present one, before it is merged into it.
struct StagingHistory {
    let path: String

    init(path: String) { self.path = path }

    /// One that goes when it is done with.
    init(beside history: String) { path = history + ".incoming" }

    /// Opens it, empty.
    func open() throws(StoreError) -> Store {
        var options = Store.Options()
        options.reserveBytes = 0
        delete()
        return try Store(writing: path, bootID: "", host: CommandHost(), options: options)
    }

    /// Brings everything into the one file and lets go of it.
    func close(_ store: Store) {
        store.close()
        unlink(path + ".lock")
    }

    /// Removes whatever is there of it.
    func delete() {
        for suffix in ["", "-wal", "-shm", "-journal", ".lock"] { unlink(path + suffix) }
    }
}
