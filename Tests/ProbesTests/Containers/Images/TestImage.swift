import Crypto
import Foundation

@testable import Probes

/// A tar archive of the tests, in the format of POSIX (ustar, with extended headers for long names).
struct TestTar {
  private(set) var bytes: [UInt8] = []

  /// Adds a file; a type other than `0` is a link or a folder.
  mutating func add(_ path: String, _ content: [UInt8] = [], type: String = "0", link: String = "")
  {
    if path.utf8.count > 100 { extend("path", path) }
    append(path, content, type, link)
  }

  mutating func add(_ path: String, _ text: String) { add(path, Array(text.utf8)) }

  /// Adds a header in front of the next file, as pax does for long names.
  mutating func extend(_ name: String, _ value: String) {
    let rest = " \(name)=\(value)\n"
    var length = rest.utf8.count + 1
    while "\(length)\(rest)".utf8.count != length { length += 1 }
    append("pax", Array("\(length)\(rest)".utf8), "x", "")
  }

  private mutating func append(_ path: String, _ content: [UInt8], _ type: String, _ link: String) {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at place: Int, _ size: Int) {
      for (offset, byte) in text.utf8.prefix(size).enumerated() { header[place + offset] = byte }
    }
    put(path, at: 0, 100)
    put("0000644\0" + "0000000\0" + "0000000\0", at: 100, 24)
    put(Self.octal(content.count, 11), at: 124, 11)
    put("00000000000", at: 136, 11)
    put(type, at: 156, 1)
    put(link, at: 157, 100)
    put("ustar\0" + "00", at: 257, 8)
    put("        ", at: 148, 8)
    put(Self.octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148, 8)
    bytes += header + content
    bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  private static func octal(_ number: Int, _ digits: Int) -> String {
    let text = String(number, radix: 8)
    return String(repeating: "0", count: digits - text.count) + text
  }

  /// With the two blocks of zeros at the end.
  var closed: [UInt8] { bytes + [UInt8](repeating: 0, count: 1_024) }
}

/// An image as `docker save` and as an OCI archive write it.
struct TestImage {
  var layers: [[UInt8]]
  /// Layers as they are stored, where they are compressed.
  var stored: [[UInt8]]?
  var environment = ["PATH=/usr/bin"]
  var history = ["/bin/sh -c #(nop) ADD file:1 in / ", "RUN /bin/sh -c apt-get update # buildkit"]
  var name = "shop:1"

  init(_ layers: [TestTar]) { self.layers = layers.map(\.closed) }

  static func digest(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
  }

  private static func json(_ value: Any) -> [UInt8] {
    let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys])
    return Array(data ?? Data())
  }

  var configuration: [UInt8] {
    Self.json([
      "architecture": "amd64", "os": "linux",
      "config": ["Env": environment, "Cmd": ["/app"]] as [String: Any],
      "history": history.map { ["created_by": $0] },
      "rootfs": ["type": "layers", "diff_ids": layers.map { "sha256:" + Self.digest($0) }]
        as [String: Any],
    ])
  }

  /// As `docker save` before version 25.
  var docker: [UInt8] {
    var tar = TestTar()
    let config = Self.digest(configuration) + ".json"
    for (number, layer) in (stored ?? layers).enumerated() {
      tar.add("layer\(number)/layer.tar", layer)
    }
    tar.add(config, configuration)
    tar.add(
      "manifest.json",
      Self.json([
        [
          "Config": config, "RepoTags": [name],
          "Layers": layers.indices.map { "layer\($0)/layer.tar" },
        ] as [String: Any]
      ]))
    return tar.closed
  }

  private static func descriptor(_ bytes: [UInt8], _ type: String) -> [String: Any] {
    [
      "mediaType": "application/vnd.oci.image.\(type)", "digest": "sha256:" + digest(bytes),
      "size": bytes.count,
    ]
  }

  var manifest: [UInt8] {
    Self.json([
      "schemaVersion": 2, "config": Self.descriptor(configuration, "config.v1+json"),
      "layers": (stored ?? layers).map { Self.descriptor($0, "layer.v1.tar+gzip") },
    ])
  }

  /// An archive of the OCI layout; `absent` adds a variant that is listed only.
  func oci(absent: Bool = false) -> [UInt8] {
    var tar = TestTar()
    tar.add("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}")
    for blob in [configuration, manifest] + (stored ?? layers) {
      tar.add("blobs/sha256/" + Self.digest(blob), blob)
    }
    var first = Self.descriptor(manifest, "manifest.v1+json")
    first["annotations"] = ["org.opencontainers.image.ref.name": name]
    var second = Self.descriptor([1], "manifest.v1+json")
    second["platform"] = ["os": "linux", "architecture": "arm64"]
    tar.add(
      "index.json",
      Self.json(["schemaVersion": 2, "manifests": absent ? [first, second] : [first]]))
    return tar.closed
  }

  /// As the real gzip packs it.
  static func gzip(_ bytes: [UInt8], level: Int = 6) async throws -> [UInt8] {
    try await Command(
      program: "gzip", arguments: ["-c", "-\(level)"], environment: ["PATH": "/usr/bin:/bin"],
      deadline: .now + .seconds(60)
    ).output(input: bytes).bytes
  }
}
