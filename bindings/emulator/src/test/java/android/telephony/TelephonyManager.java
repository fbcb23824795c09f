package android.telephony;

import dev.scruple.emulator.Since;
import java.util.Map;
import java.util.function.Supplier;

/** Android's class of this name, as far as the library calls it. */
public class TelephonyManager {
    /** What the SIM says of its operator, or throws. */
    public Supplier<String> operator = () -> "";
    /** The same for its name. */
    public Supplier<String> operatorName = () -> "";
    /** Who issued the SIM, by Android's own list. */
    public CharSequence carrier;
    public boolean isRoaming = true;
    /** The managers of each SIM, by its subscription. */
    public Map<Integer, TelephonyManager> subscriptions = Map.of();

    public String getSimOperator() {
        return operator.get();
    }

    public String getSimOperatorName() {
        return operatorName.get();
    }

    public String getNetworkOperatorName() {
        return "Netz";
    }

    public boolean isNetworkRoaming() {
        return isRoaming;
    }

    @Since(28)
    public CharSequence getSimCarrierIdName() {
        return carrier;
    }

    @Since(24)
    public TelephonyManager createForSubscriptionId(int subscription) {
        return subscriptions.get(subscription);
    }
}
