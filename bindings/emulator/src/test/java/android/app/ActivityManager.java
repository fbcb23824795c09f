package android.app;

import java.util.List;
import java.util.function.Supplier;

/** Android's class of this name, as far as the library calls it. */
public class ActivityManager {
    /** What {@link #getRunningAppProcesses} gives, or throws. */
    public Supplier<List<RunningAppProcessInfo>> processes = List::of;

    public List<RunningAppProcessInfo> getRunningAppProcesses() {
        return processes.get();
    }

    /** Android's class of this name, as far as the library reads it. */
    public static class RunningAppProcessInfo {
        public int pid;
        public String processName;

        public RunningAppProcessInfo(int pid, String processName) {
            this.pid = pid;
            this.processName = processName;
        }
    }
}
