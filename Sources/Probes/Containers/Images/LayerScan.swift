import Checklist

/// Secrets in the files of an image's layers, whether or not a later layer takes the file away.
struct LayerScan {
  /// One secret, or one file that is itself one.
  struct Sighting: Hashable {
    /// Counted from 1, the lowest first.
    var layer: Int
    var digest: String
    var path: GitPath
    /// Nil where the name of the file says it.
    var line: Int?
    var rule: String
    var title: String
    var verdict: Finding.Verdict
    /// Whether a container no longer sees the file; whoever has the image still does.
    var isHidden = false

    /// One line for people.
    var text: String {
      let place = line.map { "\(path.text):\($0)" } ?? path.text
      return "\(rule): \(title) in \(place) (layer \(layer)"
        + (isHidden ? ", taken away by a later one but still in the image)" : ")")
    }

    /// A name that stays the same as long as the layer does.
    var factName: String { "\(digest.prefix(12)):\(path.factName):\(line ?? 0):\(rule)" }
  }

  /// Larger files are looked at in pieces that overlap.
  private static let window = 16 << 20
  private static let overlap = 64 << 10
  private static let documentLimit = 64 << 20
  /// More says nothing more; beyond it the scan is not complete.
  static let limit = 10_000

  private(set) var sightings: [Sighting] = []
  private(set) var files = 0
  private(set) var bytes = 0
  private var places: Set<GitPath> = []
  private let scanner = SecretScanner()

  /// Looks at one layer after another, the lowest first.
  mutating func look(
    at layer: ImageArchive.Layer, number: Int, in file: ArchiveFile,
    deadline: ContinuousClock.Instant
  ) throws(ArchiveFault) {
    let source = try LayerBytes(file, layer.range, digesting: true)
    var reader = TarReader(source, deadline: deadline)
    if layer.isArchive {
      while let entry = try reader.next() {
        hide(entry.path, below: number)
        guard entry.kind == .file, entry.size > 0 else { continue }
        files += 1
        bytes += entry.size
        try look(at: entry.path, in: layer, number, &reader)
      }
      try reader.drain()
    } else {
      guard layer.range.count <= Self.documentLimit else {
        throw ArchiveFault("a document in it is larger than \(Self.documentLimit >> 20) MiB")
      }
      reader.takeAll(layer.range.count)
      try look(at: GitPath("a document"), in: layer, number, &reader)
    }
    guard reader.source.digest == layer.digest else {
      throw ArchiveFault("layer \(number) is not the one that the image names")
    }
    guard sightings.count <= Self.limit else {
      throw ArchiveFault("more than \(Self.limit) places look like secrets")
    }
  }

  private mutating func look(
    at path: GitPath, in layer: ImageArchive.Layer, _ number: Int, _ reader: inout TarReader
  ) throws(ArchiveFault) {
    let place = LayerPath(path)
    let sighting = { (line: Int?, rule: String, title: String, verdict: Finding.Verdict) in
      Sighting(
        layer: number, digest: layer.digest, path: path, line: line, rule: rule, title: title,
        verdict: verdict)
    }
    if let verdict = place.remark {
      add(sighting(nil, "file.private", "a file that holds secrets", verdict))
    }
    var seen: Set<String> = []
    var lines = 0
    var window: [UInt8] = []
    while true {
      while window.count < Self.window {
        let more = try reader.take(Self.window - window.count)
        if more.isEmpty { break }
        window += more
      }
      for match in window.withUnsafeBytes(scanner.scan) {
        guard match.certainty == .certain || !place.isForeign,
          seen.insert("\(match.rule) \(match.fingerprint)").inserted
        else { continue }
        let isFault = match.certainty == .certain && !place.isSample
        add(sighting(lines + match.line, match.rule, match.title, isFault ? .fail : .review))
      }
      if window.count < Self.window { return }
      lines += window.dropLast(Self.overlap).count { $0 == 0x0A }
      window.removeFirst(Self.window - Self.overlap)
    }
  }

  private mutating func add(_ sighting: Sighting) {
    guard sightings.count <= Self.limit else { return }
    sightings.append(sighting)
    places.insert(sighting.path)
  }

  /// Marks what an entry of this layer takes away from lower ones: by another file in its place, by
  /// a whiteout, or by an opaque folder (OCI image specification 1.1, layer).
  private mutating func hide(_ path: GitPath, below number: Int) {
    let name = path.name
    let folder = path.folder.isEmpty ? "" : path.folder + "/"
    if name == ".wh..wh..opq" {
      hide(below: number) { $0.hasPrefix(folder) }
    } else if name.hasPrefix(".wh.") {
      let gone = folder + name.dropFirst(4)
      hide(below: number) { $0 == gone || $0.hasPrefix(gone + "/") }
    } else if places.contains(path) {
      hide(below: number) { $0 == path.text }
    }
  }

  private mutating func hide(below number: Int, _ isHidden: (String) -> Bool) {
    for index in sightings.indices
    where sightings[index].layer < number && isHidden(sightings[index].path.text) {
      sightings[index].isHidden = true
    }
  }
}
