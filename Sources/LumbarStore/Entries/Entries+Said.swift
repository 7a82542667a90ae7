import LumbarCore

/// What a wearer has said that the alert policy goes by.
public struct WearerSaid: Sendable, Equatable {
    /// Who.
    public var wearer: WearerID
    /// When the latest spasm of the diary began; nil when there is none.
    public var spasm: WallTime?
    /// When that was noted.
    public var spasmNoted: WallTime?
    /// The answers to alerts, each rule once.
    public var answers: [RuleAnswers] = []

    /// Somebody who said nothing.
    public init(wearer: WearerID) { self.wearer = wearer }
}

extension Entries {
    /// What each wearer has said; answers count that were given to alerts raised at `since` or later, the last of each.
    public func said(answersSince since: WallTime) throws(StoreError) -> [WearerSaid] {
        var all: [WearerSaid] = []
        func place(of wearer: WearerID) -> Int {
            if let known = all.firstIndex(where: { $0.wearer == wearer }) { return known }
            all.append(WearerSaid(wearer: wearer))
            return all.count - 1
        }
        // In the order of time: the last one stays.
        for entry in try diary() where entry.kind == .spasm {
            let place = place(of: entry.wearer)
            (all[place].spasm, all[place].spasmNoted) = (entry.time, entry.written)
        }
        for answer in Entries.counting(try acknowledgements(since: since)) where answer.verdict != .later {
            let wearer = place(of: answer.alert.wearer)
            all[wearer].count(answer)
        }
        return all
    }
}

extension WearerSaid {
    fileprivate mutating func count(_ answer: Acknowledgement) {
        let rule = answer.alert.rule
        let known = answers.firstIndex { $0.rule == rule }
        if known == nil { answers.append(RuleAnswers(rule: rule, useful: 0, wrong: 0)) }
        let place = known ?? answers.count - 1
        if answer.verdict == .useful { answers[place].useful += 1 } else { answers[place].wrong += 1 }
    }
}

extension Entries {
    /// What `answers` add up to, each rule once; those that said "later" are no judgement.
    public static func ruleAnswers(_ answers: [Acknowledgement]) -> [RuleAnswers] {
        var said = WearerSaid(wearer: .sole)
        for answer in answers where answer.verdict != .later { said.count(answer) }
        return said.answers
    }
}
