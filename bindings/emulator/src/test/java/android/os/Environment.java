package android.os;

import java.io.File;

/** Android's class of this name, as far as the library calls it. */
public class Environment {
    public static File getDataDirectory() {
        return new File("/data");
    }
}
