package android.os;

/** Android's class of this name, as far as the library calls it. */
public class StatFs {
    private final String path;

    public StatFs(String path) {
        this.path = path;
    }

    public long getTotalBytes() {
        return path.equals("/data") ? 52_000_000_000L : 0;
    }
}
