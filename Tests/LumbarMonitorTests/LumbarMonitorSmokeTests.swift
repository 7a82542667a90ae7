import Testing

@Suite struct LumbarMonitorSmokeTests {
    @Test func placeholderUntilTheModuleHasTests() { #expect(Bool(true)) }
}
