package dev.scruple

import android.content.Context
import dev.scruple.android.ApplicationContext
import java.io.IOException

/** The same as [open], [warmUp] and [fromAsset] for Java: for worker threads, since they block. */
@OptIn(ScrupleSourceApi::class)
public object ScrupleAndroid {
    /**
     * Opens a session on this device. Nothing is read, and nothing will be before consent is given.
     *
     * @param context any of the app's; the application's is kept.
     * @param sources what reads feature data; each item has one source at most.
     * @throws ScrupleException.Input if the policy is out of range somewhere, or two sources read the same item.
     * @throws ScrupleException.Library if the native library is missing or is not this version's.
     */
    @JvmStatic
    @JvmOverloads
    @Throws(ScrupleException::class)
    public fun openBlocking(
        context: Context,
        policy: Policy,
        sources: List<Source> = emptyList(),
    ): Session {
        ApplicationContext.install(context)
        return Session.openBlocking(policy, sources)
    }

    /**
     * Loads JNA and the native library and hands the context over.
     *
     * @throws ScrupleException.Library if the native library is missing or is not this version's.
     */
    @JvmStatic
    @Throws(ScrupleException::class)
    public fun warmUpBlocking(context: Context) {
        ApplicationContext.install(context)
        Session.warmUpBlocking()
    }

    /**
     * Reads a policy file from the app's assets; comments are allowed in it.
     *
     * @param name the file's path below `assets/`.
     * @throws ScrupleException.Input if it is not there, or with line, column and path of the first thing that is not
     * as it ought to be.
     * @throws ScrupleException.Library if the native library, which reads it, is missing or is not this version's.
     */
    @JvmStatic
    @Throws(ScrupleException::class)
    public fun policyFromAsset(
        context: Context,
        name: String,
    ): Policy {
        val text =
            try {
                context.assets.open(name).use { it.readBytes().decodeToString() }
            } catch (_: IOException) {
                throw ScrupleException.Input(InputKind.UNREADABLE, "", HINT, null, "cannot be opened; $HINT")
            }
        return Policy.fromJson(text)
    }

    private const val HINT = "put the policy into the app's assets under the name that is asked for"
}
