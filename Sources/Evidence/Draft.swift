public import Checklist

extension Evidence {
  /// A record that follows all that is here, not yet part of it.
  ///
  /// - Throws: where the record breaks a limit or holds what has no canonical form.
  public func draft(_ body: Record.Body, by author: Author, at time: Timestamp)
    throws(RecordFault) -> Entry
  {
    guard let launch else { throw RecordFault("the launch has not been opened") }
    return try Entry(
      Record(at: time, by: author, launch: launch, parents: followed(by: body), body: body))
  }

  /// How many records one follows at most: the ids of many more have no room in it.
  static let mostFollowed = 8_192

  /// The heads that a record follows: all, or the newest where somebody has put too many side by
  /// side, with one that holds what it refers to.
  ///
  /// What it does not follow stands beside it, as though it was written at the same time; each
  /// record unites more of it.
  func followed(by body: Record.Body, most: Int = mostFollowed) -> [RecordID] {
    let heads = Set(heads)
    guard heads.count > most else { return Array(heads) }
    let reference: RecordID? =
      switch body {
      case .countersign(let body): body.record
      case .revoke(let body): body.record
      case .reopen(let body): body.record
      case .timestamp(let body): body.seal
      default: nil
      }
    let holding = reference.flatMap { reference in
      heads.first { $0 == reference || isAncestor(reference, of: $0) }
    }
    let newest = entries.lazy.reversed().map(\.id).filter { heads.contains($0) && $0 != holding }
    return [holding].compactMap(\.self) + newest.prefix(holding == nil ? most : most - 1)
  }

  /// The record that opens a launch.
  ///
  /// - Throws: where it breaks a limit or holds what has no canonical form.
  public static func opening(_ opened: Opened, by author: Author, at time: Timestamp)
    throws(RecordFault) -> Entry
  {
    try Entry(
      Record(at: time, by: author, launch: opened.launch, parents: [], body: .opened(opened)))
  }

  /// The seal over all that is here.
  ///
  /// - Throws: where the launch has not been opened, or too much stands side by side.
  public func sealing(verdict: String, note: String, by author: Author, at time: Timestamp)
    throws(RecordFault) -> Entry
  {
    guard heads.count <= Self.mostFollowed else {
      throw RecordFault(
        "more than \(Self.mostFollowed) records stand side by side, and a seal covers all: any "
          + "other record that is written unites them")
    }
    let covers = entries.flatMap { entry in
      entry.signatures.map { Seal.Cover(record: entry.id, key: $0.key) }
    }
    let seal = Seal(
      verdict: verdict, heads: heads, count: entries.count,
      covers: covers.sorted { ($0.record, $0.key) < ($1.record, $1.key) }, note: note)
    return try draft(.seal(seal), by: author, at: time)
  }
}
