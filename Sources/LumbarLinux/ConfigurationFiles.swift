import CLinux
import Glibc

/// One file of a configuration.
public struct ConfigurationFile: Sendable, Equatable {
    /// Where it is.
    public var path: String
    /// What it says.
    public var bytes: [UInt8]
}

/// The files of a configuration, read in systemd's order: the main file, then `FILE.d/*.conf` by name.
public enum ConfigurationFiles {
    /// The main file of an installed daemon.
    public static let standardPath = "/etc/lumbard/lumbard.conf"
    /// Where profiles are: those of packages, then those of this machine.
    public static let profileFolders = ["/usr/share/lumbard/profiles", "/etc/lumbard/profiles"]
    /// How large a file may be.
    static let longest = 1 << 20

    /// Reads the files `*.profile` of `folders`, in this order and by name; folders may be missing.
    public static func profiles(in folders: [String] = profileFolders) throws(SystemError)
        -> [ConfigurationFile]
    {
        var files: [ConfigurationFile] = []
        for folder in folders {
            for name in directoryEntries(folder).sorted()
            where name.hasSuffix(".profile") && !name.hasPrefix(".") {
                let path = folder + "/" + name
                files.append(ConfigurationFile(path: path, bytes: try readSmallFile(path, limit: longest)))
            }
        }
        return files
    }

    /// Reads the main file and its drop-ins.
    ///
    /// - Parameter isRequired: whether a missing main file is an error; drop-ins count without it all the same.
    public static func read(_ main: String, isRequired: Bool) throws(SystemError) -> [ConfigurationFile] {
        var files: [ConfigurationFile] = []
        do throws(SystemError) {
            files.append(ConfigurationFile(path: main, bytes: try readSmallFile(main, limit: longest)))
        } catch {
            guard error.number == ENOENT, !isRequired else { throw error }
        }
        let folder = main + ".d"
        for name in directoryEntries(folder).sorted() where name.hasSuffix(".conf") && !name.hasPrefix(".") {
            let path = folder + "/" + name
            files.append(ConfigurationFile(path: path, bytes: try readSmallFile(path, limit: longest)))
        }
        return files
    }
}
