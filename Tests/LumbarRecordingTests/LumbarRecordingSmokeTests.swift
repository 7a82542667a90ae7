import Testing

@Suite struct LumbarRecordingSmokeTests {
    @Test func placeholderUntilTheModuleHasTests() { #expect(Bool(true)) }
}
