//! A built program: what it imports that needs a reason, and what its signature entitles it to.

use object::read::macho::FatArch;
use object::read::macho::{MachHeader, MachOFatFile32, MachOFatFile64, MachOFile};
use object::{Architecture, Endianness, FileKind, Object, ObjectSection, ObjectSymbol};

use super::plist::{self, Node};
use super::reasons;
use super::sources::Use;

/// What is known of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    /// Symbols that others define.
    imports: Vec<String>,
    /// Messages that it may send.
    messages: Vec<String>,
    /// A dictionary.
    pub(crate) entitlements: Option<Node>,
}

/// Members that are known by the message's name alone.
const MESSAGES: [&str; 2] = ["activeInputModes", "systemUptime"];

impl Program {
    /// Reads a program; none if it is no Mach-O file.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let kind = FileKind::parse(bytes).ok()?;
        if kind == FileKind::MachO64 {
            return Self::slice::<object::macho::MachHeader64<Endianness>>(bytes);
        }
        if kind == FileKind::MachO32 {
            return Self::slice::<object::macho::MachHeader32<Endianness>>(bytes);
        }
        let part = match kind == FileKind::MachOFat64 {
            true => best(MachOFatFile64::parse(bytes).ok()?.arches(), bytes)?,
            false => best(MachOFatFile32::parse(bytes).ok()?.arches(), bytes)?,
        };
        Self::read(part)
    }

    fn slice<H: MachHeader<Endian = Endianness>>(bytes: &[u8]) -> Option<Self> {
        let file = MachOFile::<H, _>::parse(bytes).ok()?;
        let imports = file.symbols().filter(|symbol| symbol.is_undefined());
        let imports = imports.filter_map(|symbol| symbol.name().ok());
        let imports =
            imports.filter(|name| reasons::of_symbol(name).next().is_some()).map(str::to_owned).collect();
        let names = file.section_by_name("__objc_methname");
        let names = names.and_then(|section| section.data().ok()).unwrap_or_default();
        let names = names.split(|byte| *byte == 0).filter_map(|name| std::str::from_utf8(name).ok());
        let messages = names.filter(|name| MESSAGES.contains(name)).map(str::to_owned).collect();
        let entitlements = signature::<H>(bytes).and_then(entitlements);
        Some(Self { imports, messages, entitlements })
    }

    /// What of it needs a reason.
    pub(crate) fn uses(&self) -> Vec<Use> {
        let symbols = self.imports.iter().map(|name| (name, reasons::of_symbol(name).collect::<Vec<_>>()));
        let messages = self.messages.iter().map(|name| (name, reasons::of_word(name).collect()));
        let plain = |name: &str| {
            let name = name.strip_prefix('_').unwrap_or(name);
            name.strip_prefix("OBJC_CLASS_$_").unwrap_or(name).to_owned()
        };
        let of = |(name, categories): (&String, Vec<&reasons::Category>)| Use {
            line: 0,
            name: plain(name),
            categories: categories.iter().map(|own| own.name).collect(),
            is_certain: true,
        };
        symbols.chain(messages).map(of).collect()
    }
}

/// The part for phones, or else the first.
fn best<'a, A: FatArch>(arches: &[A], bytes: &'a [u8]) -> Option<&'a [u8]> {
    let phones = arches.iter().find(|own| own.architecture() == Architecture::Aarch64);
    let part = phones.or(arches.first())?.data(bytes).ok()?;
    // A fat file in a fat file is none.
    (!matches!(FileKind::parse(part).ok()?, FileKind::MachOFat32 | FileKind::MachOFat64)).then_some(part)
}

/// The bytes of the code signature.
fn signature<H: MachHeader<Endian = Endianness>>(bytes: &[u8]) -> Option<&[u8]> {
    let header = H::parse(bytes, 0).ok()?;
    let endian = header.endian().ok()?;
    let mut commands = header.load_commands(endian, bytes, 0).ok()?;
    while let Ok(Some(command)) = commands.next() {
        if command.cmd() == object::macho::LC_CODE_SIGNATURE {
            let data: &object::macho::LinkeditDataCommand<Endianness> = command.data().ok()?;
            let start = usize::try_from(data.dataoff.get(endian)).ok()?;
            let size = usize::try_from(data.datasize.get(endian)).ok()?;
            return bytes.get(start..start.checked_add(size)?);
        }
    }
    None
}

/// The entitlements in a signature: a list of blobs, each with a kind and a place; all numbers have their greatest byte first.
fn entitlements(signature: &[u8]) -> Option<Node> {
    const LIST: u32 = 0xfade_0cc0;
    const ENTITLEMENTS: u32 = 0xfade_7171;
    let number = |at: usize| -> Option<u32> {
        Some(u32::from_be_bytes(signature.get(at..at.checked_add(4)?)?.try_into().ok()?))
    };
    let place = |at: usize| usize::try_from(number(at)?).ok();
    (number(0)? == LIST).then_some(())?;
    // A list says how many; a signature has a handful.
    let blobs = (0..place(8)?.min(64)).filter_map(|index| place(12 + index * 8 + 4));
    let blob = blobs.into_iter().find(|at| number(*at) == Some(ENTITLEMENTS))?;
    let end = blob.checked_add(place(blob.checked_add(4)?)?)?;
    plist::signed(signature.get(blob.checked_add(8)?..end)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written by a script from Apple's description of the format; LLVM's readers take it.
    const SAMPLE: &[u8] = include_bytes!("../../tests/files/sample.macho");

    /// A file for several processors, of which each part is the sample; all numbers have their greatest byte first.
    fn fat(processors: &[u32]) -> Vec<u8> {
        let number = |value: usize| u32::try_from(value).unwrap().to_be_bytes();
        let mut bytes = [0xcafe_babe_u32.to_be_bytes(), number(processors.len())].concat();
        for (index, processor) in processors.iter().enumerate() {
            bytes.extend(processor.to_be_bytes());
            bytes
                .extend([number(0), number(0x1000 * (index + 1)), number(SAMPLE.len()), number(12)].concat());
        }
        for index in 0..processors.len() {
            bytes.resize(0x1000 * (index + 1), 0);
            bytes.extend(SAMPLE);
        }
        bytes
    }

    fn names(program: &Program) -> Vec<String> {
        program.uses().into_iter().map(|own| own.name).collect()
    }

    #[test]
    fn imports_messages_and_entitlements_are_read() {
        let program = Program::read(SAMPLE).unwrap();
        assert_eq!(names(&program), ["stat", "NSUserDefaults", "systemUptime"]);
        let formats = program.entitlements.unwrap();
        let formats = formats.get("com.apple.developer.nfc.readersession.formats").unwrap();
        assert_eq!(formats.elements()[0].text(), Some("TAG"));
        for processors in [&[0x0100_000c][..], &[0x0100_0007, 0x0100_000c], &[0x0100_0007]] {
            let program = Program::read(&fat(processors)).unwrap();
            assert_eq!(names(&program), ["stat", "NSUserDefaults", "systemUptime"], "{processors:?}");
            assert!(program.entitlements.is_some());
        }
    }

    #[test]
    fn what_is_no_program_is_none() {
        for bytes in [&b""[..], b"PkgInfo", b"\xca\xfe\xba\xbe\0\0\0\0", &SAMPLE[..20]] {
            assert!(Program::read(bytes).is_none());
        }
        // A file that ends too early says less, or nothing.
        for length in 0..SAMPLE.len() {
            let _ = Program::read(&SAMPLE[..length]).map(|program| program.uses());
        }
    }
}
