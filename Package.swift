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
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
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
      name: "Probes",
      dependencies: [
        "Checklist",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOTLS", package: "swift-nio"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      swiftSettings: own),
    .target(
      name: "Demo",
      dependencies: [
        "Checklist",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      swiftSettings: own),
    .executableTarget(
      name: "launchgate",
      dependencies: [
        "Checklist", "Evidence", "Probes",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: own),
    .testTarget(
      name: "ProbesTests",
      dependencies: [
        "Checklist", "Demo", "Probes",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
      ],
      path: "Tests/ProbesTests",
      swiftSettings: own),
  ]
)
