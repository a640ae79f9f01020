// swift-tools-version: 6.2
import PackageDescription

let own: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let network: [Target.Dependency] = [
  .product(name: "Crypto", package: "swift-crypto"),
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOHTTP1", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
  .product(name: "NIOSSL", package: "swift-nio-ssl"),
  .product(name: "NIOTLS", package: "swift-nio"),
  .product(name: "SwiftASN1", package: "swift-asn1"),
  .product(name: "X509", package: "swift-certificates"),
]

let package = Package(
  name: "launchgate",
  products: [
    .executable(name: "launchgate", targets: ["launchgate"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
  ],
  targets: [
    .target(
      name: "CNcurses",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "CChecklists"),
    .target(
      name: "Checklist", dependencies: [.product(name: "Yams", package: "Yams")],
      swiftSettings: own),
    .target(
      name: "BundledChecklists", dependencies: ["CChecklists"], path: "Checklists",
      exclude: [
        "go-live-20.sources.tsv", "go-live-20.yaml", "production-25.sources.tsv",
        "production-25.yaml", "references.tsv", "saas-playbook.sources.tsv", "saas-playbook.yaml",
      ],
      swiftSettings: own),
    .target(
      name: "Evidence",
      dependencies: [
        "Checklist", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
      ],
      swiftSettings: own),
    .target(name: "Gate", dependencies: ["Checklist", "Evidence"], swiftSettings: own),
    .target(
      name: "Reports",
      dependencies: [
        "Checklist", "Evidence", "Gate", .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: own),
    .target(
      name: "Probes",
      dependencies: [
        "Checklist", .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ] + network,
      swiftSettings: own),
    .target(
      name: "Session", dependencies: ["Checklist", "Evidence", "Gate"], swiftSettings: own),
    .target(
      name: "TerminalUI", dependencies: ["Checklist", "Evidence", "Gate", "Session"],
      swiftSettings: own),
    .target(
      name: "Terminal", dependencies: ["CNcurses", "Session", "TerminalUI"], swiftSettings: own),
    .target(name: "Demo", dependencies: ["Checklist"] + network, swiftSettings: own),
    .executableTarget(
      name: "launchgate",
      dependencies: [
        "BundledChecklists", "Checklist", "Demo", "Evidence", "Gate", "Probes", "Reports",
        "Session", "Terminal", "TerminalUI",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: own),
    .target(
      name: "TestSupport",
      dependencies: [
        "BundledChecklists", "Checklist", "Evidence", "Gate", "Session", "TerminalUI",
      ],
      path: "Tests/TestSupport", swiftSettings: own),
    .executableTarget(
      name: "TerminalExample", dependencies: ["Session", "Terminal", "TerminalUI"],
      path: "Tests/TerminalExample", swiftSettings: own),
    .testTarget(
      name: "ChecklistTests", dependencies: ["BundledChecklists", "Checklist"],
      swiftSettings: own),
    .testTarget(
      name: "EvidenceTests", dependencies: ["Checklist", "Evidence"], swiftSettings: own),
    .testTarget(
      name: "GateTests", dependencies: ["Checklist", "Evidence", "Gate"], swiftSettings: own),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Checklist", "Evidence", "Gate", "Reports", "TestSupport"],
      exclude: ["Goldens", "Readers"], swiftSettings: own),
    .testTarget(
      name: "ProbesTests",
      dependencies: ["BundledChecklists", "Checklist", "Demo", "Probes"] + network,
      exclude: ["Recorded"], swiftSettings: own),
    .testTarget(
      name: "SessionTests",
      dependencies: ["Checklist", "Evidence", "Gate", "Session", "TestSupport"],
      swiftSettings: own),
    .testTarget(
      name: "LaunchgateTests",
      dependencies: [
        "BundledChecklists", "Checklist", "Evidence", "Gate", "Probes", "Session", "Terminal",
        "launchgate", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: own),
    .testTarget(
      name: "TerminalUITests",
      dependencies: ["Checklist", "Evidence", "Gate", "Session", "TerminalUI", "TestSupport"],
      exclude: ["Snapshots"], swiftSettings: own),
    .testTarget(
      name: "TerminalTests",
      dependencies: [
        "CNcurses", "Session", "Terminal", "TerminalExample", "TerminalUI", "TestSupport",
      ], swiftSettings: own),
    .testTarget(
      name: "EndToEndTests", dependencies: ["launchgate", "TestSupport"],
      exclude: ["Fixtures", "Scripts"],
      swiftSettings: own),
  ]
)
