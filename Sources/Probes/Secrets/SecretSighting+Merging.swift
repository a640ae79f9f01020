import Checklist

extension SecretSighting {
  /// Puts places to the matches and unites those of the same secret under the same path.
  static func merged(
    _ objects: [ScanPass.Found],
    _ tree: [WorkingTreeMatch], origins: [ObjectID: BlobOrigin], index: [IndexEntry]
  ) -> [SecretSighting] {
    let staged = Dictionary(index.map { ($0.object, $0.path) }) { first, _ in first }
    var united: [Key: (sighting: SecretSighting, time: Int)] = [:]
    for found in objects {
      let (object, type, match) = (found.object.hex, found.type, found.match)
      let origin = origins[found.object]
      let paths = origin?.paths.sorted() ?? staged[object].map { [$0] } ?? []
      // The path that is no example counts, if there is one.
      let path = paths.first { !SamplePath.isOne($0) } ?? paths.first
      var sighting = SecretSighting(match, source(type), path: path)
      sighting.object = object
      sighting.commit = type == .commit ? object : origin?.commit
      let key = Key(match, type == .blob ? path : nil, object: path == nil ? object : nil)
      let time = origin?.time ?? .max
      if var known = united[key] {
        known.sighting.repetitions += 1
        // One version outside of tests suffices.
        let isBehindTestMark = known.sighting.isBehindTestMark && sighting.isBehindTestMark
        if (time, object) < (known.time, known.sighting.object ?? "") {
          sighting.repetitions = known.sighting.repetitions
          known = (sighting, time)
        }
        known.sighting.isBehindTestMark = isBehindTestMark
        united[key] = known
      } else {
        united[key] = (sighting, time)
      }
    }
    for found in tree {
      let key = Key(found.match, found.path, object: nil)
      if !found.match.isBehindTestMark { united[key]?.sighting.isBehindTestMark = false }
      guard united[key] == nil else { continue }
      var sighting = SecretSighting(found.match, .workingTree, path: found.path)
      sighting.content = found.content
      united[key] = (sighting, .max)
    }
    return united.values.map(\.sighting).sorted { left, right in
      (left.verdict.gravity, right.factName) > (right.verdict.gravity, left.factName)
    }
  }

  private struct Key: Hashable {
    var rule: String
    var fingerprint: Int
    var path: GitPath?
    var object: String?

    init(_ match: SecretMatch, _ path: GitPath?, object: String?) {
      (rule, fingerprint, self.path, self.object) = (match.rule, match.fingerprint, path, object)
    }
  }

  private init(_ match: SecretMatch, _ source: Source, path: GitPath?) {
    self.init(
      rule: match.rule, title: match.title, certainty: match.certainty, source: source,
      path: path, commit: nil, object: nil, line: match.line,
      isBehindTestMark: match.isBehindTestMark)
  }

  private static func source(_ type: ObjectType) -> Source {
    switch type {
    case .commit: .commitMessage
    case .tag: .tagMessage
    case .blob, .tree: .history
    }
  }
}
