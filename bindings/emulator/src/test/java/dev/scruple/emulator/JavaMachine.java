package dev.scruple.emulator;

import com.github.unidbg.arm.context.RegisterContext;
import com.github.unidbg.pointer.UnidbgPointer;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Android's virtual machine as native code sees it: JNI over this machine's Java, as strict as CheckJNI. It has the
 * functions that the library calls; any other fails by its name. unidbg's own machine ends no reference, lets calls pass
 * while an exception is pending, and does not deliver what a method throws.
 */
final class JavaMachine {
    private static final int OK = 0;
    private static final int DETACHED = -2;
    private static final int VERSION_1_6 = 0x10006;

    /** What may be called while an exception is pending. */
    private static final Set<String> CALM = Set.of("ExceptionCheck", "ExceptionOccurred", "ExceptionClear", "PushLocalFrame",
        "PopLocalFrame", "DeleteLocalRef", "DeleteGlobalRef", "GetEnv", "DetachCurrentThread");

    /** One function of JNI's. */
    private interface Function {
        Object call(Arguments arguments) throws Exception;
    }

    /** Every call that was made, of both tables, by its function. */
    final Map<String, Integer> calls = new TreeMap<>();
    final Framework framework;
    final References references = new References();

    private final Processor emulator;
    private final Map<String, Function> functions = new HashMap<>();
    private final Map<Integer, UnidbgPointer> threads = new HashMap<>();
    private final UnidbgPointer machine;
    private final UnidbgPointer threadTable;
    /** What is pending, by thread. */
    private final Map<Integer, Throwable> pending = new HashMap<>();
    private AssertionError failure;

    JavaMachine(Processor emulator, int level) {
        this.emulator = emulator;
        framework = new Framework(level);
        define();
        threadTable = table(JniNames.OF_A_THREAD);
        machine = pointerTo(table(JniNames.OF_THE_MACHINE));
        attach(emulator.getPid());
    }

    /** Calls a native method of a class: the method's arguments follow the environment and the class. */
    Object[] nativeArguments(Class<?> owner, Object... objects) {
        references.push();
        List<Object> arguments = new ArrayList<>(List.of(threads.get(emulator.getPid()), (int) references.local(owner)));
        Arrays.stream(objects).forEach(object -> arguments.add((int) references.local(object)));
        return arguments.toArray();
    }

    /** What Java does when a native method has returned. */
    void nativeReturned() {
        references.pop();
        Throwable thrown = takePending();
        if (thrown != null) {
            throw new AssertionError("a native method threw", thrown);
        }
    }

    /** Why a call of JNI's failed, if one did. */
    AssertionError takeFailure() {
        AssertionError taken = failure;
        failure = null;
        return taken;
    }

