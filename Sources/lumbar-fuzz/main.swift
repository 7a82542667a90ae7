import Glibc

#if COVERAGE_GUIDED
    // libFuzzer's own main, called from ours: Swift needs a main of its own, and the driver takes the callback.
    @_silgen_name("LLVMFuzzerRunDriver")
    func runFuzzer(
        _ argumentCount: UnsafeMutablePointer<Int32>,
        _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
        _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
    ) -> Int32

    /// The name is the one that the fuzzer's library wants to find.
    @_cdecl("LLVMFuzzerTestOneInput")
    func tryInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
        chosenTarget?.run(UnsafeBufferPointer(start: data, count: count))
        return 0
    }

    /// The target is chosen by an environment variable, because libFuzzer owns the arguments.
    let chosenTarget = getenv("LUMBAR_FUZZ_TARGET").flatMap { FuzzTarget(rawValue: String(cString: $0)) }
    if chosenTarget == nil && !CommandLine.arguments.contains("--structured") {
        Complaint.end("set LUMBAR_FUZZ_TARGET to one of " + FuzzTarget.names)
    }
    if chosenTarget != nil {
        var argumentCount = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(runFuzzer(&argumentCount, &arguments, tryInput))
    }
#endif

StructuredOptions(CommandLine.arguments.dropFirst()).run()
