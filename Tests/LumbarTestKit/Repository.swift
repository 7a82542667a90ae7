import Glibc

/// The files of the repository the tests are of.
public enum Repository {
    /// Its folder: where these sources were compiled, or the present folder where the tests run on another machine.
    public static let root: String = {
        let built = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return access(built + "/Recordings", R_OK) == 0 ? built : "."
    }()
}
