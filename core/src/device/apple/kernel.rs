//! What the kernel answers to names (sysctl), and the form of its answers.

use std::ffi::CStr;

use crate::outcome::Unavailable;
use crate::secret::{Secret, redacted};
use crate::text;

/// The model such as `iPhone15,2`; on a Mac the processor's architecture.
pub(super) const MACHINE: &CStr = c"hw.machine";
/// The Mac's model, of which an app for iPads that runs there is told too.
pub(super) const MAC: &CStr = c"hw.model";
/// The version of iOS whose apps a Mac runs; empty elsewhere.
pub(super) const SUPPORTED: &CStr = c"kern.iossupportversion";
/// The system's version, such as `17.5.1`.
pub(super) const VERSION: &CStr = c"kern.osproductversion";
/// The system's build, such as `21F90`.
pub(super) const BUILD: &CStr = c"kern.osversion";
/// Cores, those that are asleep included.
pub(super) const CORES: &CStr = c"hw.ncpu";
/// The processor's architecture, by a number.
pub(super) const CPU_TYPE: &CStr = c"hw.cputype";
/// Its variant, by a number.
pub(super) const CPU_SUBTYPE: &CStr = c"hw.cpusubtype";
/// The kinds of its cores, by a number.
pub(super) const CPU_FAMILY: &CStr = c"hw.cpufamily";

/// Under these names a recording has the program's, and the architecture that it was compiled for.
#[cfg(feature = "recorded-apple")]
const PROGRAM: &CStr = c"getprogname";
#[cfg(feature = "recorded-apple")]
const ARCHITECTURE: &CStr = c"target_arch";

/// Who answers.
pub(super) enum Kernel {
    /// This device's.
    #[cfg(target_vendor = "apple")]
    Live,
    /// A recording: bytes by name.
    #[cfg(feature = "recorded-apple")]
    Recorded(Recording),
}

/// Answers a name with bytes, if it has an answer.
#[cfg(feature = "recorded-apple")]
pub(super) type Recording = Box<dyn Fn(&str) -> Option<Vec<u8>> + Send + Sync>;

redacted!(Kernel);

impl Kernel {
    pub(super) fn text(&self, name: &CStr) -> Result<String, Unavailable> {
        line(self.ask(name)?.expose())
    }

    pub(super) fn number(&self, name: &CStr) -> Result<u32, Unavailable> {
        number(self.ask(name)?.expose())
    }

    /// The name of this process's program.
    pub(super) fn program(&self) -> Result<String, Unavailable> {
        match self {
            #[cfg(target_vendor = "apple")]
            Self::Live => line(live::program()),
            #[cfg(feature = "recorded-apple")]
            Self::Recorded(_) => self.text(PROGRAM),
        }
    }

    /// The architecture that this process runs as, by Apple's name.
    pub(super) fn architecture(&self) -> Result<String, Unavailable> {
        match self {
            #[cfg(target_vendor = "apple")]
            Self::Live => Ok(if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" }.to_owned()),
            #[cfg(feature = "recorded-apple")]
            Self::Recorded(_) => self.text(ARCHITECTURE),
        }
    }

    fn ask(&self, name: &CStr) -> Result<Secret<Vec<u8>>, Unavailable> {
        match self {
            #[cfg(target_vendor = "apple")]
            Self::Live => live::ask(name),
            #[cfg(feature = "recorded-apple")]
            Self::Recorded(answers) => {
                let answer = name.to_str().ok().and_then(answers);
                answer.map(Secret::new).ok_or(Unavailable::NotRecorded)
            }
        }
    }
}

/// A text, which ends in NUL.
fn line(answer: &[u8]) -> Result<String, Unavailable> {
    text::vendor_line(std::str::from_utf8(answer).map_err(|_| Unavailable::Malformed)?)
}

/// A number of four bytes, or of eight that fits into four.
fn number(answer: &[u8]) -> Result<u32, Unavailable> {
    if let Ok(four) = answer.try_into() {
        return Ok(u32::from_ne_bytes(four));
    }
    let eight = answer.try_into().map_err(|_| Unavailable::Malformed)?;
    u32::try_from(u64::from_ne_bytes(eight)).map_err(|_| Unavailable::Malformed)
}

/// This device's kernel.
#[cfg(target_vendor = "apple")]
mod live {
    #![allow(unsafe_code, reason = "sysctl has no safe form that does not bring a file system API along")]

