import Checklist
import Foundation

/// A backup as a folder or a bucket lists it.
struct BackupCopy: Equatable, Sendable {
  var name: String
  /// In seconds since 1970.
  var time: Int
  var bytes: Int
}

/// All backups of one place, or why they are not known.
struct BackupListing: Equatable, Sendable {
  static let entryLimit = 100_000

  var copies: [BackupCopy] = []
  /// Why newer backups may be missing from the list.
  var gap: String?
  var trouble: String?
  /// When the list was made; nil for a folder, which is looked at now.
  var made: Int?

  /// The files of a folder, not of folders in it.
  init(folder: String) {
    let manager = FileManager.default
    let names: [String]
    do { names = try manager.contentsOfDirectory(atPath: folder) } catch {
      trouble = "\(folder) cannot be read"
      return
    }
    guard names.count <= Self.entryLimit else {
      trouble = "\(folder) has more than \(Self.entryLimit) entries"
      return
    }
    for name in names where !name.hasPrefix(".") {
      // Links are not followed: what they lead to is not in this place.
      guard let attributes = try? manager.attributesOfItem(atPath: folder + "/" + name),
        attributes[.type] as? FileAttributeType == .typeRegular,
        let time = attributes[.modificationDate] as? Date, let size = attributes[.size] as? Int
      else { continue }
      copies.append(.init(name: name, time: Int(time.timeIntervalSince1970), bytes: size))
    }
  }

  /// What `aws s3api list-objects-v2` wrote.
  init(json bytes: [UInt8], made: Int?) {
    self.made = made
    guard let root = (try? ToolJSON(bytes))?.object else {
      // The command writes nothing at all for an empty bucket.
      trouble =
        bytes.isEmpty
        ? "the listing is empty: nothing says that it was made" : "the listing is no JSON object"
      return
    }
    if root["IsTruncated"]?.bool == true || root["NextToken"] != nil
      || root["NextContinuationToken"] != nil
    {
      gap = "the listing is cut off"
    }
    guard let contents = root["Contents"] else {
      guard root["KeyCount"]?.integer == 0 || root["RequestCharged"] != nil else {
        trouble = "the listing has no Contents"
        return
      }
      return
    }
    guard let objects = contents.array else {
      trouble = "Contents is no list of objects"
      return
    }
    for object in objects {
      guard let key = object["Key"]?.string, let size = object["Size"]?.integer, size >= 0,
        let time = object["LastModified"]?.string.flatMap(Self.time)
      else {
        trouble = "an object of the listing has no Key, Size or LastModified"
        return
      }
      guard !key.hasSuffix("/") else { continue }
      copies.append(.init(name: key, time: time, bytes: size))
    }
  }

  /// `2026-11-21T02:16:09.000Z` or `2026-11-21T02:16:09+00:00`; other zones are refused.
  static func time(_ text: String) -> Int? {
    guard
      let match = text.wholeMatch(of: #/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00:00)/#)
    else { return nil }
    return Timestamp(rfc3339: match.output.1 + "Z")?.seconds
  }
}
