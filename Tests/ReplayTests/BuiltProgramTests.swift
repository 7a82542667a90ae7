import LumbarTestKit
import Testing

@Suite struct BuiltProgramTests {
    // The tests that start the programs pass over themselves where that cannot work: here it must.
    @Test("the programs can be started, unless another processor is emulated")
    func start() { #expect(BuiltProgram.canRun || Trials.areEmulated) }
}
