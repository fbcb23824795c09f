package android.view;

import android.util.DisplayMetrics;
import dev.scruple.emulator.Since;

/** Android's class of this name, as far as the library calls it. */
public class Display {
    /** A quarter turn from its natural orientation. */
    public int getRotation() {
        return 1;
    }

    /** Drawn on fewer pixels than the panel has. */
    public void getRealMetrics(DisplayMetrics filledIn) {
        filledIn.widthPixels = 1600;
        filledIn.heightPixels = 720;
        filledIn.density = 1.75f;
    }

    @Since(23)
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
