package dev.scruple

import android.content.Context
import androidx.annotation.WorkerThread
import dev.scruple.android.refuseOnMain
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.io.IOException
import java.util.concurrent.Executor

/** How policies come about from an app's assets. */
@OptIn(ScrupleSourceApi::class)
public object AndroidPolicy {
    /**
     * Reads a policy file from the app's assets; comments are allowed in it.
     *
     * @param name the file's path below `assets/`.
     * @throws ScrupleException.Input if it is not there, or with line, column and path of the first thing that is not
     * as it ought to be.
     * @throws ScrupleException.Library if the native library, which reads it, is missing or is not this version's.
     */
    @JvmSynthetic
    public suspend fun fromAsset(
        context: Context,
        name: String,
    ): Policy = withContext(Dispatchers.IO) { fromAssetBlocking(context, name) }

    /**
     * The same, for Java: the callback is called by the executor, once.
     *
     * @param executor where the callback is called, such as `context.mainExecutor`.
     */
    @JvmStatic
    public fun fromAsset(
        context: Context,
        name: String,
        executor: Executor,
        callback: ScrupleCallback<Policy>,
    ) {
        ScrupleCallback.call(executor, callback) { fromAssetBlocking(context, name) }
    }

    /**
     * The same, blocking the thread that calls: for worker threads.
     *
     * @throws IllegalStateException at once, on the main thread.
     * @throws ScrupleException.Input if it is not there, or with line, column and path of the first thing that is not
     * as it ought to be.
     * @throws ScrupleException.Library if the native library, which reads it, is missing or is not this version's.
     */
    @WorkerThread
    @JvmStatic
    @Throws(ScrupleException::class)
    public fun fromAssetBlocking(
        context: Context,
        name: String,
    ): Policy {
        refuseOnMain("AndroidPolicy.fromAssetBlocking", "AndroidPolicy.fromAsset")
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
