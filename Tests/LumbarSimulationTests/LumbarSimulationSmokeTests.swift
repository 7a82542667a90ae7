import Testing

@Suite struct LumbarSimulationSmokeTests {
    @Test func placeholderUntilTheModuleHasTests() { #expect(Bool(true)) }
}
