//! Apple's list of functions that need a reason ("Describing use of required reason API"): what is on it, and the reasons.
//!
//! The check holds hosts against it, and `xtask`, which takes this file as its own module, holds Scruple's Swift and library.

/// Functions of one kind.
pub(crate) struct Category {
    /// Apple's name, after [`PREFIX`].
    pub(crate) name: &'static str,
    /// Every reason that may be given.
    pub(crate) reasons: &'static [Reason],
    /// C's functions.
    pub(crate) functions: &'static [&'static str],
    /// The constants and classes, as C and Objective-C name them.
    pub(crate) constants: &'static [&'static str],
    /// What only Swift names, or Objective-C by messages.
    pub(crate) members: &'static [&'static str],
    /// Of those, what much else is called too.
    pub(crate) vague: &'static [&'static str],
}

/// One reason.
pub(crate) struct Reason {
    /// Its name.
    pub(crate) code: &'static str,
    /// What it allows.
    pub(crate) why: &'static str,
    /// Whether an app may give it: some are a library's only.
    pub(crate) is_for_apps: bool,
}

const fn reason(code: &'static str, why: &'static str) -> Reason {
    Reason { code, why, is_for_apps: true }
}

const fn of_libraries(code: &'static str, why: &'static str) -> Reason {
    Reason { code, why, is_for_apps: false }
}

/// How a category's name begins in a privacy manifest.
pub(crate) const PREFIX: &str = "NSPrivacyAccessedAPICategory";

/// All of them.
pub(crate) const CATEGORIES: &[Category] = &[
    Category {
        name: "FileTimestamp",
        reasons: &[
            reason("DDA9.1", "shown to the person, on the device only"),
            reason("C617.1", "of files in the app's own containers"),
            reason("3B52.1", "of files that the person gave access to"),
            of_libraries("0A2A.1", "on behalf of the app, by a library that wraps the functions"),
        ],
        functions: &[
            "fgetattrlist",
            "fstat",
            "fstatat",
            "getattrlist",
            "getattrlistat",
            "getattrlistbulk",
            "lstat",
            "stat",
        ],
        constants: &[
            "NSFileCreationDate",
            "NSFileModificationDate",
            "NSURLContentModificationDateKey",
            "NSURLCreationDateKey",
        ],
        members: &[
            "contentModificationDate",
            "contentModificationDateKey",
            "creationDate",
            "creationDateKey",
            "fileModificationDate",
            "modificationDate",
        ],
        vague: &["contentModificationDate", "creationDate", "modificationDate"],
    },
    Category {
        name: "SystemBootTime",
        reasons: &[
            reason("35F9.1", "time between events in the app, on the device only"),
            reason("8FFB.1", "when an event in the app was, for what the app says of it"),
            reason("3D61.1", "in a report that the person chooses to send"),
        ],
        functions: &["mach_absolute_time"],
        constants: &[],
        members: &["systemUptime"],
        vague: &[],
    },
    Category {
        name: "DiskSpace",
        reasons: &[
            reason("85F4.1", "shown to the person, on the device only"),
            reason("E174.1", "whether there is room to write, on the device only"),
            reason("7D9E.1", "in a report that the person chooses to send"),
            reason("B728.1", "tells who takes part in health research that there is little room"),
        ],
        functions: &[
            "fgetattrlist",
            "fstatfs",
            "fstatvfs",
            "getattrlist",
            "getattrlistat",
            "statfs",
            "statvfs",
        ],
        constants: &[
            "NSFileSystemFreeSize",
            "NSFileSystemSize",
            "NSURLVolumeAvailableCapacityForImportantUsageKey",
            "NSURLVolumeAvailableCapacityForOpportunisticUsageKey",
            "NSURLVolumeAvailableCapacityKey",
            "NSURLVolumeTotalCapacityKey",
        ],
        members: &[
            "systemFreeSize",
            "systemSize",
            "volumeAvailableCapacity",
            "volumeAvailableCapacityForImportantUsage",
            "volumeAvailableCapacityForImportantUsageKey",
            "volumeAvailableCapacityForOpportunisticUsage",
            "volumeAvailableCapacityForOpportunisticUsageKey",
            "volumeAvailableCapacityKey",
            "volumeTotalCapacity",
            "volumeTotalCapacityKey",
        ],
        vague: &["systemSize"],
    },
    Category {
        name: "ActiveKeyboards",
        reasons: &[
            reason("3EC4.1", "in an app that is a keyboard"),
            reason("54BD.1", "to show the person the right interface, on the device only"),
        ],
        functions: &[],
        constants: &[],
        members: &["activeInputModes"],
        vague: &[],
    },
    Category {
        name: "UserDefaults",
        reasons: &[
            reason("CA92.1", "of the app alone"),
            reason("1C8F.1", "of the app's group"),
            of_libraries("C56D.1", "on behalf of the app, by a library that wraps the functions"),
            reason("AC6B.1", "what an organisation that manages the device has set"),
        ],
        functions: &[],
        constants: &["NSUserDefaults"],
        members: &["AppStorage", "UserDefaults"],
        vague: &["AppStorage"],
    },
];

/// The categories that a symbol of an object file belongs to. Some have a variant's name after a dollar sign.
pub(crate) fn of_symbol(symbol: &str) -> impl Iterator<Item = &'static Category> {
    let name = symbol.strip_prefix('_').unwrap_or(symbol);
    let name = name.strip_prefix("OBJC_CLASS_$_").unwrap_or(name);
    let plain = name.split_once('$').map_or(name, |(plain, _)| plain).to_owned();
    CATEGORIES.iter().filter(move |category| {
        [category.functions, category.constants].iter().any(|known| known.contains(&plain.as_str()))
    })
}

/// The categories that a name in a source belongs to.
pub(crate) fn of_word(word: &str) -> impl Iterator<Item = &'static Category> {
    CATEGORIES.iter().filter(move |category| {
        [category.functions, category.constants, category.members].iter().any(|known| known.contains(&word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(categories: impl Iterator<Item = &'static Category>) -> Vec<&'static str> {
        categories.map(|category| category.name).collect()
    }

    #[test]
    fn a_symbol_has_its_categories() {
        assert_eq!(names(of_symbol("_stat")), ["FileTimestamp"]);
        assert_eq!(names(of_symbol("_fstat$INODE64")), ["FileTimestamp"]);
        assert_eq!(names(of_symbol("_getattrlist")), ["FileTimestamp", "DiskSpace"]);
        assert_eq!(names(of_symbol("_OBJC_CLASS_$_NSUserDefaults")), ["UserDefaults"]);
        assert!(names(of_symbol("_status")).is_empty());
        assert!(names(of_symbol("_OBJC_CLASS_$_NSString")).is_empty());
    }

    #[test]
    fn a_name_in_swift_has_its_category() {
        assert_eq!(names(of_word("systemSize")), ["DiskSpace"]);
        assert_eq!(names(of_word("mach_absolute_time")), ["SystemBootTime"]);
        assert!(names(of_word("systemVersion")).is_empty());
    }
}
