extension Store {
    /// Checks the whole file, every table and index, and returns what is wrong with it: nothing when it is sound.
    ///
    /// This reads all of it and may take a while. Nil when `isOver` said that it was long enough; what was found is thrown
    /// away then.
    public func integrityFindings(unless isOver: () -> Bool = { false }) throws(StoreError) -> [String]? {
        try database.integrityFindings(unless: isOver)
    }
}
