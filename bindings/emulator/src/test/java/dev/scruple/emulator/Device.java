package dev.scruple.emulator;

import android.app.usage.StorageStatsManager;
import android.content.Context;
import android.hardware.display.DisplayManager;
import android.os.Build;
import android.provider.Settings;
import android.telephony.SubscriptionManager;
import android.telephony.TelephonyManager;
import java.util.Map;

/** A device that states everything, for a test to change. What the framework keeps in static fields is set anew with it. */
final class Device {
    /** The model: the value to look for where none may be. */
    static final String CANARY = "Canary-Modell-Ü-🐤-4711";

    final Context context = new Context();
    final TelephonyManager telephony = new TelephonyManager();
    /** The manager of the SIM that data goes through. */
    final TelephonyManager dataSim = new TelephonyManager();

    Device() {
        Build.MODEL = CANARY;
        Build.BRAND = "canary";
        Build.MANUFACTURER = "Kanarienvögel 株式会社";
        Build.DISPLAY = "CANARY.1 release-keys";
        Build.SUPPORTED_ABIS = new String[] {"arm64-v8a", "armeabi-v7a"};
        Build.SOC_MANUFACTURER = "Nest";
        Build.SOC_MODEL = "Ei 8";
        Build.radio = "radio-1.2.3";
        Build.VERSION.RELEASE = "14";
        Build.VERSION.INCREMENTAL = "eng.4711";
        Build.VERSION.SDK_INT = 34;
        Settings.Global.deviceName = "Käthes Telefon";
        SubscriptionManager.dataSubscription = 2;
        telephony.subscriptions = Map.of(SubscriptionManager.dataSubscription, dataSim);
        dataSim.operator = () -> "26203";
        dataSim.operatorName = () -> "o2 – de";
        telephony.operator = () -> "26201";
        telephony.operatorName = () -> "Telekom.de";
        context.packages.features.add("android.hardware.telephony");
        context.services.put(Context.TELEPHONY_SERVICE, telephony);
        context.services.put(Context.DISPLAY_SERVICE, new DisplayManager());
        context.services.put(Context.STORAGE_STATS_SERVICE, new StorageStatsManager());
    }
}
