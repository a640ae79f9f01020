internal import Crypto

/// The images in a file that `docker save`, `podman save`, `skopeo copy` or BuildKit wrote.
///
/// Both layouts are read: the one of Docker (`manifest.json`) and that of the OCI image
/// specification 1.1 (`index.json`), whose documents are named by their SHA-256.
struct ImageArchive {
  /// One layer.
  struct Layer: Equatable {
    /// Where it lies in the file.
    var range: Range<Int>
    /// SHA-256 of the unpacked layer in hexadecimal, by which it is known to be whole.
    var digest: String
    /// Whether it is an archive of files; else it is one document, such as a provenance.
    var isArchive: Bool
  }

  /// One image, or one variant of it.
  struct Image: Equatable {
    /// Digests in hexadecimal by which it, its configuration, or the list it stands in is known.
    var digests: Set<String>
    var configuration: ImageConfiguration
    var layers: [Layer]
  }

  let file: ArchiveFile
  /// Names that the archive gives to its images.
  private(set) var names: Set<String> = []
  private(set) var images: [Image] = []
  /// Variants that are listed but not in the archive.
  private(set) var absent: [String] = []

  private var parts: [String: Range<Int>] = [:]
  private var links: [String: String] = [:]

  private static let documentLimit = 16 << 20
  private static let partLimit = 100_000
  private static let imageLimit = 64
  private static let layerLimit = 1_000

  /// Reads the list of contents and the documents, not the layers.
  init(
    _ archive: ArchiveFile, named path: String, deadline: ContinuousClock.Instant
  ) throws(ArchiveFault) {
    file = archive
    let source = try LayerBytes(file, 0..<file.size, digesting: false)
    guard source.isPlain else {
      throw ArchiveFault("\(path) is compressed", hint: "gunzip it first")
    }
    var reader = TarReader(source, deadline: deadline)
    while let entry = try reader.next() {
      switch entry.kind {
      case .file:
        let start = reader.source.offset
        guard start + entry.size <= file.size else {
          throw ArchiveFault("the archive ends too early")
        }
        parts[entry.path.text] = start..<(start + entry.size)
      case .link(let target): links[entry.path.text] = target.text
      case .other: continue
      }
      guard parts.count + links.count <= Self.partLimit else {
        throw ArchiveFault("the archive holds more than \(Self.partLimit) files")
      }
    }
    if parts["index.json"] != nil {
      let index = try document("index.json")
      try add(index, digests: [], depth: 0)
      if parts["manifest.json"] != nil { try addNames(try document("manifest.json")) }
    } else if parts["manifest.json"] != nil {
      try addDocker(try document("manifest.json"))
    } else {
      throw ArchiveFault("\(path) holds no image")
    }
  }

  // MARK: OCI

  private mutating func add(
    _ index: ToolJSON, digests: Set<String>, depth: Int
  ) throws(ArchiveFault) {
    guard let list = index["manifests"]?.array, depth < 4 else {
      throw ArchiveFault("the list of images in the archive is not understood")
    }
    for descriptor in list {
      for key in ["io.containerd.image.name", "org.opencontainers.image.ref.name"] {
        if let name = descriptor["annotations"]?[key]?.string { names.insert(name) }
      }
      let digest = try Self.digest(descriptor)
      guard parts["blobs/sha256/\(digest)"] != nil else {
        let platform = descriptor["platform"]
        absent.append(
          "\(platform?["os"]?.string ?? "unknown")/\(platform?["architecture"]?.string ?? "unknown")"
        )
        continue
      }
      let manifest = try document(digest: digest)
      if manifest["manifests"] != nil {
        try add(manifest, digests: digests.union([digest]), depth: depth + 1)
      } else {
        try addImage(manifest, digests: digests.union([digest]))
      }
    }
  }

