/// What an owner has declared about devices: by identity, by path, and in general.
public struct SensorDeclarations: Sendable, Equatable {
    /// Something said about one sensor.
    public struct Entry: Sendable, Equatable {
        /// An identity, or a path.
        public var id: String
        /// Whether it is to be used; otherwise it is never opened.
        public var isUsed: Bool

        /// Something said about the sensor called `id`.
        public init(id: String, isUsed: Bool) {
            self.id = id
            self.isUsed = isUsed
        }
    }

    /// Whether common converter chips are listened to.
    public var listens = true
    /// Whether a sensor is used that was found by listening and that nobody declared.
    public var trustsAll = false
    /// Paths of lines that are opened whatever they are.
    public var paths: [String] = []
    /// What is said about single sensors.
    public var entries: [Entry] = []

    /// Nothing declared.
    public init() {}
}
