package android.content.pm;

import java.util.HashSet;
import java.util.Set;

/** Android's class of this name, as far as the library calls it. */
public class PackageManager {
    /** What the device has. */
    public final Set<String> features = new HashSet<>();

    public boolean hasSystemFeature(String feature) {
        return features.contains(feature);
    }
}
