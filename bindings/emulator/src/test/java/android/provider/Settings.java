package android.provider;

import android.content.ContentResolver;

/** Android's class of this name. */
public class Settings {
    /** Android's class of this name, as far as the library calls it. */
    public static class Global {
        /** What its owner called the device. */
        public static String deviceName;

        public static String getString(ContentResolver resolver, String name) {
            return name.equals("device_name") ? deviceName : null;
        }
    }
}
