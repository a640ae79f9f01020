// swift-tools-version: 6.2
import PackageDescription

let own: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "launchgate",
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CNcurses"),
    .target(
      name: "Checklist",
      dependencies: [.product(name: "Yams", package: "Yams")],
      swiftSettings: own),
    .target(
      name: "Evidence",
      dependencies: ["Checklist", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: own),
    .target(
      name: "BundledChecklists",
      path: "Checklists",
      resources: [.embedInCode("production-25.yaml")],
      swiftSettings: own),
    .target(name: "Gate", dependencies: ["Checklist", "Evidence"], swiftSettings: own),
    .target(
      name: "Session", dependencies: ["Checklist", "Evidence", "Gate"], swiftSettings: own),
    .testTarget(
      name: "ChecklistTests", dependencies: ["Checklist"], exclude: ["Sources"],
      swiftSettings: own),
    .testTarget(
      name: "EvidenceTests", dependencies: ["Checklist", "Evidence"], swiftSettings: own),
    .testTarget(
      name: "GateTests", dependencies: ["Checklist", "Evidence", "Gate"], swiftSettings: own),
  ]
)
