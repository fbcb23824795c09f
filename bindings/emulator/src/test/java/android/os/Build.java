package android.os;

import dev.scruple.emulator.Since;

/** Android's class of this name, as far as the library reads it. */
public class Build {
    public static String MODEL;
    public static String BRAND;
    public static String MANUFACTURER;
    public static String DISPLAY;
    public static String[] SUPPORTED_ABIS;
    @Since(31)
    public static String SOC_MANUFACTURER;
    @Since(31)
    public static String SOC_MODEL;
    /** What {@link #getRadioVersion} gives. */
    public static String radio;

    public static String getRadioVersion() {
        return radio;
    }

    /** Android's class of this name, as far as the library reads it. */
    public static class VERSION {
        public static String RELEASE;
        public static String INCREMENTAL;
        public static int SDK_INT;
    }
}
