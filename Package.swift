// swift-tools-version: 6.2
import PackageDescription

/// House rules for every target of ours: Swift 6 mode, warnings are errors, imports are internal
/// unless said otherwise, members are visible only through a declared import.
let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "assure",
  products: [
    .executable(name: "assure", targets: ["assure"]),
    .executable(name: "benchmarks", targets: ["Benchmarks"]),
    // Audit sampling for any Swift program: sizes, selection, evaluation.
    .library(name: "Sampling", targets: ["Sampling"]),
    // Exact decimals, fractions and intervals, which Sampling's interface speaks.
    .library(name: "Exact", targets: ["Exact"]),
  ],
  dependencies: [
    // Command line: parsing, help, completion, man page. Apple's own, in every Swift tool we know.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // SHA-256, SHA-512, Ed25519 and the other curves of SSH signatures; BoringSSL underneath.
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    // Integers without a limit, for fractions that decide a sample size or a tie.
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    // SQLite with migrations and safe concurrency; its raw handle is used for bulk inserts.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // YAML for policies and engagement.yaml, which people write by hand.
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Doors to C: a module map and a shim each.
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),

    // Rooms, lowest first. A room may import what stands above it in this list, never below.
    .target(
      name: "Exact",
      dependencies: [.product(name: "BigInt", package: "BigInt")], swiftSettings: house),
    .target(
      name: "Trail",
      dependencies: [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ],
      swiftSettings: house),
    .target(
      name: "Sampling",
      dependencies: [
        "Exact", .product(name: "BigInt", package: "BigInt"),
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: house),
    .target(
      name: "Assurance",
      dependencies: [
        "Exact", "Trail", "Sampling", .product(name: "BigInt", package: "BigInt"),
        .product(name: "Yams", package: "Yams"),
      ], swiftSettings: house),
    .target(
      name: "TieOut", dependencies: ["Exact"],
      // Words as data, compiled in: a single program needs no folder beside it.
      resources: [.embedInCode("Vocabulary")], swiftSettings: house),
    .testTarget(
      name: "TieOutTests", dependencies: ["TieOut", "Exact"], swiftSettings: house),
    .target(
      name: "Ingest",
      dependencies: [
        "Exact", "Trail", "Assurance", "CLibXML2", "CArchive", "CXLSXWriter",
        .product(name: "BigInt", package: "BigInt"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "IngestTests", dependencies: ["Ingest", "Assurance", "Exact"],
      exclude: ["Fixtures"], swiftSettings: house),
    .target(
      name: "Pack",
      dependencies: [
        "Exact", "Trail", "Sampling", "Assurance", "TieOut",
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: house),
    // Mutated inputs through every parser of foreign bytes; the long runs are in Tests/Fuzz.
    .testTarget(
      name: "FuzzTests", dependencies: ["Trail", "Sampling", "Assurance", "Ingest", "Pack"],
      swiftSettings: house),
    .target(
      name: "Workbench",
      dependencies: [
        "Exact", "Trail", "Sampling", "Assurance", "TieOut", "Ingest", "Pack",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Yams", package: "Yams"),
      ], swiftSettings: house),
    .executableTarget(
      name: "assure",
      dependencies: [
        "Exact", "Trail", "Sampling", "Assurance", "TieOut", "Ingest", "Pack", "Workbench",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: house),
    .testTarget(
      name: "TrailTests",
      dependencies: ["Trail", .product(name: "Crypto", package: "swift-crypto")],
      exclude: ["Fixtures"], swiftSettings: house),

    .testTarget(
      name: "SamplingTests",
      dependencies: ["Sampling", "Exact", .product(name: "BigInt", package: "BigInt")],
      exclude: ["Fixtures"], swiftSettings: house),

    // Coverage of the bounds by simulation, the price of tickets, the speed of ingest: too slow
    // for a test.
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Sampling", "Exact", "Trail", "Assurance", "Pack", "CLibXML2", "CArchive",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ], path: "Tests/Benchmarks", swiftSettings: house),

    // Writes the made-up source data of Samples/Water; imports no room, so as not to share mistakes.
    .executableTarget(name: "samples", path: "Samples/Generator", swiftSettings: house),
    .testTarget(name: "SamplesTests", dependencies: ["samples"], swiftSettings: house),

    .testTarget(
      name: "ExactTests",
      dependencies: ["Exact", .product(name: "BigInt", package: "BigInt")], swiftSettings: house),
    .testTarget(
      name: "PackTests",
      dependencies: [
        "Exact", "Trail", "Sampling", "Assurance", "TieOut", "Pack",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      exclude: ["Fixtures"], swiftSettings: house),
    .testTarget(
      name: "WorkbenchTests",
      dependencies: [
        "Exact", "Trail", "Assurance", "TieOut", "Ingest", "Pack", "Workbench",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "AssuranceTests", dependencies: ["Assurance", "Exact"],
      exclude: ["Fixtures"], swiftSettings: house),

    // House rules: reads the sources, and runs the README's commands against the built program.
    .testTarget(name: "TidyTests", dependencies: ["assure"], swiftSettings: house),
    // Runs the built program as a user would; the dependency on it only has it built.
    .testTarget(
      name: "TranscriptTests", dependencies: ["assure", "samples", "CArchive"],
      exclude: ["Transcripts", "Fixtures"], swiftSettings: house),
  ],
  swiftLanguageModes: [.v6]
)
