import LumbarCore
import LumbarRehearsal
import LumbarSimulation

/// What serial lines let through that change bytes at random, by protocol.
enum DamageTable {
    static func measure(samples: Int, share: Double) {
        print(
            "\(DecimalText.fixed(share * 100, 2)) % of bytes changed at random; a wearer who sits, walks, bends, lifts and "
                + "falls, 100 Hz")
        print(
            "                   samples  undamaged    taken     wrong, of all samples        off by > 10 mg")
        print("protocol              sent       read             read         taken            or 1 degree/s")
        for wire in SensorModel.Wire.allCases where !wire.isPacketed {
            guard let line = DamagedLine(wire: wire, seed: 5) else { continue }
            var tally = DamagedLine.Tally()
            var seed: UInt64 = 1
            while tally.sent < samples {
                tally += line.play(share: share, seed: seed)
                seed += 1
            }
            let undamaged = Double(max(1, tally.undamaged))
            print(
                padded(wire.rawValue, 16) + right("\(tally.sent)", 10)
                    + right(percent(Double(tally.undamagedRead) / undamaged), 11)
                    + right(percent(Double(tally.undamagedTaken) / undamaged), 11)
                    + right(perMillion(tally.wrongRead, tally), 12)
                    + right(perMillion(tally.wrongTaken, tally), 12)
                    + right(perMillion(tally.farWrongTaken, tally), 16) + right("\(tally.gateViolations)", 6))
        }
    }

    private static func percent(_ share: Double) -> String { DecimalText.fixed(share * 100, 4) + " %" }

    private static func perMillion(_ count: Int, _ tally: DamagedLine.Tally) -> String {
        DecimalText.fixed(Double(count) / Double(max(1, tally.sent)) * 1e6, 2) + "e-6"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
