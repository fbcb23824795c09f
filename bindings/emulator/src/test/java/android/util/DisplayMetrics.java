package android.util;

/** Android's class of this name, as far as the library reads it. */
public class DisplayMetrics {
    public float density = 2.625f;
}
