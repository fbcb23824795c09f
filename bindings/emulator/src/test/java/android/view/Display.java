package android.view;

/** Android's class of this name, as far as the library calls it. */
public class Display {
    public Mode getMode() {
        return new Mode();
    }

    /** Android's class of this name, as far as the library calls it. */
    public static class Mode {
        public int getPhysicalWidth() {
            return 1080;
        }

        public int getPhysicalHeight() {
            return 2400;
        }
    }
}
