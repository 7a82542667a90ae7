import Glibc

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
    FuzzTarget.chosen.run(UnsafeBufferPointer(start: data, count: count))
    return 0
}

/// The target is chosen by the environment variable `LUMBAR_FUZZ_TARGET`, because libFuzzer owns the arguments.
let chosenTarget = getenv("LUMBAR_FUZZ_TARGET").map { String(cString: $0) } ?? ""
guard FuzzTarget(rawValue: chosenTarget) != nil else {
    let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
    let message = "lumbar-fuzz: set LUMBAR_FUZZ_TARGET to one of " + names + "\n"
    _ = write(STDERR_FILENO, message, message.utf8.count)
    exit(64)
}
var argumentCount = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(runFuzzer(&argumentCount, &arguments, tryInput))
