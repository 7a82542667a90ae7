extension Entries {
    /// Adds everything of `other` that is not here yet; of an entry that is in both, the later edit stays. What was removed
    /// in either is removed, unless it was edited after that.
    ///
    /// Returns how many rows were looked at. Doing it twice is the same as doing it once.
    @discardableResult
    public func add(all other: Entries) throws(StoreError) -> Int {
        let loads = try other.loads()
        let diary = try other.diary()
        let answers = try other.acknowledgements()
        for load in loads { try append(load) }
        for entry in diary { try append(entry) }
        for answer in answers { try append(answer) }
        for (id, time) in try other.removed() { try takeOver(removal: id, at: time) }
        return loads.count + diary.count + answers.count
    }
}
