import Testing

@Suite struct LumbarDecodersSmokeTests {
    @Test func placeholderUntilTheModuleHasTests() { #expect(Bool(true)) }
}
