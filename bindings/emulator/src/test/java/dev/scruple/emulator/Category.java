package dev.scruple.emulator;

/** What a person agrees to, in the library's order. */
enum Category {
    APPLICATION, NETWORK_CONFIGURATION, DEVICE, IDENTIFIER, CLIPBOARD, LOCATION, BLUETOOTH, NFC, PROCESS_LIST, WEB_VIEW
}
