package android.util;

/** Android's class of this name, as far as the library reads it. */
public class DisplayMetrics {
    public int widthPixels;
    public int heightPixels;
    public float density;
}
