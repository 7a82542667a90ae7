import Testing

@Suite struct LumbarSettingsSmokeTests {
    @Test func placeholderUntilTheModuleHasTests() { #expect(Bool(true)) }
}
