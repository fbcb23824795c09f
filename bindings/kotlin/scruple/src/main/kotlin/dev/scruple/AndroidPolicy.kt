package dev.scruple

import android.content.Context
import androidx.annotation.WorkerThread
import dev.scruple.android.refuseOnMain
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.io.IOException
import java.util.concurrent.Executor

/** Reads policies from an app's assets. */
@OptIn(ScrupleSourceApi::class)
public object AndroidPolicy {
    /**
     * Reads a policy file from the app's assets. It may contain comments.
     *
     * @param name the file's path below `assets/`.
     * @throws ScrupleException.Input if the file is missing, or with line, column and path of the first mistake.
     * @throws ScrupleException.Library if the native library, which reads it, is missing or belongs to another version.
     */
    @JvmSynthetic
    public suspend fun fromAsset(
        context: Context,
        name: String,
    ): Policy = withContext(Dispatchers.IO) { fromAssetBlocking(context, name) }

    /**
     * The same for Java: the executor calls the callback, once.
     *
     * @param executor calls the callback, such as `context.mainExecutor`.
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
     * The same for worker threads: it blocks the calling thread.
     *
     * @throws IllegalStateException at once, on the main thread.
     * @throws ScrupleException.Input if the file is missing, or with line, column and path of the first mistake.
     * @throws ScrupleException.Library if the native library, which reads it, is missing or belongs to another version.
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

    private const val HINT = "put the policy file into the app's assets under the given name"
}