    use std::ffi::CStr;
    use std::io;
    use std::ptr;

    use rustix::io::Errno;

    use super::Secret;
    use crate::outcome::Unavailable;
    use crate::text;

    /// What the kernel answers.
    pub(super) fn ask(name: &CStr) -> Result<Secret<Vec<u8>>, Unavailable> {
        #[cfg(target_abi = "sim")]
        if let Some(answer) = simulated(name) {
            return Ok(answer);
        }
        let mut answer = Secret::new(vec![0; text::LONGEST + 1]);
        let space = answer.expose_mut();
        let mut length = space.len();
        // SAFETY: the name ends in NUL, `space` has `length` bytes that may be written, and no new value is set.
        let status = unsafe {
            libc::sysctlbyname(name.as_ptr(), space.as_mut_ptr().cast(), &mut length, ptr::null_mut(), 0)
        };
        if status != 0 {
            return Err(refusal(Errno::from_io_error(&io::Error::last_os_error())));
        }
        space.truncate(length);
        Ok(answer)
    }

    /// The name of this process's program.
    pub(super) fn program() -> &'static [u8] {
        // SAFETY: it takes nothing.
        let name = unsafe { libc::getprogname() };
        // SAFETY: it is null, or a text that ends in NUL and lives as long as the process: nobody here sets another.
        if name.is_null() { &[] } else { unsafe { CStr::from_ptr(name) }.to_bytes() }
    }

    fn refusal(errno: Option<Errno>) -> Unavailable {
        match errno {
            Some(Errno::NOENT) => Unavailable::NotStated,
            Some(Errno::PERM | Errno::ACCESS) => Unavailable::NotPermitted,
            Some(Errno::NOMEM) => Unavailable::TooLong,
            Some(_) | None => Unavailable::ReadFailed,
        }
    }

    /// On a simulator the kernel is the Mac's; the device that is simulated stands in the environment.
    #[cfg(target_abi = "sim")]
    fn simulated(name: &CStr) -> Option<Secret<Vec<u8>>> {
        use std::os::unix::ffi::OsStringExt;

        let variable = match name {
            name if name == super::MACHINE => "SIMULATOR_MODEL_IDENTIFIER",
            name if name == super::VERSION => "SIMULATOR_RUNTIME_VERSION",
            name if name == super::BUILD => "SIMULATOR_RUNTIME_BUILD_VERSION",
            // The Mac's, and what is simulated runs as if on its own device.
            name if name == super::SUPPORTED => return Some(Secret::new(Vec::new())),
            _ => return None,
        };
        Some(Secret::new(std::env::var_os(variable)?.into_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_ends_in_nul_and_is_one_line() {
        assert_eq!(line(b"iPhone15,2\0"), Ok("iPhone15,2".to_owned()));
        assert_eq!(line(b"iPhone15,2"), Ok("iPhone15,2".to_owned()));
        assert_eq!(line(b"\0"), Err(Unavailable::NotStated));
        assert_eq!(line(b""), Err(Unavailable::NotStated));
        assert_eq!(line(b"iPhone\0,2"), Err(Unavailable::Malformed));
        assert_eq!(line(b"iPhone\n15,2"), Err(Unavailable::Malformed));
        assert_eq!(line(b"\xff\xfe"), Err(Unavailable::Malformed));
        assert_eq!(line(&[b'x'; text::LONGEST + 1]), Err(Unavailable::TooLong));
    }

    #[test]
    fn a_number_has_four_bytes_or_eight() {
        assert_eq!(number(&6_u32.to_ne_bytes()), Ok(6));
        assert_eq!(number(&0xda33_d83d_u32.to_ne_bytes()), Ok(0xda33_d83d));
        assert_eq!(number(&6_u64.to_ne_bytes()), Ok(6));
        assert_eq!(number(&(1_u64 << 32).to_ne_bytes()), Err(Unavailable::Malformed));
        assert_eq!(number(&[]), Err(Unavailable::Malformed));
        assert_eq!(number(&[6]), Err(Unavailable::Malformed));
    }
}
