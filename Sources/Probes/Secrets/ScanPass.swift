internal import Synchronization

/// One stream of objects on its way through the scanner.
///
/// What was found is kept here, so that it is not lost when the stream ends early; a second
/// stream beside it is a second pass.
final class ScanPass: Sendable {
  /// A match and the object that holds it.
  struct Found: Hashable, Sendable {
    var object: ObjectID
    var type: ObjectType
    var match: SecretMatch
  }

  /// What the pass gave up to now.
  struct Result: Sendable {
    var stream = ObjectStream()
    var bytes = 0
    var matches: [Found] = []
    var pointers: [LFSPointer] = []
    /// Whether guesses were dropped because there were too many.
    var isCut = false
  }

  /// Beyond this guesses are dropped, so that memory is bounded.
  private static let matchLimit = 100_000

  private let scanner: SecretScanner
  private let state = Mutex(Result())

  init(_ scanner: SecretScanner) { self.scanner = scanner }

  var result: Result { state.withLock { $0 } }

  /// Takes the next piece of `cat-file --batch`; pieces come one after another.
  func take(_ piece: UnsafeRawBufferPointer) throws {
    try state.withLock { state in
      var bytes = 0
      var found: [Found] = []
      var pointers: [LFSPointer] = []
      try state.stream.take(piece) { header, content in
        bytes += content.count
        for match in scanner.scan(content) {
          found.append(Found(object: header.id, type: header.type, match: match))
        }
        if header.type == .blob, let pointer = LFSPointer(header.id, content) {
          pointers.append(pointer)
        }
      }
      state.bytes += bytes
      state.pointers += pointers
      let hasRoom = state.matches.count < Self.matchLimit
      state.matches += hasRoom ? found : found.filter { $0.match.certainty == .certain }
      state.isCut = state.isCut || !hasRoom && !found.isEmpty
    }
  }
}
