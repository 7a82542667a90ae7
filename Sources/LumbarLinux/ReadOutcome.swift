import CLinux
import Glibc
import LumbarCore

/// What came of reading a sensor's node.
public enum ReadOutcome: Sendable, Equatable {
    /// This many bytes.
    case bytes(Int)
    /// Nothing yet.
    case nothing
    /// The other end is gone: unplugged, or the program behind a pseudo-terminal ended.
    case hangUp
    /// The node failed, in a way that is not a plain hang-up.
    case failure(SystemError)

    /// Reads what is there, without waiting, from a descriptor that does not block.
    ///
    /// Nothing at all on a node that polling called readable is a hang-up, and so are the errors of a device that is
    /// gone.
    init(reading number: Int32, into buffer: UnsafeMutableRawBufferPointer, path: String) {
        while true {
            let count = Glibc.read(number, buffer.baseAddress, buffer.count)
            if count > 0 {
                self = .bytes(count)
                return
            }
            switch count == 0 ? EIO : errno {
            case EINTR: continue
            case EAGAIN: self = .nothing
            case EIO, ENODEV, ENXIO, EPIPE: self = .hangUp
            default: self = .failure(.last("read", doing: "read \(Printable.text(path))"))
            }
            return
        }
    }
}
