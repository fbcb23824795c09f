package dev.scruple

import android.content.Context
import dev.scruple.android.ApplicationContext
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/**
 * Opens a session on this device. Nothing is read, and nothing will be before consent is given.
 *
 * ```kotlin
 * val session = Session.open(context, Policy.fromAsset(context, "scruple.json"), listOf(FuzzyLocation, WebView))
 * ```
 *
 * @param context any of the app's; the application's is kept.
 * @param sources what reads feature data; each item has one source at most.
 * @throws ScrupleException.Input if the policy is out of range somewhere, or two sources read the same item.
 * @throws ScrupleException.Library if the native library is missing or is not this version's.
 */
@JvmSynthetic
@OptIn(ScrupleSourceApi::class)
public suspend fun Session.Companion.open(
    context: Context,
    policy: Policy,
    sources: List<Source> = emptyList(),
): Session {
    withContext(Dispatchers.IO) { ApplicationContext.install(context) }
    return open(policy, sources)
}

/**
 * Loads JNA and the native library and hands the context over, which takes a moment, off the main thread. Whoever does
 * not call it pays for it with the first call that needs them.
 *
 * @throws ScrupleException.Library if the native library is missing or is not this version's.
 */
@JvmSynthetic
public suspend fun Session.Companion.warmUp(context: Context): Unit =
    withContext(Dispatchers.IO) { ScrupleAndroid.warmUpBlocking(context) }

/**
 * Reads a policy file from the app's assets; comments are allowed in it.
 *
 * @param name the file's path below `assets/`.
 * @throws ScrupleException.Input if it is not there, or with line, column and path of the first thing that is not as it
 * ought to be.
 * @throws ScrupleException.Library if the native library, which reads it, is missing or is not this version's.
 */
@JvmSynthetic
public suspend fun Policy.Companion.fromAsset(
    context: Context,
    name: String,
): Policy = withContext(Dispatchers.IO) { ScrupleAndroid.policyFromAsset(context, name) }
