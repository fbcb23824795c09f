package dev.scruple.emulator;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The first API level that has a class or a member; without it, every level has. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Since {
    /** The level. */
    int value();
}
