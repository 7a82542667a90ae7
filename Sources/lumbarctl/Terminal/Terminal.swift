import Glibc

/// The terminal as a screen of our own, until this is gone: then it is as it was.
final class Terminal {
    private var before: termios?

    /// Whether it can do nothing but lines.
    static var isDumb: Bool {
        let name = getenv("TERM").map { String(cString: $0) } ?? ""
        return name.isEmpty || name == "dumb"
    }

    /// Whether its characters are not only ASCII.
    static var drawsBlocks: Bool {
        let names: [String] = ["LC_ALL", "LC_CTYPE", "LANG"]
        let values: [String] = names.map { name in getenv(name).map { String(cString: $0) } ?? "" }
        let locale = values.first { !$0.isEmpty } ?? ""
        return locale.lowercased().contains("utf-8") || locale.lowercased().contains("utf8")
    }

    /// How large it is now; 80 by 24 when it does not say.
    static var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Writes all of `text`; false when nobody reads it any more.
    @discardableResult
    static func write(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }

    /// Takes over the terminal: another page, no cursor, keys as they are typed and not shown.
    init() {
        var settings = termios()
        if tcgetattr(STDIN_FILENO, &settings) == 0 {
            before = settings
            settings.c_lflag &= ~tcflag_t(ECHO | ICANON)
            // To be stopped with ^Z would leave this page in the shell's way.
            withUnsafeMutableBytes(of: &settings.c_cc) { $0[Int(VSUSP)] = 0 }
            tcsetattr(STDIN_FILENO, TCSANOW, &settings)
        }
        Terminal.write("\u{1B}[?1049h\u{1B}[?25l")
    }

    deinit {
        Terminal.write("\u{1B}[?25h\u{1B}[?1049l")
        if var before { tcsetattr(STDIN_FILENO, TCSADRAIN, &before) }
    }

    /// Shows these lines and nothing else.
    func draw(_ lines: [String]) {
        // Each line erases what it leaves of the one before: to clear the page first would flicker.
        Terminal.write("\u{1B}[H" + lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n") + "\u{1B}[J")
    }

    /// Whether q was typed.
    func wantsToEnd() -> Bool {
        guard before != nil else { return false }
        var entry = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 0) > 0 else { return false }
        var byte: UInt8 = 0
        // At the end of the input the terminal is gone.
        guard read(STDIN_FILENO, &byte, 1) == 1 else { return true }
        return byte == UInt8(ascii: "q") || byte == UInt8(ascii: "Q")
    }
}
