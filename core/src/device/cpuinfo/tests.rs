use super::*;

macro_rules! phone {
    ($name:literal) => {
        include_str!(concat!("../../../tests/phones/", $name, "/cpuinfo"))
    };
}

/// Cores, names, hardware and the last feature of each recorded machine.
#[test]
fn recorded_machines() {
    for (text, online, names, hardware, last_feature) in [
        (phone!("galaxy-s4-us"), 4, &["Krait"][..], Some("SAMSUNG JF"), "vfpv4"),
        (
            phone!("galaxy-s7-us"),
            4,
            &["Kryo-Silver", "Kryo-Gold"],
            Some("Qualcomm Technologies, Inc MSM8996"),
            "crc32",
        ),
        (phone!("leagoo-t5c"), 8, &["Spreadtrum SC9853I-IA"], Some("Spreadtrum SC9853I-IA"), "erms"),
        (phone!("lg-k10-eu"), 4, &["Cortex-A53"], Some("Qualcomm Technologies, Inc MSM8916"), "vfpd32"),
        (phone!("moto-g-gen4"), 8, &["Cortex-A53"], Some("Qualcomm Technologies, Inc MSM8952"), "evtstrm"),
        (phone!("nexus4"), 4, &["Krait"], Some("QCT APQ8064 MAKO"), "vfpv4"),
        (
            phone!("nexus5x"),
            6,
            &["Cortex-A53", "Cortex-A57"],
            Some("Qualcomm Technologies, Inc MSM8992"),
            "crc32",
        ),
        (phone!("raspberrypi3"), 4, &["Cortex-A53"], Some("BCM2709"), "crc32"),
        (
            phone!("xiaomi-redmi-note-4"),
            8,
            &["Cortex-A53"],
            Some("Qualcomm Technologies, Inc MSM8953"),
            "crc32",
        ),
        (phone!("zenfone-2"), 4, &["Intel(R) Atom(TM) CPU  Z3580  @ 1.33GHz"], None, "erms"),
    ] {
        let info = parse(text).expect("says something");
        assert_eq!(info.online, online, "{names:?}");
        assert_eq!(info.names, names);
        assert_eq!(info.hardware.as_deref(), hardware);
        assert_eq!(info.features.iter().last(), Some(last_feature));
    }
}

#[test]
fn one_core_without_a_processor_line() {
    let info = parse(
        "Processor\t: ARMv6-compatible processor rev 7 (v6l)\nFeatures\t: swp half\n\nHardware\t: BCM2708\n",
    )
    .expect("says something");
    assert_eq!((info.online, info.names), (1, vec!["ARMv6-compatible processor rev 7 (v6l)".to_owned()]));
}

#[test]
fn an_unknown_core_keeps_its_numbers() {
    let info = parse("processor : 0\nCPU implementer : 0x99\nCPU part : 0x1\n").expect("says something");
    assert_eq!(info.names, ["implementer 0x99, part 0x001"]);
}

/// Whatever the case of a key, and the blanks around it and its value.
#[test]
fn keys_are_read_however_they_are_written() {
    for text in [
        "processor\t: 0\nmodel name\t: X\nflags\t\t: a b\nhardware : H\n",
        "PROCESSOR:0\r\nModel Name:X\r\nFEATURES: a  b \r\nHARDWARE:\tH",
        "  Processor   :0\n\tMODEL NAME\t:\tX \n Flags :a\tb\nHardware:H",
    ] {
        let info = parse(text).expect("says something");
        assert_eq!((info.online, info.names, info.hardware), (1, vec!["X".to_owned()], Some("H".to_owned())));
        assert_eq!(info.features.iter().collect::<Vec<_>>(), ["a", "b"], "{text:?}");
    }
}

/// A name is what passes the check that every vendor's text goes through, else what the next key says.
#[test]
fn what_one_key_fails_to_say_the_next_one_does() {
    let names = |text| parse(text).map(|info| info.names).unwrap_or_default();
    assert_eq!(names("processor : 0\nvendor_id : AuthenticAMD\nmodel name : unknown\n"), ["AuthenticAMD"]);
    assert_eq!(names("processor : 0\nmodel name : N/A\ncpu model : MIPS 74Kc V5.0\n"), ["MIPS 74Kc V5.0"]);
    assert_eq!(names("processor : 0\nuarch : unknown\nmvendorid : 0x489\n"), ["SiFive"]);
    let hardware = |text| parse(text).and_then(|info| info.hardware);
    assert_eq!(
        hardware("processor : 0\nHardware : Unknown\nmachine : Example Board\n").as_deref(),
        Some("Example Board")
    );
    assert_eq!(hardware("processor : 0\nHardware :\n"), None);
}

/// Padding is no part of a name, so that two names with other padding are one kind.
#[test]
fn each_kind_comes_once() {
    let info =
        parse("processor : 0\nmodel name : X\nprocessor : 1\nmodel name : X\0\n").expect("says something");
    assert_eq!(info.names, ["X"]);
}

#[test]
fn what_cannot_be_shown_is_not_said() {
    let mainframe = "vendor_id : IBM/S390\nprocessor 0: version = FF, machine = 85\u{1b}61\n";
    let info = parse(mainframe).expect("says something");
    assert_eq!(info.names, ["IBM/S390"]);
    let features = |text| parse(text).expect("says something").features;
    assert!(features("processor : 0\nFeatures : fp\u{1b}[31m asimd\n").is_empty());
    assert!(features("processor : 0\nisa : rv64\u{85}imac\n").is_empty());
    assert_eq!(features("processor : 0\nFeatures : fp\tasimd\n").len(), 2, "the control");
}

/// For each core its frequency is looked up.
#[test]
fn no_machine_has_a_million_cores() {
    let online = |text| parse(text).expect("says something").online;
    assert_eq!(online("# processors : 16384\n"), 16_384);
    assert_eq!(online("processor 0: machine = 8561\n# processors : 4294967295\n"), 1);
    assert_eq!(count("0-16383"), Some(16_384));
    for mask in ["0-16384", "0-4294967294", "0-16383,16384"] {
        assert_eq!(count(mask), None, "{mask}");
    }
}

#[test]
fn a_text_about_nothing_gives_nothing() {
    for text in ["", "\n\n", "Serial : 00001234\n", "no colon", "CPU part : 0xd03\n"] {
        assert_eq!(parse(text), None, "{text:?}");
    }
}

#[test]
fn masks() {
    for (mask, cpus) in [("0\n", 1), ("0-1\n", 2), ("0-3,8-11", 8), ("0,2,4", 3)] {
        assert_eq!(count(mask), Some(cpus));
    }
    for mask in ["", "\n", "3-0", "0-", "a", "0-4294967295", "0;1"] {
        assert_eq!(count(mask), None, "{mask:?}");
    }
}
