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
