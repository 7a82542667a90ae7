import ArgumentParser
import LumbarCore
import LumbarLinux
import LumbarStore

/// `lumbarctl db check`: whether the file is whole.
struct DatabaseCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check every page of the history, and of what people said.",
        discussion: """
            The daemon checks the file for a few seconds whenever it starts; this checks all of it, and may take minutes \
            for years of history on a slow card. The daemon may run meanwhile.

            Exit status: 0 it is sound, 65 it is damaged, 66 there is no history, 77 not allowed.
            """)

    @Flag(
        name: .customLong("json"), help: "Print one JSON object, as docs/schema/db.schema.json describes it.")
    var isJSON = false

    @OptionGroup var history: HistoryOptions

    func run() throws {
        try Failure.catching {
            try Failure.translating {
                let inHistory = try find()
                let said = Entries.path(beside: history.path)
                let inEntries = DatabaseFile(said) == nil ? [] : SaidStatus.findings(said)
                let findings = inHistory + inEntries.map { "what was said: " + $0 }
                let output = StandardOutput()
                if isJSON {
                    var object = JSONObject()
                    object.add("type", "db_check")
                    object.add("path", history.path)
                    object.add("sound", findings.isEmpty)
                    object.addRaw(
                        "findings", "[" + findings.map(JSONObject.quoted).joined(separator: ",") + "]")
                    try output.write(line: object.text)
                } else {
                    for finding in findings { try output.write(line: Printable.text(finding, limit: 400)) }
                    if findings.isEmpty { try output.write(line: "The history is sound.") }
                }
                try output.flush()
                if inHistory.isEmpty, !inEntries.isEmpty {
                    throw Failure(
                        .data, "\(said) is damaged; lumbarctl db recover takes over its newest backup")
                }
                if !findings.isEmpty {
                    throw Failure(
                        .data,
                        "\(history.path) is damaged; lumbard moves it aside when it meets the damage, and lumbarctl db "
                            + "recover gets back what can be had")
                }
            }
        }
    }

    private func find() throws -> [String] {
        let store: Store
        do {
            store = try history.open()
        } catch let failure as Failure where failure.status == .data {
            return [failure.message]
        }
        let began = BootClock.now()
        var told = began
        let findings = try store.integrityFindings {
            let now = BootClock.now()
            if StandardError.isTerminal, now >= told + .seconds(1) {
                told = now
                StandardError.put("\rchecking for \(Int((now - began).seconds)) s ")
            }
            return false
        }
        if told > began { StandardError.put("\r\u{1B}[K") }
        return findings ?? []
    }
}
