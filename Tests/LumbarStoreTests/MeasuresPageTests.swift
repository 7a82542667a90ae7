import Glibc
import LumbarCore
import LumbarReport
import LumbarTestKit
import Testing

/// MEASURES.md explains every key of a summary.
@Suite struct MeasuresPageTests {
    @Test func everyKeyIsExplained() throws {
        let page = try #require(readFile("MEASURES.md"))
        let line = JSONLines(start: .zero).line(Samples.summary(Samples.date))
        // Keys of the object itself, not of those within it.
        let keys = line.split(separator: "\"").map(String.init).filter { word in
            line.contains("\"\(word)\":") && word.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" }
        }
        #expect(keys.count > 60)
        let within: Set<String> = ["p5", "p10", "p50", "p90", "p95", "p99", "type", "start_s", "end_s"]
        for key in keys where !within.contains(key) { #expect(page.contains("`\(key)`"), "\(key)") }
    }

    private func readFile(_ path: String) -> String? {
        guard let file = fopen("\(Repository.root)/\(path)", "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
