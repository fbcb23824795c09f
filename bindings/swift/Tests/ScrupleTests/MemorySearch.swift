import Foundation
import XCTest

/// What all canaries begin with, so that one pass for each form finds them.
private let beginning = "XQJKZ"

/// A canary's name, as the tests hold it: with another letter for each.
func randomName(_ length: Int) -> String {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    let rest = (beginning.count..<length).compactMap { _ in letters.randomElement() }
    return String(decoding: unmasked(beginning), as: UTF8.self) + String(rest)
}

/// What a name stands for. Doing it twice gives the name.
func unmasked(_ name: String) -> [UInt8] {
    name.utf8.map(unmasked)
}

/// The same of one letter.
func unmasked(_ letter: UInt8) -> UInt8 {
    (letter - 65 + 13) % 26 + 65
}

/// How a text can lie in memory.
private enum Form: CaseIterable {
    case utf8, utf16
    /// Base64 of what begins one or two bytes before the text, or with it.
    case base64, base64After1, base64After2

    /// A text in this form, from a letter at a time; as much of it as does not hang on what is beside it.
    func write(_ count: Int, _ letter: (Int) -> UInt8, to bytes: UnsafeMutableRawBufferPointer) -> Int {
        switch self {
        case .utf8:
            for at in 0..<count { bytes[at] = letter(at) }
            return count
        case .utf16:
            for at in 0..<count { (bytes[2 * at], bytes[2 * at + 1]) = (letter(at), 0) }
            return 2 * count
        case .base64: return base64(count, from: 0, letter, to: bytes)
        case .base64After1: return base64(count, from: 1, letter, to: bytes)
        case .base64After2: return base64(count, from: 2, letter, to: bytes)
        }
    }

    private func base64(
        _ count: Int,
        from start: Int,
        _ letter: (Int) -> UInt8,
        to bytes: UnsafeMutableRawBufferPointer
    ) -> Int {
        var written = 0
        for at in stride(from: start, through: count - 3, by: 3) {
            let three = UInt32(letter(at)) << 16 | UInt32(letter(at + 1)) << 8 | UInt32(letter(at + 2))
            for shift in [18, 12, 6, 0] as [UInt32] {
                bytes[written] = alphabet[Int(three >> shift & 63)]
                written += 1
            }
        }
        return written
    }
}

private let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

/// Which of the masked texts lie unmasked somewhere in this process's writable memory, in any form, by their numbers.
///
/// What is searched for lies in memory of its own, which is left out.
func search(for masked: [String]) throws -> Set<Int> {
    let memory = open("/proc/self/mem", O_RDONLY)
    XCTAssertGreaterThanOrEqual(memory, 0)
    defer { close(memory) }
    let (size, length) = (1 << 20, 256)
    let needles = Form.allCases.count * (masked.count + 1) * length
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    let base = try XCTUnwrap(mmap(nil, size + needles, PROT_READ | PROT_WRITE, flags, -1, 0))
    defer { munmap(base, size + needles) }
    let own = UInt(bitPattern: base)..<UInt(bitPattern: base) + UInt(size + needles)
    var next = base + size
    func needle(_ form: Form, _ name: String) -> UnsafeRawBufferPointer {
        let written = UnsafeMutableRawBufferPointer(start: next, count: length)
        defer { next += length }
        let letters = Array(name.utf8)
        let count = form.write(letters.count, { unmasked(letters[$0]) }, to: written)
        return UnsafeRawBufferPointer(rebasing: written[..<count])
    }
    let begin = String(decoding: unmasked(beginning), as: UTF8.self)
    let forms = Form.allCases.map { form in (needle(form, begin), masked.map { needle(form, $0) }) }
    let longest = forms.flatMap(\.1).map(\.count).max() ?? 0
    var found: Set<Int> = []
    var searched: Set<Substring> = []
    for line in try mappings() {
        let fields = line.split(separator: " ")
        let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        guard fields[1].hasPrefix("rw"), ends.count == 2 else { continue }
        searched.formUnion(fields.dropFirst(5).prefix(1))
        var at = ends[0]
        while at < ends[1] {
            let read = pread(memory, base, min(size, Int(ends[1] - at)), off_t(at))
            guard read > 0 else { break }
            for (prefix, names) in forms {
                var offset = 0
                while let hit = memmem(base + offset, read - offset, prefix.baseAddress!, prefix.count) {
                    offset = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
                    if !own.contains(at + UInt(offset)) {
                        for (number, name) in names.enumerated() where name.count <= read - offset {
                            if memcmp(hit, name.baseAddress!, name.count) == 0 { found.insert(number) }
                        }
                    }
                    offset += 1
                }
            }
            guard read > longest, at + UInt(read) < ends[1] else { break }
            // What lies across two windows is seen by the second.
            at += UInt(read - longest)
        }
    }
    XCTAssertTrue(searched.isSuperset(of: ["[heap]", "[stack]"]), "\(searched)")
    return found
}

/// The lines of `/proc/self/maps`. Foundation reads only the beginning of a file whose size is said to be 0.
private func mappings() throws -> [String] {
    let file = try XCTUnwrap(fopen("/proc/self/maps", "r"))
    defer { fclose(file) }
    var (line, capacity, lines) = (UnsafeMutablePointer<CChar>?.none, 0, [String]())
    defer { free(line) }
    while getline(&line, &capacity, file) > 0, let line {
        lines.append(String(cString: line).trimmingCharacters(in: .newlines))
    }
    return lines
}
