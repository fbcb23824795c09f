import Foundation

/// A JSON value, as the vectors have them.
enum JSON: Codable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    init(_ text: String) throws {
        self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let string = try? value.decode(String.self) {
            self = .string(string)
        } else if let array = try? value.decode([JSON].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .bool(let bool): try value.encode(bool)
        case .number(let number): try Int(exactly: number).map { try value.encode($0) } ?? value.encode(number)
        case .string(let string): try value.encode(string)
        case .array(let array): try value.encode(array)
        case .object(let object): try value.encode(object)
        }
    }

    var text: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }

    subscript(key: String) -> JSON? {
        if case .object(let object) = self { object[key] } else { nil }
    }

    var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    /// A number; `"NaN"` and `"Infinity"` are those that JSON has no words for.
    var number: Double? {
        switch self {
        case .number(let number): number
        case .string(let word): Double(word)
        default: nil
        }
    }

    var string: String? {
        if case .string(let string) = self { string } else { nil }
    }

    var array: [JSON] {
        if case .array(let array) = self { array } else { [] }
    }

    var object: [String: JSON] {
        if case .object(let object) = self { object } else { [:] }
    }

    /// With `{"repeat": "x", "times": 3}`, which stands for long texts, spelled out.
    var spelledOut: JSON {
        switch self {
        case .object(let object):
            if let text = object["repeat"]?.string, let times = object["times"]?.number {
                .string(String(repeating: text, count: Int(times)))
            } else {
                .object(object.mapValues(\.spelledOut))
            }
        case .array(let array): .array(array.map(\.spelledOut))
        case .null, .bool, .number, .string: self
        }
    }
}