    int callCount() {
        return calls.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** An exception of somebody else's is pending on the thread that calls the library. */
    void throwBefore(Throwable exception) {
        pending.put(emulator.getPid(), exception);
    }

    /** What is pending on that thread, which then is not. */
    Throwable takePending() {
        return pending.remove(emulator.getPid());
    }

    /** How many threads Java knows. */
    int threadCount() {
        return threads.size();
    }

    private UnidbgPointer attach(int thread) {
        return threads.computeIfAbsent(thread, id -> pointerTo(threadTable));
    }

    private UnidbgPointer pointerTo(UnidbgPointer table) {
        UnidbgPointer pointer = emulator.getSvcMemory().allocate(emulator.getPointerSize(), "JNI");
        pointer.setPointer(0, table);
        return pointer;
    }

    private UnidbgPointer table(List<String> names) {
        UnidbgPointer table = emulator.getSvcMemory().allocate(emulator.getPointerSize() * names.size(), "JNI");
        for (int slot = 0; slot < names.size(); slot++) {
            String name = names.get(slot);
            if (!name.isEmpty()) {
                table.setPointer((long) emulator.getPointerSize() * slot, emulator.function(name, context -> called(name, new Arguments(context))));
            }
        }
        return table;
    }

    private long called(String name, Arguments arguments) {
        calls.merge(name, 1, Integer::sum);
        try {
            Function function = functions.get(name);
            if (function == null) {
                throw new AssertionError(name + " is not implemented");
            }
            Throwable before = pending.get(emulator.thread());
            if (before != null && !CALM.contains(name)) {
                throw new AssertionError(name + " is called while an exception is pending", before);
            }
            if (JniNames.OF_A_THREAD.contains(name) && !arguments.pointer(0).equals(threads.get(emulator.thread()))) {
                throw new AssertionError(name + " is called with another thread's environment");
            }
            return register(function.call(arguments));
        } catch (InvocationTargetException thrownByJava) {
            pending.put(emulator.thread(), thrownByJava.getCause());
            return 0;
        } catch (ReflectiveOperationException | LinkageError | IndexOutOfBoundsException thrown) {
            pending.put(emulator.thread(), thrown);
            return 0;
        } catch (AssertionError | Exception e) {
            failure = e instanceof AssertionError error ? error : new AssertionError(name, e);
            throw new IllegalStateException(failure);
        }
    }

    /** A result as the function returns it. */
    private long register(Object result) {
        if (result instanceof Float || result instanceof Double) {
            return emulator.real((Number) result);
        }
        if (result instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return result == null ? 0 : ((Number) result).longValue();
    }

    private void define() {
        functions.put("GetVersion", arguments -> VERSION_1_6);
        functions.put("GetJavaVM", arguments -> {
            arguments.pointer(1).setPointer(0, machine);
            return OK;
        });
        functions.put("GetEnv", arguments -> {
            UnidbgPointer environment = threads.get(emulator.thread());
            arguments.pointer(1).setPointer(0, environment);
            return environment == null ? DETACHED : OK;
        });
        functions.put("AttachCurrentThread", arguments -> {
            arguments.pointer(1).setPointer(0, attach(emulator.thread()));
            return OK;
        });
        functions.put("DetachCurrentThread", arguments -> {
            threads.remove(emulator.thread());
            return OK;
        });

        functions.put("ExceptionCheck", arguments -> pending.containsKey(emulator.thread()));
        functions.put("ExceptionOccurred", arguments -> references.local(pending.get(emulator.thread())));
        functions.put("ExceptionClear", arguments -> {
            pending.remove(emulator.thread());
            return null;
        });

        functions.put("PushLocalFrame", arguments -> {
            references.push();
            return OK;
        });
        functions.put("PopLocalFrame", arguments -> {
            Object result = arguments.object(1);
            references.pop();
            return references.local(result);
        });
        functions.put("NewGlobalRef", arguments -> references.global(arguments.object(1)));
        Function delete = arguments -> {
            references.delete(arguments.word(1));
            return null;
        };
        functions.put("DeleteGlobalRef", delete);
        functions.put("DeleteLocalRef", delete);
        functions.put("GetObjectClass", arguments -> references.local(arguments.object(1).getClass()));
        functions.put("IsSameObject", arguments -> arguments.object(1) == arguments.object(2));
        functions.put("IsInstanceOf", arguments -> {
            Object object = arguments.object(1);
            return object == null || ((Class<?>) arguments.object(2)).isInstance(object);
        });

        functions.put("IsAssignableFrom", arguments ->
            ((Class<?>) arguments.object(2)).isAssignableFrom((Class<?>) arguments.object(1)));

        functions.put("FindClass", arguments -> references.local(framework.type(arguments.text(1))));
        for (String of : List.of("", "Static")) {
            boolean isStatic = !of.isEmpty();
            functions.put("Get" + of + "MethodID", arguments ->
                framework.method((Class<?>) arguments.object(1), arguments.text(2), arguments.text(3), isStatic));
            functions.put("Get" + of + "FieldID", arguments ->
                framework.field((Class<?>) arguments.object(1), arguments.text(2), arguments.text(3), isStatic));
            for (String kind : JniNames.KINDS) {
                functions.put("Get" + of + kind + "Field", arguments -> {
                    Field field = (Field) framework.member(arguments.word(2));
                    return given(kind, field.getType(), field.get(receiver(arguments.object(1), field, isStatic)));
                });
            }
            Stream.concat(JniNames.KINDS.stream(), Stream.of("Void")).forEach(kind ->
                functions.put("Call" + of + kind + "MethodA", arguments -> {
                    Method method = (Method) framework.member(arguments.word(2));
                    Object receiver = receiver(arguments.object(1), method, isStatic);
                    return given(kind, method.getReturnType(), invoke(method, receiver, arguments.values(3, method)));
                }));
        }
        functions.put("NewObjectA", arguments -> {
            Constructor<?> constructor = (Constructor<?>) framework.member(arguments.word(2));
            return references.local(constructor.newInstance(arguments.values(3, constructor)));
        });

        functions.put("NewStringUTF", arguments -> references.local(framework.text(arguments.text(1))));
        functions.put("GetStringLength", arguments -> ((String) arguments.object(1)).length());
        functions.put("GetStringRegion", arguments -> {
            int start = (int) arguments.word(2);
            String region = ((String) arguments.object(1)).substring(start, start + (int) arguments.word(3));
            for (int unit = 0; unit < region.length(); unit++) {
                arguments.pointer(4).setShort(2L * unit, (short) region.charAt(unit));
            }
            return null;
        });
        functions.put("GetArrayLength", arguments -> Array.getLength(arguments.object(1)));
        functions.put("GetObjectArrayElement", arguments ->
            references.local(((Object[]) arguments.object(1))[(int) arguments.word(2)]));
    }

    /** Calls a method; a class is found by its name only if the level has it. */
    private Object invoke(Method method, Object receiver, Object[] values) throws ReflectiveOperationException {
        boolean finds = method.getDeclaringClass() == Class.class && method.getName().equals("forName");
        return finds ? framework.named((String) values[0]) : method.invoke(receiver, values);
    }

    /** A result as the function of its kind gives it. */
    private Object given(String kind, Class<?> type, Object value) {
        String declared = type.isPrimitive() ? type.getSimpleName() : "object";
        if (!declared.equals(kind.toLowerCase())) {
            throw new AssertionError("the function for " + kind + " is called for " + type);
        }
        return type.isPrimitive() ? value : references.local(value);
    }

    private static Object receiver(Object object, Member member, boolean isStatic) {
        Class<?> owner = member.getDeclaringClass();
        if (isStatic ? !owner.isAssignableFrom((Class<?>) object) : !owner.isInstance(object)) {
            throw new AssertionError(member + " is no member of " + object);
        }
        return isStatic ? null : object;
    }

    /** The arguments of one call. */
    private final class Arguments {
        private final RegisterContext context;

        Arguments(RegisterContext context) {
            this.context = context;
        }

        long word(int at) {
            return context.getLongArg(at);
        }

        UnidbgPointer pointer(int at) {
            return context.getPointerArg(at);
        }

        String text(int at) {
            return pointer(at).getString(0);
        }

        Object object(int at) {
            return references.get(word(at));
        }

        /** The values for a method's or constructor's parameters, each in a union of eight bytes. */
        Object[] values(int at, Executable target) {
            Class<?>[] types = target.getParameterTypes();
            Object[] values = new Object[types.length];
            for (int index = 0; index < types.length; index++) {
                long place = 8L * index;
                values[index] = types[index] == int.class ? (Object) pointer(at).getInt(place)
                    : types[index] == boolean.class ? (Object) (pointer(at).getByte(place) != 0)
                    : references.get(UnidbgPointer.nativeValue(pointer(at).getPointer(place)));
            }
            return values;
        }
    }
}
