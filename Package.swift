// swift-tools-version: 6.0
import PackageDescription

// LUMBAR_STRICT=1 turns warnings in our own code into errors; LUMBAR_FUZZ=1 adds the fuzz targets.
let strict = Context.environment["LUMBAR_STRICT"] == "1"
let fuzzing = Context.environment["LUMBAR_FUZZ"] == "1"

let ours: [SwiftSetting] =
    [.swiftLanguageMode(.v6)] + (strict ? [.unsafeFlags(["-warnings-as-errors"])] : [])

// The tests replay days of samples: unoptimised, they take ten times as long, and an hour on an emulated processor.
// So what they test is optimised in debug builds too, with every assertion kept; LUMBAR_DEBUG=1 leaves it to a debugger.
let steppable = Context.environment["LUMBAR_DEBUG"] == "1"
let tested: [SwiftSetting] =
    ours
    + (steppable ? [] : [.unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))])

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: tested)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: tested)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["LumbarTestKit"], swiftSettings: ours)
}

// Who may import what is the table in ARCHITECTURE.md; `make check` holds the sources to it.
let parts: [Target.Dependency] = [
    "LumbarCore", "LumbarSettings", "LumbarDecoders", "LumbarSignal", "LumbarDetectors", "LumbarAlerts",
    "LumbarMeasures", "LumbarMonitor", "LumbarRecording", "LumbarStore", "LumbarReport", "LumbarLive",
    "LumbarLinux",
]
let everything = parts + ["LumbarSimulation", "LumbarRehearsal"]
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "lumbard",
    products: [
        .executable(name: "lumbard", targets: ["lumbard"]),
        .executable(name: "lumbarctl", targets: ["lumbarctl"]),
        .executable(name: "lumbar-notify", targets: ["lumbar-notify"]),
        .executable(name: "lumbar-bench", targets: ["lumbar-bench"]),
        .executable(name: "lumbar-days", targets: ["lumbar-days"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        .target(name: "CLinux"),
        .target(name: "CAllocationCount"),
        .systemLibrary(name: "CUdev", pkgConfig: "libudev", providers: [.apt(["libudev-dev"])]),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),

        // libm only for what is exact everywhere: rounding and square roots.
        .target(name: "LumbarCore", swiftSettings: tested, linkerSettings: [.linkedLibrary("m")]),
        library("LumbarSettings"),
        library("LumbarDecoders", ["LumbarCore", "LumbarSettings"]),
        library("LumbarSignal", ["LumbarCore", "LumbarSettings"]),
        library("LumbarDetectors", ["LumbarCore", "LumbarSettings"]),
        library("LumbarMeasures", ["LumbarCore"]),
        library("LumbarAlerts", ["LumbarCore", "LumbarSettings", "LumbarMeasures"]),
        library(
            "LumbarMonitor",
            [
                "LumbarCore", "LumbarSettings", "LumbarDecoders", "LumbarSignal", "LumbarDetectors",
                "LumbarAlerts",
            ]),
        library("LumbarRecording", ["LumbarCore", "LumbarMonitor"]),
        library("LumbarSimulation", ["LumbarCore", "LumbarDecoders"]),
        library(
            "LumbarRehearsal",
            [
                "LumbarCore", "LumbarDecoders", "LumbarDetectors", "LumbarAlerts", "LumbarMonitor",
                "LumbarRecording", "LumbarSignal", "LumbarSimulation",
            ]),
        library("LumbarStore", ["LumbarCore", "CSQLite"]),
        library("LumbarReport", ["LumbarCore", "LumbarMeasures", "LumbarStore"]),
        library(
            "LumbarLive", ["LumbarCore", "LumbarAlerts", "LumbarMonitor", "LumbarStore", "LumbarReport"]),
        library("LumbarLinux", ["LumbarCore", "CLinux", "CUdev", "CSystemd"]),

        program("lumbard", parts),
        program("lumbarctl", everything + ["CLinux", argumentParser]),
        program("lumbar-notify", ["LumbarCore", "LumbarLive", "LumbarLinux", "CSystemd"]),
        program("lumbar-bench", everything + ["CAllocationCount"]),
        program(
            "lumbar-days",
            [
                "LumbarCore", "LumbarDetectors", "LumbarLinux", "LumbarMonitor", "LumbarRehearsal",
                "LumbarSimulation", "LumbarStore",
            ]),

        .target(
            name: "LumbarTestKit", dependencies: ["LumbarLive"], path: "Tests/LumbarTestKit",
            swiftSettings: tested),
        tests("LumbarCoreTests", ["LumbarCore"]),
        tests("LumbarSettingsTests", ["LumbarSettings"]),
        tests("LumbarDecodersTests", ["LumbarCore", "LumbarDecoders", "LumbarSimulation"]),
        tests("LumbarSignalTests", ["LumbarCore", "LumbarSettings", "LumbarSignal", "LumbarSimulation"]),
        tests(
            "LumbarDetectorsTests",
            ["LumbarCore", "LumbarSettings", "LumbarDetectors", "LumbarSignal", "LumbarSimulation"]),
        tests("LumbarMeasuresTests", ["LumbarCore", "LumbarMeasures"]),
        tests("LumbarAlertsTests", ["LumbarCore", "LumbarSettings", "LumbarAlerts", "LumbarMeasures"]),
        tests(
            "LumbarMonitorTests",
            [
                "LumbarCore", "LumbarAlerts", "LumbarSettings", "LumbarDecoders", "LumbarMonitor",
                "LumbarSimulation",
            ]),
        tests(
            "LumbarRecordingTests",
            ["LumbarCore", "LumbarDecoders", "LumbarMonitor", "LumbarRecording", "LumbarSimulation"]),
        tests("LumbarSimulationTests", ["LumbarCore", "LumbarDecoders", "LumbarSimulation"]),
        tests(
            "LumbarReportTests",
            [
                "LumbarCore", "LumbarMeasures", "LumbarMonitor", "LumbarRehearsal", "LumbarStore",
                "LumbarReport", "LumbarLive",
            ]),
        tests("LumbarStoreTests", ["LumbarCore", "LumbarMeasures", "LumbarStore", "LumbarReport"]),
        tests(
            "LumbarLiveTests",
            ["LumbarCore", "LumbarAlerts", "LumbarMonitor", "LumbarStore", "LumbarReport", "LumbarLive"]),
        tests("LumbarLinuxTests", ["LumbarCore", "LumbarLinux", "LumbarLive", "CLinux", "CSystemd"]),
        tests("ReplayTests", everything + ["CAllocationCount"]),
    ] + (fuzzing ? [program("lumbar-fuzz", everything)] : [])
)
