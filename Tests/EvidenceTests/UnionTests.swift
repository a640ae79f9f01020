import Checklist
import Testing

@testable import Evidence

/// Histories of several writers who see each other now and then.
private func history(
  writers: Int, records: Int, using generator: inout SeededGenerator
) throws -> [Evidence] {
  let opening = try Evidence.opening(Samples.opened, by: Samples.alice, at: Samples.time(0))
  var clones = Array(repeating: try Evidence([opening]), count: writers)
  for number in 0..<records {
    let writer = Int.random(in: 0..<writers, using: &generator)
    if Int.random(in: 0..<3, using: &generator) == 0 {
      let other = Int.random(in: 0..<writers, using: &generator)
      clones[writer] = try clones[writer].union(clones[other])
    }
    let assign = Assign(duty: "d\(writer)", id: "p\(number)", name: "P", email: "")
    let entry = try clones[writer].draft(
      .assign(assign), by: Samples.alice, at: Samples.time(number))
    try clones[writer].add(entry)
  }
  return clones
}

@Suite("Union and ancestry")
struct UnionTests {
  @Test("union is commutative, associative and idempotent, and loses nothing")
  func laws() throws {
    var generator = SeededGenerator(42)
    for round in 0..<60 {
      let clones = try history(writers: 2 + round % 3, records: 24, using: &generator)
      let (left, middle) = (clones[0], clones[1])
      let right = clones[clones.count - 1]
      let whole = try left.union(middle).union(right)
      #expect(try middle.union(left).contents == left.union(middle).contents)
      #expect(try left.union(middle.union(right)).contents == whole.contents)
      #expect(try whole.union(left).contents == whole.contents)
      #expect(try left.union(left).rendered == left.rendered)
      #expect(try left.union(Evidence()).rendered == left.rendered)
      #expect(whole.contents == left.contents.union(middle.contents).union(right.contents))
      #expect(try EvidenceReader.read(whole.rendered).heads == whole.heads)
      #expect(try middle.union(left).heads == left.union(middle).heads)
    }
  }

  @Test("more heads than a record has room for are united by several, and keep nobody from writing")
  func manyHeads() throws {
    let opening = try Evidence.opening(Samples.opened, by: Samples.alice, at: Samples.time(0))
    let start = try Evidence([opening])
    var evidence = start
    for number in 0..<30 {
      let assign = Assign(duty: "d", id: "p\(number)", name: "P", email: "")
      try evidence.add(start.draft(.assign(assign), by: Samples.alice, at: Samples.time(1)))
    }
    let first = evidence.entries[1].id
    let revoke = Record.Body.revoke(Revoke(record: first, reason: "r"))
    #expect(evidence.followed(by: revoke, most: 30).count == 30)
    let followed = evidence.followed(by: revoke, most: 8)
    #expect(followed.count == 8 && followed.contains(first))
    #expect(Set(followed.dropFirst()) == Set(evidence.entries.suffix(7).map(\.id)))
    var writes = 0
    while evidence.heads.count > 1 {
      let launch = try #require(evidence.launch)
      try evidence.add(
        Entry(
          Record(
            at: Samples.time(2 + writes), by: Samples.alice, launch: launch,
            parents: evidence.followed(by: revoke, most: 8), body: revoke)))
      writes += 1
    }
    #expect(writes == 5)
    // As many as a record follows at most have room in it.
    let ids = (0..<Evidence.mostFollowed).map { Digest(of: "\($0)".utf8) }
    let large = Record(
      at: Samples.time(1), by: Samples.alice, launch: ids[0], parents: ids, body: revoke)
    #expect(CanonicalJSON.bytes(large.value).count < Limits.recordBytes * 3 / 4)
  }

  @Test("the same record in two files keeps the signatures of both")
  func signatures() throws {
    let evidence = try Samples.everyType()
    let key = ["a", "b"].map { Signature(key: $0, sshsig: "s\($0)") }
    let copies = try key.map { signature in
      var entries = evidence.entries
      entries[3].add([signature])
      return try Evidence(entries)
    }
    let both = try copies[0].union(copies[1])
    #expect(both.entries[3].signatures == key)
    #expect(try copies[1].union(copies[0]).contents == both.contents)
    var twice = evidence.entries[0]
    twice.add([Signature(key: "a", sshsig: "2"), Signature(key: "a", sshsig: "1")])
    #expect(twice.signatures == [Signature(key: "a", sshsig: "1")])
  }

  @Test("ancestry, heads, past and latest agree with a walk along the parents")
  func oracle() throws {
    var generator = SeededGenerator(1)
    for round in 0..<25 {
      let clones = try history(writers: 2 + round % 3, records: 30, using: &generator)
      var whole = Evidence()
      for clone in clones { whole = try whole.union(clone) }
      whole = try Evidence(whole.entries.shuffled(using: &generator))
      var pasts: [RecordID: Set<RecordID>] = [:]
      for entry in whole.entries {
        pasts[entry.id] = entry.record.parents.reduce(into: Set(entry.record.parents)) {
          $0.formUnion(pasts[$1] ?? [])
        }
      }
      let ids = whole.entries.map(\.id)
      for younger in ids {
        let past = pasts[younger] ?? []
        #expect(whole.past(of: [younger]) == past.union([younger]))
        for older in ids {
          #expect(whole.isAncestor(older, of: younger) == past.contains(older))
        }
      }
      let all = pasts.values.reduce(into: Set<RecordID>()) { $0.formUnion($1) }
      #expect(whole.heads == ids.filter { !all.contains($0) }.sorted())
      let some = ids.filter { _ in Bool.random(using: &generator) }
      let latest = Set(whole.latest(some) { $0 })
      #expect(
        latest == Set(some.filter { id in !some.contains { pasts[$0]?.contains(id) ?? false } }))
    }
  }

  @Test("a refused record leaves no trace")
  func refusedRecord() throws {
    var evidence = try Samples.everyType()
    let before = evidence.rendered
    let heads = evidence.heads
    let bad = try evidence.draft(
      .revoke(Revoke(record: Samples.digest, reason: "x")), by: Samples.alice, at: Samples.time(9))
    #expect(throws: EvidenceDamage.self) { try evidence.add(bad) }
    #expect(evidence.rendered == before)
    #expect(evidence.heads == heads)
    #expect(evidence[bad.id] == nil)
  }

  @Test("two launches do not unite")
  func twoLaunches() throws {
    var other = Samples.opened
    other.environment = "staging"
    let staging = try Evidence([
      Evidence.opening(other, by: Samples.alice, at: Samples.time(0))
    ])
    #expect(throws: EvidenceDamage.self) { try Samples.everyType().union(staging) }
  }
}
