import Testing

@Suite struct LumbarDetectorsSmokeTests {
    @Test func placeholderUntilTheModuleHasTests() { #expect(Bool(true)) }
}
