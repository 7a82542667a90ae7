import Glibc
import LumbarCore

@main
enum Main {
    static func main() {
        var socket = "/run/lumbard/lumbard.sock"
        var rest = CommandLine.arguments.dropFirst()
        while let argument = rest.popFirst() {
            switch argument {
            case "--help", "-h":
                print(help)
                return
            case "--version", "-V":
                print("lumbar-notify " + ReleaseName.version)
                return
            case "--socket":
                guard let path = rest.popFirst(), !path.isEmpty else { end(64, "--socket wants a path") }
                socket = path
            default: end(64, "there is no option \(argument); see lumbar-notify --help")
            }
        }
        var said = ""
        do {
            try Notifier(socket: socket) { line in
                // Said once, however often it is tried.
                if line != said { complain(line) }
                said = line
            }.run()
        } catch {
            end(69, "\(error)")
        }
    }

    private static func end(_ status: Int32, _ line: String) -> Never {
        complain(line)
        exit(status)
    }

    private static func complain(_ line: String) {
        let bytes = Array("lumbar-notify: \(Printable.text(line, limit: 1000))\n".utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    private static let help = """
        lumbar-notify: shows what lumbard says as notifications of the desktop.

        Usage: lumbar-notify [--socket PATH]

        It listens at lumbard's live socket (/run/lumbard/lumbard.sock, for members of the group lumbard) and runs in
        the session of a user: systemctl --user enable --now lumbar-notify. Buttons snooze for half an hour, or say
        that an alert was not true, or useful. A word ahead of a nudge stays in the journal; nothing but a possible
        fall disturbs a desktop that is not to be.

              --socket PATH  Listen at this socket.
          -V, --version      Print the version, and exit.
          -h, --help         Print this, and exit.

        Exit status, as in sysexits.h: 64 wrong options, 69 there is no session bus, or it is gone.
        """
}
