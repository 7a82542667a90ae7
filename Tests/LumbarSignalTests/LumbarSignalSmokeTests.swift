import Testing

@Suite struct LumbarSignalSmokeTests {
    @Test func placeholderUntilTheModuleHasTests() { #expect(Bool(true)) }
}
