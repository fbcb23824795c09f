package android.content;

import android.content.pm.PackageManager;
import android.content.res.Resources;
import java.util.HashMap;
import java.util.Map;

/** Android's class of this name, as far as the library calls it. */
public class Context {
    /** The system services that there are. */
    public final Map<Class<?>, Object> services = new HashMap<>();
    /** What the device has. */
    public final PackageManager packages = new PackageManager();

    public final <T> T getSystemService(Class<T> service) {
        @SuppressWarnings("unchecked")
        T found = (T) services.get(service);
        return found;
    }

    public PackageManager getPackageManager() {
        return packages;
    }

    public ContentResolver getContentResolver() {
        return new ContentResolver();
    }

    public Resources getResources() {
        return new Resources();
    }
}
