import CLinux
import Glibc
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// Long output on a terminal, with a pager that keeps what it was given in a file.
@Suite(.enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct PagerTests {
    private struct Shown {
        let status: Int32
        let terminal: String
        let paged: String
    }

    /// What becomes of the settings, all of them or what is `changed`, on a terminal of 24 rows.
    private func show(_ arguments: [String], environment: [String] = []) throws -> Shown {
        var shown: Shown?
        try withFolder { folder in
            let terminal = try PseudoTerminal.open()
            let near = open(terminal.path, O_RDWR | O_NOCTTY)
            defer { close(near) }
            var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
            _ = ioctl(near, UInt(TIOCSWINSZ), &size)
            try PrivateFile.create(folder + "/one.conf").write("[sitting]\n")
            let pager = "LUMBAR_PAGER=cat > \(folder)/paged; exit 3"
            let command = try CommandProcess(
                folder: folder, ["config", "show"] + arguments + [folder + "/one.conf"],
                terminal: terminal.path, environment: [pager] + environment)
            let text = read(terminal.master.number, until: command)
            shown = Shown(status: command.end(), terminal: text, paged: command.text(of: "paged"))
        }
        return try #require(shown)
    }

    private func read(_ far: Int32, until command: CommandProcess) -> String {
        var text = ""
        var part = [UInt8](repeating: 0, count: 65_536)
        var isOver = false
        while true {
            let count = Glibc.read(far, &part, part.count)
            if count > 0 { text += String(decoding: part[..<count], as: UTF8.self) }
            if count <= 0, isOver { return text }
            if count <= 0 {
                isOver = command.isOver
                poll(nil, 0, isOver ? 0 : 5)
            }
        }
    }

    @Test func moreThanAPageGoesThroughThePagerWholeAndNothingOfItPastIt() throws {
        let shown = try show([])
        #expect(shown.status == 0 && shown.terminal == "")
        #expect(shown.paged.hasPrefix("[") && shown.paged.split(separator: "\n").count > 100)
        let plain = try show(["--no-pager"])
        #expect(plain.paged == "")
        #expect(
            plain.terminal.split(separator: "\r\n").joined(separator: "\n")
                == shown.paged.split(separator: "\n").joined(separator: "\n"))
    }

    @Test func whatFitsAPageIsJustPrinted() throws {
        let shown = try show(["--changed"])
        #expect(shown.status == 0 && shown.paged == "")
    }

    @Test func aTerminalThatCanOnlyDoLinesGetsThemAsTheyCome() throws {
        let shown = try show([], environment: ["TERM=dumb"])
        #expect(shown.status == 0 && shown.paged == "" && shown.terminal.split(separator: "\r\n").count > 100)
    }
}
