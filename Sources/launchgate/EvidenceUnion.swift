internal import Evidence

/// The union of several files of one launch, all read strictly.
enum EvidenceUnion {
  /// - Throws: the damage of the first file that is not intact or missing.
  static func of(_ paths: [String]) throws -> Evidence {
    var union = Evidence()
    for path in paths { union = try union.union(read(path)) }
    return union
  }

  /// The evidence in that file.
  static func read(_ path: String) throws -> Evidence {
    do {
      guard let evidence = try EvidenceFile(path: path).read() else {
        throw Problem("there is no file \(path)", hint: "check the path")
      }
      return evidence
    } catch let damage as EvidenceDamage {
      throw Problem(
        "\(path) is not intact: \(damage.description)", hint: damage.hint, code: Status.damaged)
    }
  }
}
