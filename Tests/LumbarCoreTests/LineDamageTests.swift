import LumbarCore
import Testing

@Suite struct LineDamageTests {
    @Test func oneStretchIsRememberedAndIsNoBadLine() {
        var damage = LineDamage()
        damage.note(true)
        #expect(damage.isRemembered && !damage.isAbout)
        for _ in 0..<LineDamage.memory { damage.note(false) }
        #expect(!damage.isRemembered)
    }

    @Test func twoStretchesNearEachOtherAreABadLineForAWhile() {
        var damage = LineDamage()
        damage.note(true)
        for _ in 0..<LineDamage.memory - 1 { damage.note(false) }
        damage.note(true)
        #expect(damage.isAbout)
        damage.note(false)
        #expect(!damage.isAbout)
    }

    @Test func howeverBadItWasItIsOverSoon() {
        var damage = LineDamage()
        for _ in 0..<1000 { damage.note(true) }
        for _ in 0..<2 * LineDamage.memory { damage.note(false) }
        #expect(!damage.isAbout)
        for _ in 0..<LineDamage.memory { damage.note(false) }
        #expect(!damage.isRemembered)
    }
}
