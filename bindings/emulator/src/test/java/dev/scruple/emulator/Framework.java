package dev.scruple.emulator;

import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What native code finds in Java: the classes and members that an API level has, the members by ids. */
final class Framework {
    /** All that was looked for, found or not: classes, and members by {@code class.member}. */
    final Set<String> lookups = new TreeSet<>();
    /** The members that were used, by {@code class.member}. */
    final Set<String> uses = new TreeSet<>();
    /** The texts that were handed over, but for the names of classes to find. */
    final Set<String> texts = new TreeSet<>();

    private final int level;
    /** The first one's id is 1. */
    private final List<Member> members = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    Framework(int level) {
        this.level = level;
    }

    /** A class by JNI's name for it. */
    Class<?> type(String name) {
        try {
            return named(name.replace('/', '.'));
        } catch (ClassNotFoundException e) {
            throw new NoClassDefFoundError(name);
        }
    }

    /** A class by Java's name for it. */
    Class<?> named(String name) throws ClassNotFoundException {
        // The text that named it says no more than that.
        texts.remove(name);
        lookups.add(name);
        Class<?> found = Class.forName(name);
        if (!isThere(found)) {
            throw new ClassNotFoundException(name);
        }
        return found;
    }

    /** The id of a method or constructor. */
    long method(Class<?> owner, String name, String signature, boolean isStatic) {
        lookups.add(name(owner, name));
        for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
            List<Executable> candidates = new ArrayList<>(List.of(type.getDeclaredMethods()));
            candidates.addAll(List.of(type.getDeclaredConstructors()));
            for (Executable candidate : candidates) {
                if (name.equals(candidate instanceof Method ? candidate.getName() : "<init>")
                        && signature.equals(signature(candidate)) && isLike(candidate, isStatic)) {
                    return id(candidate, name(owner, name));
                }
            }
        }
        throw new NoSuchMethodError(name + signature);
    }

    /** The id of a field. */
    long field(Class<?> owner, String name, String signature, boolean isStatic) {
        lookups.add(name(owner, name));
        for (Field field : owner.getFields()) {
            if (name.equals(field.getName()) && signature.equals(field.getType().descriptorString()) && isLike(field, isStatic)) {
                return id(field, name(owner, name));
            }
        }
        throw new NoSuchFieldError(name);
    }

    /** A text of native code's. */
    String text(String text) {
        texts.add(text);
        return text;
    }

    /** The member of an id, which is used now. */
    Member member(long id) {
        uses.add(names.get((int) id - 1));
        return members.get((int) id - 1);
    }

    private long id(Member member, String name) {
        members.add(member);
        names.add(name);
        return members.size();
    }

    private static String name(Class<?> owner, String member) {
        return owner.getCanonicalName() + "." + member;
    }

    private static String signature(Executable executable) {
        Class<?> result = executable instanceof Method method ? method.getReturnType() : void.class;
        return MethodType.methodType(result, executable.getParameterTypes()).toMethodDescriptorString();
    }

    private <M extends Member & AnnotatedElement> boolean isLike(M member, boolean isStatic) {
        return isStatic == Modifier.isStatic(member.getModifiers()) && isThere(member);
    }

    private boolean isThere(AnnotatedElement element) {
        Since since = element.getAnnotation(Since.class);
        return since == null || since.value() <= level;
    }
}