  private mutating func addImage(
    _ manifest: ToolJSON, digests: Set<String>
  ) throws(ArchiveFault) {
    guard let list = manifest["layers"]?.array, let config = manifest["config"] else {
      throw ArchiveFault("an image in the archive is not understood")
    }
    let name = try Self.digest(config)
    let configuration = try ImageConfiguration(try document(digest: name))
    var layers: [(range: Range<Int>, isArchive: Bool)] = []
    for descriptor in list {
      let digest = try Self.digest(descriptor)
      guard let range = parts["blobs/sha256/\(digest)"] else {
        throw ArchiveFault("a layer is not in the archive")
      }
      layers.append((range, descriptor["mediaType"]?.string?.contains("tar") ?? true))
    }
    try add(configuration, layers, digests.union([name]))
  }

  private static func digest(_ descriptor: ToolJSON) throws(ArchiveFault) -> String {
    guard let text = descriptor["digest"]?.string, text.hasPrefix("sha256:") else {
      throw ArchiveFault("a part of the archive is named by another digest than SHA-256")
    }
    return String(text.dropFirst(7))
  }

  // MARK: Docker

  private mutating func addNames(_ list: ToolJSON) throws(ArchiveFault) {
    for item in list.array ?? [] {
      names.formUnion((item["RepoTags"]?.array ?? []).compactMap(\.string))
    }
  }

  private mutating func addDocker(_ list: ToolJSON) throws(ArchiveFault) {
    guard let items = list.array else {
      throw ArchiveFault("the list of images in the archive is not understood")
    }
    try addNames(list)
    for item in items {
      guard let config = item["Config"]?.string, let files = item["Layers"]?.array else {
        throw ArchiveFault("an image in the archive is not understood")
      }
      let stem = config.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? ""
      let isDigest = stem.utf8.count == 64 && stem.utf8.allSatisfy(ByteSet.lowerHex.contains)
      let json = try document(config, digest: isDigest ? stem : nil)
      var layers: [(range: Range<Int>, isArchive: Bool)] = []
      for file in files {
        guard let range = file.string.flatMap(part) else {
          throw ArchiveFault("a layer is not in the archive")
        }
        layers.append((range, true))
      }
      try add(try ImageConfiguration(json), layers, isDigest ? [stem] : [])
    }
  }

  private mutating func add(
    _ configuration: ImageConfiguration, _ layers: [(range: Range<Int>, isArchive: Bool)],
    _ digests: Set<String>
  ) throws(ArchiveFault) {
    guard layers.count == configuration.layerDigests.count, layers.count <= Self.layerLimit else {
      throw ArchiveFault("the image does not say which layers it has")
    }
    images.append(
      Image(
        digests: digests, configuration: configuration,
        layers: zip(layers, configuration.layerDigests).map {
          Layer(range: $0.range, digest: $1, isArchive: $0.isArchive)
        }))
    guard images.count <= Self.imageLimit else {
      throw ArchiveFault("the archive holds more than \(Self.imageLimit) images")
    }
  }

  // MARK: parts

  /// Where a part lies; old archives name a layer that several images share once, and link to it.
  private func part(_ name: String) -> Range<Int>? {
    if let range = parts[name] { return range }
    guard let target = links[name] else { return nil }
    let folder = name.split(separator: "/").dropLast()
    var path: [Substring] = []
    for step in folder + target.split(separator: "/") {
      if step == ".." { _ = path.popLast() } else { path.append(step) }
    }
    return parts[path.joined(separator: "/")] ?? parts[target]
  }

  private func document(digest: String) throws(ArchiveFault) -> ToolJSON {
    try document("blobs/sha256/\(digest)", digest: digest)
  }

  private func document(
    _ name: String, digest: String? = nil
  ) throws(ArchiveFault) -> ToolJSON {
    guard let range = part(name) else { throw ArchiveFault("\(name) is not in the archive") }
    let bytes = try file.document(range, limit: Self.documentLimit)
    if let digest, SHA256.hash(data: bytes).hexadecimal != digest {
      throw ArchiveFault("\(name) was changed since it was written")
    }
    do {
      return try ToolJSON(bytes)
    } catch {
      throw ArchiveFault("\(name) is no JSON document: \(error.reason)")
    }
  }
}
