package android.content.res;

import android.util.DisplayMetrics;

/** Android's class of this name, as far as the library calls it. */
public class Resources {
    public DisplayMetrics getDisplayMetrics() {
        return new DisplayMetrics();
    }
}
