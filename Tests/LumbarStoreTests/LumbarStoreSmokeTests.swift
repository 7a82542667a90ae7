import Testing

@Suite struct LumbarStoreSmokeTests {
    @Test func placeholderUntilTheModuleHasTests() { #expect(Bool(true)) }
}
