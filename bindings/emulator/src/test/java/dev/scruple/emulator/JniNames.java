package dev.scruple.emulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The functions of JNI in the order of their tables, which its specification fixes. */
final class JniNames {
    /** What a value can be, in the order in which functions for it follow each other. */
    static final List<String> KINDS =
        List.of("Object", "Boolean", "Byte", "Char", "Short", "Int", "Long", "Float", "Double");

    /** The table of {@code JNIEnv}. */
    static final List<String> OF_A_THREAD = ofAThread();

    /** The table of {@code JavaVM}. */
    static final List<String> OF_THE_MACHINE = List.of("", "", "",
        "DestroyJavaVM", "AttachCurrentThread", "DetachCurrentThread", "GetEnv", "AttachCurrentThreadAsDaemon");

    private JniNames() {}

    private static List<String> ofAThread() {
        List<String> names = new ArrayList<>(Collections.nCopies(4, ""));
        Collections.addAll(names, "GetVersion", "DefineClass", "FindClass", "FromReflectedMethod", "FromReflectedField",
            "ToReflectedMethod", "GetSuperclass", "IsAssignableFrom", "ToReflectedField", "Throw", "ThrowNew",
            "ExceptionOccurred", "ExceptionDescribe", "ExceptionClear", "FatalError", "PushLocalFrame", "PopLocalFrame", "NewGlobalRef",
            "DeleteGlobalRef", "DeleteLocalRef", "IsSameObject", "NewLocalRef", "EnsureLocalCapacity", "AllocObject", "NewObject",
            "NewObjectV", "NewObjectA", "GetObjectClass", "IsInstanceOf", "GetMethodID");
        calls(names, "Call");
        calls(names, "CallNonvirtual");
        names.add("GetFieldID");
        fields(names, "");
        names.add("GetStaticMethodID");
        calls(names, "CallStatic");
        names.add("GetStaticFieldID");
        fields(names, "Static");
        Collections.addAll(names, "NewString", "GetStringLength", "GetStringChars", "ReleaseStringChars", "NewStringUTF",
            "GetStringUTFLength", "GetStringUTFChars", "ReleaseStringUTFChars", "GetArrayLength", "NewObjectArray",
            "GetObjectArrayElement", "SetObjectArrayElement");
        List<String> primitives = KINDS.subList(1, KINDS.size());
        primitives.forEach(kind -> names.add("New" + kind + "Array"));
        primitives.forEach(kind -> names.add("Get" + kind + "ArrayElements"));
        primitives.forEach(kind -> names.add("Release" + kind + "ArrayElements"));
        primitives.forEach(kind -> names.add("Get" + kind + "ArrayRegion"));
        primitives.forEach(kind -> names.add("Set" + kind + "ArrayRegion"));
        Collections.addAll(names, "RegisterNatives", "UnregisterNatives", "MonitorEnter", "MonitorExit", "GetJavaVM",
            "GetStringRegion", "GetStringUTFRegion", "GetPrimitiveArrayCritical", "ReleasePrimitiveArrayCritical",
            "GetStringCritical", "ReleaseStringCritical", "NewWeakGlobalRef", "DeleteWeakGlobalRef", "ExceptionCheck",
            "NewDirectByteBuffer", "GetDirectBufferAddress", "GetDirectBufferCapacity", "GetObjectRefType");
        return names;
    }

    private static void calls(List<String> names, String call) {
        List<String> results = new ArrayList<>(KINDS);
        results.add("Void");
        for (String kind : results) {
            Collections.addAll(names, call + kind + "Method", call + kind + "MethodV", call + kind + "MethodA");
        }
    }

    private static void fields(List<String> names, String of) {
        KINDS.forEach(kind -> names.add("Get" + of + kind + "Field"));
        KINDS.forEach(kind -> names.add("Set" + of + kind + "Field"));
    }
}
