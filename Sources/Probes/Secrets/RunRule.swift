/// How a secret is recognised among runs of the characters of base 64, at least 24 long.
struct RunRule: Sendable {
  var id: String
  var title: String
  /// Of the run; other lengths are not looked at.
  var lengths: ClosedRange<Int>
  /// The secret itself, given the run; nil if it is none after all.
  var find: @Sendable (ByteView, Range<Int>) -> Range<Int>?

  init(
    _ id: String, _ title: String, _ lengths: ClosedRange<Int>,
    find: @escaping @Sendable (ByteView, Range<Int>) -> Range<Int>?
  ) {
    self.id = id
    self.title = title
    self.lengths = lengths
    self.find = find
  }
}
