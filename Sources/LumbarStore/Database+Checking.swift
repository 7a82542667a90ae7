extension Database {
    /// Checks the whole file, every table and index, and returns what is wrong with it: nothing when it is sound.
    ///
    /// This reads all of it and may take a while. Nil when `isOver` said that it was long enough; what was found is thrown
    /// away then.
    func integrityFindings(unless isOver: () -> Bool = { false }) throws(StoreError) -> [String]? {
        var findings: [String] = []
        do {
            let isWhole = try each(
                "PRAGMA integrity_check(100)", [], while: "checking \(path)", unless: isOver
            ) { row throws(StoreError) in
                let finding = row.text(0)
                if finding != "ok" { findings.append(finding) }
            }
            return isWhole ? findings : nil
        } catch {
            guard error.kind == .corrupt else { throw error }
            return findings + [error.reason]
        }
    }
}
