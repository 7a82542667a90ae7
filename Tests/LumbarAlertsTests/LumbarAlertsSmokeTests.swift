import Testing

@Suite struct LumbarAlertsSmokeTests {
    @Test func placeholderUntilTheModuleHasTests() { #expect(Bool(true)) }
}
