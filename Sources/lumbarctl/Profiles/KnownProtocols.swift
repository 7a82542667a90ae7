import LumbarCore
import LumbarDecoders
import LumbarLinux

/// The protocols that commands know: those of the program, and the profiles of this machine.
enum KnownProtocols {
    /// With the profiles in `paths` besides; an error in one of those ends the command.
    ///
    /// One in a profile of the machine is told and passed over: whoever replays an old recording has nothing to do with it.
    static func catalog(profiles paths: [String] = []) throws -> DecoderCatalog {
        var catalog = DecoderCatalog()
        do throws(SystemError) {
            for file in try ConfigurationFiles.profiles() {
                do throws(TextProfileError) {
                    let profile = try TextProfile(file: file.path, bytes: file.bytes)
                    if !catalog.add(profile) { warn(TextProfile.nameIsTaken(profile.name, file.path)) }
                } catch {
                    for error in error.errors { warn(error.description) }
                }
            }
        } catch { warn("\(error)") }
        for path in paths {
            let profile = try read(path)
            guard catalog.add(profile) else {
                throw Failure(.data, TextProfile.nameIsTaken(profile.name, path))
            }
        }
        return catalog
    }

    /// The profile in a file; every error in it is told.
    static func read(_ path: String) throws -> TextProfile {
        let file = try InputFile(path: path)
        var bytes: [UInt8] = []
        while let piece = try file.next() {
            bytes += piece
            guard bytes.count <= 1 << 20 else {
                throw Failure(.data, "\(path): larger than a profile may be")
            }
        }
        do throws(TextProfileError) {
            return try TextProfile(file: path, bytes: bytes)
        } catch {
            for error in error.errors { StandardError.write(Printable.text(error.description, limit: 500)) }
            throw Failure(.data, "\(path): this profile cannot be used; lumbard.profile(5) explains each key")
        }
    }

    private static func warn(_ text: String) {
        StandardError.write("lumbarctl: warning: " + Printable.text(text, limit: 500))
    }
}
