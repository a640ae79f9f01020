import Foundation
import Session
import Testing

/// The README lists the keys of the table, and no others.
@Suite struct KeyDocumentTests {
  @Test func theReadmeHoldsTheTable() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    #expect(text.contains(KeyBinding.table), "it should hold:\n\(KeyBinding.table)")
  }
}
