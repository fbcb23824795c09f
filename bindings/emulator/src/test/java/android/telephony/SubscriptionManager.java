package android.telephony;

import dev.scruple.emulator.Since;

/** Android's class of this name, as far as the library calls it. */
public class SubscriptionManager {
    /** The SIM that data goes through. */
    public static int dataSubscription;

    @Since(24)
    public static int getDefaultDataSubscriptionId() {
        return dataSubscription;
    }
}
