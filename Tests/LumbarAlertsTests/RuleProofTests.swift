import LumbarAlerts
import LumbarCore
import Testing

/// Of every rule a script on which it speaks, and when to the second, and at least two near misses on which it does not.
///
/// A new rule does not compile without its own. What else there is to say of each stands in the suites about them.
@Suite struct RuleProofTests {
    /// What is told to a policy with every rule on and no silence after a connection, at nine in the morning.
    typealias Script = (inout Diary) -> Void

    struct Proof {
        /// What makes the rule speak, and what of it is told, in lines such as `30:00 sitting nudge #1 x1`.
        var speaks: Script
        var told: [String]
        /// What is nearly that, by what it lacks.
        var misses: [(String, Script)] = []

        init(_ told: [String], _ speaks: @escaping Script) {
            self.speaks = speaks
            self.told = told
        }

        func unless(_ what: String, _ script: @escaping Script) -> Proof {
            var proof = self
            proof.misses.append((what, script))
            return proof
        }
    }

    private func heard(_ rule: AlertRule, _ script: Script) -> [Alert] {
        var day = Diary(.allOn)
        day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 9), at: at(0))
        script(&day)
        return day.alerts.filter { $0.rule == rule }
    }

    @Test(arguments: AlertRule.allCases) func speaksToTheSecondAndNotOfNearMisses(_ rule: AlertRule) {
        let proof = proof(rule)
        let told = heard(rule, proof.speaks)
        #expect(told.map(Diary.line) == proof.told)
        #expect(told.allSatisfy { $0.time.nanoseconds % 1_000_000_000 == 0 }, "to the second")
        #expect(proof.misses.count >= 2)
        for (what, script) in proof.misses {
            let lines = heard(rule, script).map(Diary.line)
            #expect(lines.isEmpty, "\(rule.rawValue), \(what): \(lines)")
        }
    }

    func proof(_ rule: AlertRule) -> Proof {
        switch rule {
        case .sitting, .standing, .riding: onePosition(rule)
        case .sustainedFlexion, .endRange, .repeatedBends, .bentToday: bending(rule)
        case .lift, .twist, .turning, .afterRest, .digest: handling(rule)
        case .morning, .goodNews: ofTheDay(rule)
        case .training: training
        case .fall, .stillDown: falling(rule)
        case .offBody, .silentSensor, .untrusted, .staleUpright: ofTheSensor(rule)
        }
    }

    // MARK: One position

    private func onePosition(_ rule: AlertRule) -> Proof {
        switch rule {
        case .sitting:
            Proof(["25:00 sitting notice #1 x1", "30:00 sitting nudge #2 x1"]) {
                $0.sit(from: at(0), at: at(1))
                $0.advance(to: at(30))
            }
            .unless("up a second before") {
                $0.sit(from: at(0), at: at(20))
                $0.posture(.standing, from: at(24, 59), at: at(24, 59))
                $0.sit(from: at(0), at: at(26), ongoing: false)
                $0.advance(to: at(60))
            }
            .unless("a shift in the seat puts it off") {
                $0.sitThrough(to: 34, shifts: [20])
                $0.advance(to: at(34, 59))
            }
        case .standing:
            Proof(["40:00 standing notice #1 x1", "60:00 standing nudge #2 x1"]) {
                $0.posture(.standing, from: at(0), at: at(0, 5))
                $0.advance(to: at(60))
            }
            .unless("sits down a second before") {
                $0.posture(.standing, from: at(0), at: at(0, 5))
                $0.posture(.standing, from: at(0), at: at(39, 59), ongoing: false)
                $0.posture(.sitting, from: at(39, 59), at: at(39, 59))
                $0.advance(to: at(80))
            }
            .unless("a walk of a minute between") {
                $0.posture(.standing, from: at(0), at: at(0, 5))
                $0.posture(.standing, from: at(0), at: at(20), ongoing: false)
                $0.posture(.walking, from: at(20), at: at(20, 5))
                $0.posture(.walking, from: at(20), at: at(21), ongoing: false)
                $0.posture(.standing, from: at(21), at: at(21, 5))
                $0.advance(to: at(60, 59))
            }
        default:
            Proof(["60:00 riding notice #1 x1"]) {
                $0.ride(from: at(0), at: at(3))
                $0.advance(to: at(60))
            }
            .unless("over a second before") {
                $0.ride(from: at(0), at: at(3))
                $0.ride(from: at(0), at: at(59, 59), ongoing: false)
                $0.advance(to: at(80))
            }
            .unless("not heard of any more") {
                $0.ride(from: at(0), at: at(3))
                $0.policy.lost(at: at(40))
                $0.advance(to: at(80))
            }
        }
    }

    // MARK: Bends

    private func bending(_ rule: AlertRule) -> Proof {
        switch rule {
        case .sustainedFlexion:
            Proof(["6:00 sustained_flexion notice #1 x1", "7:00 sustained_flexion nudge #2 x1"]) {
                $0.bent(from: at(5), to: at(6), budget: 0.8)
                $0.bent(from: at(5), to: at(7), budget: 1)
            }
            .unless("not quite") { $0.bent(from: at(5), to: at(6), budget: 0.79) }
            .unless("walks off with it") {
                $0.posture(.walking, from: at(5), at: at(5))
                $0.bent(from: at(4), to: at(6), budget: 1)
                $0.bent(from: at(4), to: at(6, 5), budget: 1, ongoing: false)
                $0.advance(to: at(20))
            }
            .unless("over and not used up") { $0.bent(from: at(5), to: at(6), budget: 0.99, ongoing: false) }
        case .endRange:
            Proof(["5:01 end_range nudge #1 x1"]) {
                $0.bend(to: at(5), lasting: 12, share: 0.8, endRange: 9, ongoing: true)
                $0.bend(to: at(5, 1), lasting: 13, share: 0.8, endRange: 10, ongoing: true)
            }
            .unless("not for ten seconds") { $0.bend(to: at(5), lasting: 12, share: 0.8, endRange: 9.9) }
            .unless("range not known") { $0.bend(to: at(5), lasting: 20, share: nil, endRange: 0) }
        case .repeatedBends:
            Proof(["6:00 repeated_bends nudge #1 x1"]) {
                $0.bend(to: at(5), perMinute: 1.9)
                $0.bend(to: at(6), perMinute: 2)
            }
            .unless("not often enough") { $0.bend(to: at(6), perMinute: 1.99) }
            .unless("no bend for five minutes when it may be told") {
                $0.posture(.walking, from: at(5), at: at(5))
                $0.bend(to: at(6), perMinute: 3)
                $0.minute(to: at(12))
                $0.posture(.standing, from: at(14), at: at(14))
                $0.advance(to: at(30))
            }
        default:
            Proof(["41:00 bent_today nudge #1 x1"]) {
                for minute in Int64(1)...45 { $0.minute(to: at(minute), over30: 60) }
            }
            .unless("a second short of it") {
                for minute in Int64(1)...39 { $0.minute(to: at(minute), over30: 60) }
                $0.minute(to: at(40), over30: 59)
            }
            .unless("seated, and forward is not known") {
                for minute in Int64(1)...60 {
                    $0.minute(to: at(minute), over30: 60, sitting: 60, forwardUnknown: true)
                }
            }
        }
    }

    // MARK: Handling

    private func handling(_ rule: AlertRule) -> Proof {
        switch rule {
        case .lift:
            Proof(["5:00 lift nudge #1 x1"]) {
                $0.lift(at: at(5))
            }
            .unless("under no strain") { $0.lift(at: at(5), underStrain: false) }
            .unless("walks on for more than a minute") {
                $0.posture(.walking, from: at(4), at: at(4))
                $0.lift(at: at(5))
                $0.posture(.standing, from: at(6, 10), at: at(6, 14))
            }
        case .twist:
            Proof(["5:00 twist nudge #1 x1"]) {
                $0.twist(at: at(5))
            }
            .unless("without a lift") { $0.twist(at: at(5), afterLift: false) }
            .unless("of a lift that was told") {
                $0.lift(at: at(5), strain: [.twisted])
                $0.twist(at: at(5, 2))
            }
        case .turning:
            Proof(["5:05 turning nudge #1 x1"]) {
                $0.twist(at: at(5), afterLift: false)
                $0.advance(to: at(6))
            }
            .unless("a lift follows") {
                $0.twist(at: at(5), afterLift: false)
                $0.lift(at: at(5, 4))
                $0.advance(to: at(6))
            }
            .unless("in bed") {
                $0.posture(.lying, from: at(1), at: at(1))
                $0.twist(at: at(5), afterLift: false)
                $0.advance(to: at(10))
            }
        case .afterRest:
            Proof(["42:14 after_rest nudge #1 x1"]) {
                Self.rest(&$0, minutes: 40)
                $0.bend(to: at(42, 14), peak: 70)
            }
            .unless("no half hour") {
                Self.rest(&$0, minutes: 29)
                $0.bend(to: at(31, 14), peak: 70)
            }
            .unless("no deep bend") {
                Self.rest(&$0, minutes: 40)
                $0.bend(to: at(42, 14), peak: 59.9)
            }
            .unless("five minutes later") {
                Self.rest(&$0, minutes: 40)
                $0.bend(to: at(45, 15), peak: 70)
            }
        default:
            Proof(["20:00 digest nudge #1 x2"]) {
                for minute in [Int64(10), 12, 14] { $0.lift(at: at(minute)) }
                $0.advance(to: at(30))
            }
            .unless("one is no digest") {
                for minute in [Int64(10), 12] { $0.lift(at: at(minute)) }
                $0.advance(to: at(200))
            }
            .unless("walks until it is no news") {
                for minute in [Int64(10), 12, 14] { $0.lift(at: at(minute)) }
                $0.posture(.walking, from: at(19), at: at(19))
                $0.posture(.standing, from: at(140), at: at(140))
                $0.advance(to: at(200))
            }
        }
    }

    /// A long time in the seat, nearly still, until ten seconds after `minutes`.
    private static func rest(_ day: inout Diary, minutes: Int64) {
        day.posture(.sitting, from: at(0), at: at(0))
        day.sit(from: at(0), at: at(minutes), shifts: 1)
        day.posture(.standing, from: at(minutes, 10), at: at(minutes, 14))
    }

    // MARK: The day

    private func ofTheDay(_ rule: AlertRule) -> Proof {
        switch rule {
        case .morning:
            Proof(["70:00 morning notice #1 x1"]) {
                Self.rise(&$0, guarded: 7200)
                $0.bend(to: at(70))
            }
            .unless("two hours later") {
                Self.rise(&$0, guarded: 7200)
                $0.bend(to: at(180, 4))
            }
            .unless("switched off") {
                Self.rise(&$0, guarded: 0)
                $0.bend(to: at(70))
            }
        default:
            Proof(["121:00 good_news notice #1 x1"]) { Self.start(&$0, [(0, 25), (30, 29), (70, 20)]) }
                .unless("one bout of half an hour") { Self.start(&$0, [(0, 25), (30, 30)]) }
                .unless("one bout is no habit") { Self.start(&$0, [(0, 25)]) }
        }
    }

    private static func rise(_ day: inout Diary, guarded: Double) {
        let rising = Rising(lyingSeconds: 20_000, guardedSeconds: guarded)
        day.tell(.rising(rising), from: at(60), to: at(60))
    }

    /// The first two hours of a day, with bouts of sitting from some minute on for so many minutes.
    private static func start(_ day: inout Diary, _ bouts: [(Int64, Int64)]) {
        for (start, length) in bouts { day.rise(from: at(start), at: at(start + length)) }
        for minute in Int64(1)...125 { day.minute(to: at(minute), sitting: 40, standing: 20) }
    }

    // MARK: A training

    private var training: Proof {
        func asked(_ day: inout Diary) {
            let plan = TrainingPlan(since: WallTime(unixSeconds: 0), target: 0.2, baseline: 0.4)
            day.policy.apply(.training(TrainingLog(plan: plan)), at: at(0))
        }
        return Proof([
            "5:00 training notice #1 x1", "9:00 training notice #2 x1", "45:00 training notice #3 x2",
        ]) {
            asked(&$0)
            $0.posture(.standing, from: at(0), at: at(0))
            $0.bend(to: at(8), peak: 60)
            $0.bend(to: at(9), peak: 60.1)
            $0.advance(to: at(45))
        }
        .unless("not asked for") {
            $0.posture(.standing, from: at(0), at: at(0))
            $0.bend(to: at(9), peak: 60.1)
            $0.advance(to: at(45))
        }
        .unless("sits down a second before") {
            asked(&$0)
            $0.posture(.standing, from: at(0), at: at(0))
            $0.posture(.standing, from: at(0), at: at(4, 59), ongoing: false)
            $0.posture(.sitting, from: at(4, 59), at: at(4, 59))
            $0.advance(to: at(45))
        }
    }

    // MARK: Falls

    private func falling(_ rule: AlertRule) -> Proof {
        switch rule {
        case .fall:
            Proof(["1:05 fall urgent #1 x1"]) {
                $0.fall(at: at(1), told: at(1, 5))
            }
            .unless("a hard lift") { $0.lift(at: at(1), strain: [.deep, .fast, .jerky]) }
            .unless("a record of who still lies") { $0.stillDown(since: at(1), seconds: 30) }
        default:
            Proof(["1:30 still_down urgent #1 x1", "2:00 still_down urgent #2 x1"]) {
                $0.fall(at: at(1), told: at(1, 5))
                $0.stillDown(since: at(1), seconds: 30)
                $0.stillDown(since: at(1), seconds: 60)
            }
            .unless("up again") {
                $0.fall(at: at(1), told: at(1, 5))
                $0.posture(.standing, from: at(1, 20), at: at(1, 24))
                $0.advance(to: at(10))
            }
            .unless("a second before") {
                $0.fall(at: at(1), told: at(1, 5))
                $0.stillDown(since: at(1), seconds: 29)
            }
        }
    }

    // MARK: The sensor

    private func ofTheSensor(_ rule: AlertRule) -> Proof {
        switch rule {
        case .offBody:
            Proof(["130:00 off_body notice #1 x1"]) {
                $0.posture(.notWorn, from: at(10), at: at(15))
                $0.advance(to: at(300))
            }
            .unless("put on a second before") {
                $0.posture(.notWorn, from: at(10), at: at(15))
                $0.posture(.standing, from: at(129, 59), at: at(129, 59))
                $0.advance(to: at(300))
            }
            .unless("in the evening") {
                $0.posture(.notWorn, from: at(541), at: at(541))
                $0.advance(to: at(23 * 60))
            }
        case .silentSensor:
            Proof(["30:00 silent_sensor notice #1 x1"]) {
                $0.policy.lost(at: at(10))
                $0.advance(to: at(60))
            }
            .unless("heard a second before") {
                $0.policy.lost(at: at(10))
                $0.advance(to: at(29, 59))
                $0.policy.connected(at: at(29, 59))
                $0.advance(to: at(60))
            }
            .unless("in the evening") {
                $0.policy.lost(at: at(641))
                $0.advance(to: at(23 * 60))
            }
        case .untrusted: trust(.moved, minutes: 10, rule)
        default: trust(.stale, minutes: 30, rule)
        }
    }

    private func trust(_ trust: MountTrust, minutes: Int64, _ rule: AlertRule) -> Proof {
        Proof(["\(5 + minutes):00 \(rule.rawValue) notice #1 x1"]) {
            $0.policy.setTrust(trust, at: at(5))
            $0.advance(to: at(100))
        }
        .unless("confirmed a second before") {
            $0.policy.setTrust(trust, at: at(5))
            $0.advance(to: at(4 + minutes, 59))
            $0.policy.setTrust(.trusted, at: at(4 + minutes, 59))
            $0.advance(to: at(100))
        }
        .unless("nobody wears it") {
            $0.posture(.notWorn, from: at(1), at: at(1))
            $0.policy.setTrust(trust, at: at(5))
            $0.advance(to: at(100))
        }
    }
}
