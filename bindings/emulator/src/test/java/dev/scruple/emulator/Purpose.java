package dev.scruple.emulator;

/** What data is for, in the library's order. */
enum Purpose { FEATURE, TROUBLESHOOTING }
