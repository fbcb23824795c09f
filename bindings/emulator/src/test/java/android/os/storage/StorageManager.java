package android.os.storage;

import dev.scruple.emulator.Since;
import java.util.UUID;

/** Android's class of this name, as far as the library reads it. */
public class StorageManager {
    @Since(26)
    public static final UUID UUID_DEFAULT = UUID.fromString("41217664-9172-527a-b3d5-edabb50a7d69");
}
