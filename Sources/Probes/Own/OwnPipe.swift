import Glibc

/// The reading end of a pipe, of which a bounded part is kept.
struct OwnPipe {
  private let descriptor: Int32
  private let limit: Int
  private let kept: Int
  private(set) var bytes: [UInt8] = []
  private(set) var isAtEnd = false
  private var count = 0

  /// How long is waited for something to be written.
  private static let pause: Int32 = 10

  init(_ descriptor: Int32, limit: Int, kept: Int) {
    self.descriptor = descriptor
    self.limit = limit
    self.kept = kept
  }

  var isTooLarge: Bool { count > limit }

  /// Waits until there is something to read in one of them, but not for long.
  static func wait(_ first: OwnPipe, _ second: OwnPipe) {
    // A negative number is passed over.
    var waiting = [first, second].map {
      pollfd(fd: $0.isAtEnd ? -1 : $0.descriptor, events: Int16(POLLIN), revents: 0)
    }
    _ = poll(&waiting, nfds_t(waiting.count), pause)
  }

  /// Takes what is there.
  mutating func read() {
    var piece = [UInt8](repeating: 0, count: 65_536)
    while !isAtEnd, !isTooLarge {
      let got = Glibc.read(descriptor, &piece, piece.count)
      if got > 0 {
        count += got
        bytes += piece.prefix(min(got, kept - bytes.count))
      } else if got == 0 {
        isAtEnd = true
      } else if errno != EINTR {
        isAtEnd = errno != EAGAIN
        return
      }
    }
  }
}
