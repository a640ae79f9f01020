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
      Record(at: time, by: author, launch: launch, parents: heads, body: body))
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
  /// - Throws: where the launch has not been opened.
  public func sealing(verdict: String, note: String, by author: Author, at time: Timestamp)
    throws(RecordFault) -> Entry
  {
    let covers = entries.flatMap { entry in
      entry.signatures.map { Seal.Cover(record: entry.id, key: $0.key) }
    }
    let seal = Seal(
      verdict: verdict, heads: heads, count: entries.count,
      covers: covers.sorted { ($0.record, $0.key) < ($1.record, $1.key) }, note: note)
    return try draft(.seal(seal), by: author, at: time)
  }
}
