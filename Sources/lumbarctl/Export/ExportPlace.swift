import Glibc
import LumbarCore

/// Where an export goes: the standard output, a file that is replaced whole, or files in a folder.
final class ExportPlace {
    private var files: [ReplacedFile] = []
    private let standard = StandardOutput()
    private let path: String?

    /// The standard output when `path` is nil or `-`.
    init(_ path: String?) { self.path = path == "-" ? nil : path }

    /// The one output.
    func single(mode: mode_t = 0o600) throws -> StandardOutput {
        guard let path else { return standard }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw Failure(.cannotCreate, "\(path): this is a folder; name a file in it")
        }
        return try add(path, mode)
    }

    /// A file of that name in the folder, which is made when it is not there.
    func file(_ name: String) throws -> StandardOutput {
        guard let path else { throw Failure(.usage, "name the folder for the files with --output") }
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw Failure(.cannotCreate, "cannot make this folder", path, errno: errno)
        }
        return try add(path + "/" + name, 0o600)
    }

    private func add(_ path: String, _ mode: mode_t) throws -> StandardOutput {
        let file = try ReplacedFile(path: path, mode: mode)
        files.append(file)
        return file.output
    }

    /// Everything is written: the files take their places.
    func commit() throws {
        try standard.flush()
        for file in files { try file.commit() }
    }
}
