// swift-tools-version: 6.2
import PackageDescription

/// The fuzzers: a package of their own, because a plain build can't link them. It compiles the
/// rooms of the parent folder again (the folders in `Sources` are links), with coverage counters.
/// `run` builds and starts it.
let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "fuzz",
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0"),
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive"),
    .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter"),
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
      dependencies: ["Exact", "Trail", "Sampling", .product(name: "Yams", package: "Yams")],
      swiftSettings: house),
    .target(
      name: "Ingest",
      dependencies: [
        "Exact", "Trail", "Assurance", "CLibXML2", "CArchive", "CXLSXWriter",
        .product(name: "BigInt", package: "BigInt"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: house),
    .target(
      name: "Pack",
      dependencies: [
        "Exact", "Trail", "Sampling", "Assurance",
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: house),
    // The fuzzer brings its own start of the program.
    .executableTarget(
      name: "fuzz", dependencies: ["Exact", "Trail", "Sampling", "Assurance", "Ingest", "Pack"],
      path: "Sources/Driver",
      swiftSettings: house + [.unsafeFlags(["-parse-as-library"])]),
  ],
  swiftLanguageModes: [.v6]
)
