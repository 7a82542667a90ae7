import LumbarCore

/// Finds a sensor's place by its identity, for every chunk of every sensor.
///
/// A few names are compared one after the other, which is quicker than hashing one; of many, a name is looked up, so
/// that a sensor costs the same beside a hundred others. Nothing is allocated but when a name is added.
struct DeviceIndex: Sendable {
    private var ids: [DeviceID] = []
    /// Places by identity, looked up and never gone through; empty while there are few.
    private var places: [DeviceID: Int] = [:]
    /// From here on a look-up is quicker than comparing half of them.
    private static let few = 8

    /// The identities in the order of their places.
    subscript(_ place: Int) -> DeviceID { ids[place] }

    /// How many there are.
    var count: Int { ids.count }

    /// Where `id` is, or nil.
    func place(of id: DeviceID) -> Int? {
        if ids.count > Self.few { return places[id] }
        for place in ids.indices where ids[place] == id { return place }
        return nil
    }

    /// Adds an identity that is not there yet at the end.
    mutating func append(_ id: DeviceID) {
        ids.append(id)
        makePlaces()
    }

    /// Removes one; those behind it move up by a place.
    mutating func remove(at place: Int) {
        ids.remove(at: place)
        makePlaces()
    }

    private mutating func makePlaces() {
        places.removeAll(keepingCapacity: true)
        guard ids.count > Self.few else { return }
        for place in ids.indices { places[ids[place]] = place }
    }
}
