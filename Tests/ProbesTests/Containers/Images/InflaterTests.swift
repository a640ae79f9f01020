import Foundation
import Testing

@testable import Probes

@Suite struct InflaterTests {
  private func file(_ bytes: [UInt8], _ folder: TemporaryFolder) throws -> ArchiveFile {
    let path = folder.path + "/packed"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return try ArchiveFile(path)
  }

  private func unpacked(_ bytes: [UInt8], limit: Int = 64 << 30) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let file = try file(bytes, folder)
    var source = try LayerBytes(file, 0..<file.size, digesting: true, limit: limit)
    var all: [UInt8] = []
    while true {
      let piece = try source.take(100_000)
      if piece.isEmpty { return all }
      all += piece
    }
  }

  /// Text that packs well, and bytes that do not pack at all.
  private static let texts: [[UInt8]] = {
    var state: UInt64 = 7
    let noise = (0..<200_000).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return UInt8(truncatingIfNeeded: state >> 33)
    }
    let words = Array(String(repeating: "the quick brown fox ", count: 30_000).utf8)
    return [[1], words, noise, words + noise + words, [UInt8](repeating: 0, count: 400_000)]
  }()

  @Test("gives back what the real gzip packed", arguments: [1, 6, 9])
  func roundTrip(_ level: Int) async throws {
    for text in Self.texts {
      #expect(try unpacked(try await TestImage.gzip(text, level: level)) == text)
    }
  }

  @Test("goes on with the next member, and stops at padding")
  func members() async throws {
    let one = try await TestImage.gzip(Self.texts[1])
    #expect(try unpacked(one + one) == Self.texts[1] + Self.texts[1])
    #expect(try unpacked(one + [0, 0, 0, 0]) == Self.texts[1])
  }

  @Test("reads the optional fields of the header")
  func header() async throws {
    let one = try await TestImage.gzip(Self.texts[0])
    let fields: [UInt8] = [3, 0, 9, 9, 9] + Array("name\0comment\0".utf8) + [1, 2]
    #expect(
      try unpacked(Array(one[..<3]) + [4 | 8 | 16 | 2] + one[4..<10] + fields + one[10...])
        == Self.texts[0])
  }

  @Test("every cut and every broken byte ends in a fault or in other bytes, never in a crash")
  func broken() async throws {
    let text = Array(String(repeating: "abc def ", count: 40).utf8) + Self.texts[2].prefix(60)
    let packed = try await TestImage.gzip(text)
    for cut in 2..<packed.count - 1 {
      #expect(throws: ArchiveFault.self) { try unpacked(Array(packed[..<cut])) }
    }
    // The last byte of the text is filled up with bits that mean nothing.
    for place in 10..<packed.count - 9 {
      for change: UInt8 in [0xFF, 0x10] {
        var broken = packed
        broken[place] ^= change
        let result = try? unpacked(broken)
        #expect(result != text, "byte \(place)")
      }
    }
  }

  @Test("a bomb is let go at its limit")
  func bomb() async throws {
    let packed = try await TestImage.gzip([UInt8](repeating: 0, count: 4 << 20))
    #expect(throws: ArchiveFault.self) { try unpacked(packed, limit: 1 << 20) }
  }

  @Test("codes that cannot be are refused")
  func codes() {
    #expect(InflateCode(lengths: [1, 1, 1]) == nil, "too many")
    #expect(InflateCode(lengths: [2, 2]) == nil, "too few")
    #expect(InflateCode(lengths: [1])?.width == 1, "one alone")
    #expect(InflateCode(lengths: [2, 1, 3, 3])?.table.count == 8)
  }
}
