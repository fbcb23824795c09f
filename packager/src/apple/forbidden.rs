//! What neither the library nor Swift may name.

/// Functions by what they would do: the library's imports are a short list, and none of these comes to stand on it unreviewed.
pub(super) const SYMBOLS: &[(&str, &[&str])] = &[
    (
        "opens or writes files",
        &[
            "creat",
            "fopen",
            "ftruncate",
            "fwrite",
            "link",
            "mkdir",
            "mkstemp",
            "mmap",
            "open",
            "openat",
            "pwrite",
            "pwritev",
            "rename",
            "setxattr",
            "shm_open",
            "syslog",
            "truncate",
            "unlink",
            "write",
            "writev",
        ],
    ),
    (
        "sends or listens",
        &[
            "accept",
            "bind",
            "connect",
            "connectx",
            "getaddrinfo",
            "gethostbyname",
            "getifaddrs",
            "listen",
            "nw_connection_create",
            "recv",
            "recvfrom",
            "recvmsg",
            "res_query",
            "send",
            "sendfile",
            "sendmsg",
            "sendto",
            "socket",
            "socketpair",
        ],
    ),
    (
        "starts a program",
        &[
            "execl",
            "execlp",
            "execv",
            "execve",
            "execvp",
            "fork",
            "popen",
            "posix_spawn",
            "posix_spawnp",
            "system",
            "vfork",
        ],
    ),
    ("finds functions by their names", &["dlopen", "dlsym", "objc_getClass"]),
    (
        "identifies the device or its owner",
        &[
            "IOServiceGetMatchingService",
            "MGCopyAnswer",
            "gethostid",
            "gethostname",
            "gethostuuid",
            "getlogin",
            "getpwuid",
        ],
    ),
];

/// Those that are there all the same: the name, from how many places the library asks for it, and why.
pub(super) const REVIEWED: &[(&str, usize, &str)] =
    &[("_write", 1, "Rust's standard library says on standard error why it ends the process")];

/// What the agreement does not list, as the kernel and Apple's frameworks call it. The library could only ask for it by its
/// name.
pub(super) const TEXTS: &[&str] = &[
    "IOPlatformSerialNumber",
    "IOPlatformUUID",
    "SerialNumber",
    "UniqueDeviceID",
    "identifierForVendor",
    "kern.bootsessionuuid",
    "kern.boottime",
    "kern.hostname",
    "kern.uuid",
];

/// What Swift would write, send or identify the device with.
pub(super) const WORDS: &[&str] = &[
    "CNCopyCurrentNetworkInfo",
    "CTCarrier",
    "CTTelephonyNetworkInfo",
    "DCDevice",
    "FileHandle",
    "NEHotspotNetwork",
    "NWConnection",
    "NWPathMonitor",
    "OutputStream",
    "SecItemAdd",
    "SecItemCopyMatching",
    "URLSession",
    "createDirectory",
    "createFile",
    "dlsym",
    "getifaddrs",
    "identifierForVendor",
];

/// What a symbol of an object file would do. Some have a variant's name after a dollar sign.
pub(super) fn of_symbol(symbol: &str) -> Option<&'static str> {
    let name = symbol.strip_prefix('_').unwrap_or(symbol);
    let name = name.split_once('$').map_or(name, |(plain, _)| plain);
    SYMBOLS.iter().find(|(_, names)| names.contains(&name)).map(|(what, _)| *what)
}
