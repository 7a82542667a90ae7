import Testing

@Suite struct LumbarLinuxSmokeTests {
    @Test func placeholderUntilTheModuleHasTests() { #expect(Bool(true)) }
}
