package android.content;

import android.content.pm.PackageManager;
import java.util.HashMap;
import java.util.Map;

/** Android's class of this name, as far as the library calls it. */
public class Context {
    public static final String DISPLAY_SERVICE = "display";
    public static final String STORAGE_STATS_SERVICE = "storagestats";
    public static final String TELEPHONY_SERVICE = "phone";
    /** The system services that there are, by their names. */
    public final Map<String, Object> services = new HashMap<>();
    /** What the device has. */
    public final PackageManager packages = new PackageManager();

    public Object getSystemService(String name) {
        return services.get(name);
    }

    public PackageManager getPackageManager() {
        return packages;
    }

    public ContentResolver getContentResolver() {
        return new ContentResolver();
    }
}
