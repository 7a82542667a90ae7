import LumbarCore

/// What a wearer can do for the sensor, so that it can do something for them.
enum SensorRules {
    static let all: [Rule] = []
}
