package android.app.usage;

import android.os.storage.StorageManager;
import dev.scruple.emulator.Since;
import java.io.IOException;
import java.util.UUID;

/** Android's class of this name, as far as the library calls it. */
@Since(26)
public class StorageStatsManager {
    public long getTotalBytes(UUID storage) throws IOException {
        if (!storage.equals(StorageManager.UUID_DEFAULT)) {
            throw new IOException("no such storage");
        }
        return 128_000_000_000L;
    }
}
