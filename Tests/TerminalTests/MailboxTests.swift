import Foundation
import Glibc
import Testing

@testable import Terminal

@Suite struct MailboxTests {
  private func isReadable(_ mailbox: Mailbox<Int>, within milliseconds: CInt) -> Bool {
    var entry = pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) == 1
  }

  @Test func keepsTheOrderAndFallsQuiet() throws {
    let mailbox = try Mailbox<Int>()
    #expect(!isReadable(mailbox, within: 0))
    #expect(mailbox.drain() == [])
    for number in 1...3 { mailbox.send(number) }
    #expect(isReadable(mailbox, within: 0))
    #expect(mailbox.drain() == [1, 2, 3])
    #expect(!isReadable(mailbox, within: 0))
  }

  @Test func nothingIsLostBetweenThreads() throws {
    let mailbox = try Mailbox<Int>()
    for thread in 0..<8 {
      Thread.detachNewThread {
        for number in 0..<500 { mailbox.send(thread * 500 + number) }
      }
    }
    var received: [Int] = []
    while received.count < 4000, isReadable(mailbox, within: 10_000) {
      received += mailbox.drain()
    }
    #expect(received.sorted() == Array(0..<4000))
    for thread in 0..<8 {
      let ofThread = received.filter { $0 / 500 == thread }
      #expect(ofThread == ofThread.sorted())
    }
  }

  @Test func ticksAreNotMadeUpFor() {
    var clock = TickClock()
    #expect(clock.remaining == nil)
    clock.set(.milliseconds(1))
    poll(nil, 0, 20)
    let first = clock.hasRung()
    let second = clock.hasRung()
    #expect(first && !second)
    clock.set(nil)
    #expect(clock.remaining == nil)
    let third = clock.hasRung()
    #expect(!third)
  }
}
