import ArgumentParser
import LumbarSimulation

/// What goes wrong on a simulated line: `loss=3000,silence=60+7,unplug=100+5`.
struct FaultsArgument: ExpressibleByArgument {
    let faults: SensorFaults

    /// What may be said, for help texts.
    static let grammar = """
        loss=BYTES, noise=BYTES, garbage=BYTES: every so many bytes one is lost, one is changed, some are put \
        in; silence=START+SECONDS: nothing is sent; babble=START+SECONDS: random bytes at full rate; \
        unplug=START+SECONDS: the sensor is gone
        """

    init?(argument: String) {
        var faults = SensorFaults()
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", omittingEmptySubsequences: false)
            guard pair.count == 2, Self.apply(String(pair[1]), as: pair[0], to: &faults) else { return nil }
        }
        self.faults = faults
    }

    private static func apply(_ value: String, as key: Substring, to faults: inout SensorFaults) -> Bool {
        if let count = Int(value), (1...1_000_000_000).contains(count) {
            switch key {
            case "loss": faults.bytesPerLoss = count
            case "noise": faults.bytesPerCorruption = count
            case "garbage": faults.bytesPerGarbageRun = count
            default: return false
            }
            return true
        }
        let span = value.split(separator: "+").compactMap { Double($0) }
        guard span.count == 2, span.allSatisfy({ $0 >= 0 && $0 < 1e6 }) else { return false }
        let window = SensorFaults.Window(start: span[0], duration: span[1])
        switch key {
        case "silence": faults.silences.append(window)
        case "babble": faults.garbage.append(window)
        case "unplug": faults.disconnections.append(window)
        default: return false
        }
        return true
    }
}
