import CLinux
import Glibc

/// How the bits of a serial line are sent: 8 data bits, no parity, 1 stop bit, raw, at any rate.
enum LineSettings {
    /// Makes the line raw at `baud` and then drops what was received before, which may have come at another rate.
    ///
    /// Raw as `cfmakeraw` makes it, with the modem lines ignored and the receiver on.
    static func makeRaw(_ number: Int32, baud: Int, path: String) throws(SystemError) {
        let doing = "set up \(path)"
        var settings = clinux_termios2()
        try system("TCGETS2", doing) { clinux_tcgets2(number, &settings) }
        let before = settings
        settings.c_iflag &= ~flags(IGNBRK, BRKINT, PARMRK, ISTRIP, INLCR, IGNCR, ICRNL, IXON, IXOFF)
        settings.c_oflag &= ~flags(OPOST)
        settings.c_lflag &= ~flags(ECHO, ECHONL, ICANON, ISIG, IEXTEN)
        settings.c_cflag &= ~(flags(CSIZE, PARENB, CSTOPB) | crtscts | clinux_CBAUD)
        settings.c_cflag |= flags(CS8, CLOCAL, CREAD) | clinux_BOTHER
        settings.c_ispeed = UInt32(baud)
        settings.c_ospeed = UInt32(baud)
        withUnsafeMutableBytes(of: &settings.c_cc) { characters in
            // With 0 an idle read returns 0, exactly as a hang-up does; with 1 it returns EAGAIN, the line not waiting.
            characters[Int(VMIN)] = 1
            characters[Int(VTIME)] = 0
        }
        try system("TCSETS2", doing) { clinux_tcsets2(number, &settings) }
        if changes(from: before, to: settings) { tcflush(number, TCIFLUSH) }
    }

    /// The rate the driver really uses; it may not have the one asked for.
    static func baud(of number: Int32) -> Int? {
        var settings = clinux_termios2()
        return clinux_tcgets2(number, &settings) == 0 ? Int(settings.c_ospeed) : nil
    }

    private static let crtscts: UInt32 = 0o20_000_000_000

    private static func flags(_ values: Int32...) -> UInt32 {
        values.reduce(0) { $0 | UInt32(bitPattern: $1) }
    }

    // What arrived before is garbage only if it was received in another way.
    private static func changes(from old: clinux_termios2, to new: clinux_termios2) -> Bool {
        old.c_ispeed != new.c_ispeed || old.c_iflag != new.c_iflag || old.c_lflag != new.c_lflag
            || old.c_cflag & ~clinux_CBAUD != new.c_cflag & ~clinux_CBAUD
    }
}
