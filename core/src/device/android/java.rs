//! Java as one thread calls it: by resolved ids, without an exception left pending, and without copies of text that
//! nobody wipes.

#![allow(unsafe_code, reason = "JNI is an interface of C functions")]

use std::ffi::c_void;
use std::marker::PhantomData;
use std::ptr;

use jni_sys::{
    JNI_EDETACHED, JNI_OK, JNI_VERSION_1_6, JNIEnv, JavaVM, jclass, jfieldID, jint, jmethodID, jobject,
    jvalue,
};
use zeroize::Zeroizing;

use crate::outcome::Unavailable;
use crate::text;

/// A reference that lives as long as its frame.
#[derive(Clone, Copy)]
pub(super) struct Object<'l>(jobject, PhantomData<&'l ()>);

/// A reference that lives until it is deleted, on any thread.
pub(super) struct Global(jobject);

/// The process's virtual machine.
#[derive(Clone, Copy)]
pub(super) struct Machine(*mut JavaVM);

/// Declares ids, which are valid on any thread as long as their class is loaded; `Framework` holds each class.
macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident($raw:ty);)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy)]
            pub(super) struct $id(pub(super) $raw);

            // SAFETY: JNI says so of ids.
            unsafe impl Send for $id {}
            // SAFETY: the same.
            unsafe impl Sync for $id {}
        )+
    };
}

ids! {
    /// A method of an object, or a constructor.
    Method(jmethodID);
    /// A method of a class.
    StaticMethod(jmethodID);
    /// A field of an object.
    Field(jfieldID);
    /// A field of a class.
    StaticField(jfieldID);
}

// SAFETY: JNI says so of global references.
unsafe impl Send for Global {}
// SAFETY: the same.
unsafe impl Sync for Global {}
// SAFETY: there is one virtual machine, for every thread.
unsafe impl Send for Machine {}
// SAFETY: the same.
unsafe impl Sync for Machine {}

impl<'l> Object<'l> {
    /// # Safety
    /// The reference is live, or null, as long as the lifetime says.
    pub(super) const unsafe fn from_raw(raw: jobject) -> Self {
        Self(raw, PhantomData)
    }

    pub(super) fn is_null(self) -> bool {
        self.0.is_null()
    }

    /// It as an argument.
    pub(super) const fn argument(self) -> jvalue {
        jvalue { l: self.0 }
    }

    /// What is called, which has to be there.
    fn target(self) -> Result<jobject, Unavailable> {
        if self.is_null() { Err(Unavailable::NotStated) } else { Ok(self.0) }
    }
}

impl Global {
    /// A global reference to the object; `None` if there is no memory for it, or no object.
    pub(super) fn new(env: *mut JNIEnv, object: Object<'_>) -> Option<Self> {
        // SAFETY: the environment is the calling thread's, and the reference is live.
        let global = unsafe { ((**env).v1_2.NewGlobalRef)(env, object.0) };
        (!global.is_null()).then_some(Self(global))
    }

    pub(super) const fn object(&self) -> Object<'_> {
        Object(self.0, PhantomData)
    }

    /// It as the class that it is.
    pub(super) const fn class(&self) -> jclass {
        self.0
    }

    /// Whether it is that object.
    pub(super) fn is(&self, env: *mut JNIEnv, object: Object<'_>) -> bool {
        // SAFETY: the environment is the calling thread's, and both references are live.
        unsafe { ((**env).v1_2.IsSameObject)(env, self.0, object.0) }
    }

    /// Gives it back. It is not used again.
    pub(super) fn delete(&self, machine: Machine) {
        if let Ok(thread) = Thread::attach(machine) {
            // SAFETY: the environment is this thread's, and this is the only place that deletes.
            unsafe { ((**thread.env).v1_1.DeleteGlobalRef)(thread.env, self.0) }
        }
    }
}

impl Machine {
    /// The one that the environment is of.
    pub(super) fn of(env: *mut JNIEnv) -> Option<Self> {
        let mut machine = ptr::null_mut();
        // SAFETY: the environment is the calling thread's.
        let status = unsafe { ((**env).v1_1.GetJavaVM)(env, &mut machine) };
        (status == JNI_OK && !machine.is_null()).then_some(Self(machine))
    }
}

/// A thread that may call Java, for as long as this is held.
struct Thread {
    machine: Machine,
    env: *mut JNIEnv,
    /// It was none of Java's, and is to be none again.
    detach: bool,
}

impl Thread {
    fn attach(machine: Machine) -> Result<Self, Unavailable> {
        let Machine(raw) = machine;
        let mut env: *mut c_void = ptr::null_mut();
        // SAFETY: the virtual machine is never destroyed on Android.
        let status = unsafe { ((**raw).v1_2.GetEnv)(raw, &mut env, JNI_VERSION_1_6) };
        let detach = status == JNI_EDETACHED;
        let status = if detach {
            // SAFETY: the same.
            unsafe { ((**raw).v1_4.AttachCurrentThreadAsDaemon)(raw, &mut env, ptr::null_mut()) }
        } else {
            status
        };
        if status != JNI_OK || env.is_null() {
            return Err(Unavailable::ReadFailed);
        }
        Ok(Self { machine, env: env.cast(), detach })
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        if self.detach {
            let Machine(raw) = self.machine;
            // SAFETY: this thread attached itself, and holds no local reference any more.
            unsafe { ((**raw).v1_1.DetachCurrentThread)(raw) };
        }
    }
}

/// A frame of local references, which end with it.
struct Frame(*mut JNIEnv);

impl Drop for Frame {
    fn drop(&mut self) {
        // SAFETY: the frame is this thread's latest, and an exception may be pending here.
        unsafe { ((**self.0).v1_2.PopLocalFrame)(self.0, ptr::null_mut()) };
    }
}

/// References that a pass needs at once; the frame grows if it must.
const REFERENCES: jint = 64;

/// Java, as a thread calls it within a frame.
pub(super) struct Java<'l> {
    env: *mut JNIEnv,
    security_exception: &'static Global,
    frame: PhantomData<&'l ()>,
}

/// Calls a function of JNI's, and turns what was thrown into a reason.
macro_rules! call {
    ($java:ident, $version:ident.$function:ident($($argument:expr),*)) => {{
        let env = $java.env;
        // SAFETY: the environment is this thread's and no exception is pending, since each call takes its own away;
        // references are live, and ids belong to their class with the signature that `framework.rs` asks for.
        let result = unsafe { ((**env).$version.$function)(env, $($argument),*) };
        $java.caught().map(|()| result)
    }};
}

/// The same for what gives an object of this frame.
macro_rules! object {
    ($java:ident, $version:ident.$function:ident($($argument:expr),*)) => {
        call!($java, $version.$function($($argument),*)).map(|raw| Object(raw, PhantomData))
    };
}

impl<'l> Java<'l> {
    /// Runs a pass on the thread that calls, which is attached meanwhile if it is none of Java's.
    pub(super) fn run(
        machine: Machine,
        security_exception: &'static Global,
        pass: impl for<'f> FnOnce(Java<'f>),
    ) -> Result<(), Unavailable> {
        let thread = Thread::attach(machine)?;
        let env = thread.env;
        // SAFETY: the environment is this thread's, and asking is allowed with an exception pending.
        let pending = unsafe { ((**env).v1_2.ExceptionCheck)(env) };
        // SAFETY: nothing is pending then.
        if pending || unsafe { ((**env).v1_2.PushLocalFrame)(env, REFERENCES) } != JNI_OK {
            return Err(Unavailable::ReadFailed);
        }
        let _frame = Frame(env);
        pass(Java { env, security_exception, frame: PhantomData });
        Ok(())
    }

    pub(super) fn object(
        &self,
        target: Object<'_>,
        method: Method,
        arguments: &[jvalue],
    ) -> Result<Object<'l>, Unavailable> {
        let target = target.target()?;
        object!(self, v1_1.CallObjectMethodA(target, method.0, arguments.as_ptr()))
    }

    pub(super) fn boolean(
        &self,
        target: Object<'_>,
        method: Method,
        arguments: &[jvalue],
    ) -> Result<bool, Unavailable> {
        let target = target.target()?;
        call!(self, v1_1.CallBooleanMethodA(target, method.0, arguments.as_ptr()))
    }

    pub(super) fn int(
        &self,
        target: Object<'_>,
        method: Method,
        arguments: &[jvalue],
    ) -> Result<i32, Unavailable> {
        let target = target.target()?;
        call!(self, v1_1.CallIntMethodA(target, method.0, arguments.as_ptr()))
    }

    pub(super) fn long(
        &self,
        target: Object<'_>,
        method: Method,
        arguments: &[jvalue],
    ) -> Result<i64, Unavailable> {
        let target = target.target()?;
        call!(self, v1_1.CallLongMethodA(target, method.0, arguments.as_ptr()))
    }

    pub(super) fn static_object(
        &self,
        class: &Global,
        method: StaticMethod,
        arguments: &[jvalue],
    ) -> Result<Object<'l>, Unavailable> {
        object!(self, v1_1.CallStaticObjectMethodA(class.0, method.0, arguments.as_ptr()))
    }

    pub(super) fn static_int(&self, class: &Global, method: StaticMethod) -> Result<i32, Unavailable> {
        call!(self, v1_1.CallStaticIntMethodA(class.0, method.0, ptr::null()))
    }

    pub(super) fn construct(
        &self,
        class: &Global,
        constructor: Method,
        arguments: &[jvalue],
    ) -> Result<Object<'l>, Unavailable> {
        object!(self, v1_1.NewObjectA(class.0, constructor.0, arguments.as_ptr()))
    }

    pub(super) fn object_field(&self, target: Object<'_>, field: Field) -> Result<Object<'l>, Unavailable> {
        let target = target.target()?;
        object!(self, v1_1.GetObjectField(target, field.0))
    }

    pub(super) fn int_field(&self, target: Object<'_>, field: Field) -> Result<i32, Unavailable> {
        let target = target.target()?;
        call!(self, v1_1.GetIntField(target, field.0))
    }

    pub(super) fn float_field(&self, target: Object<'_>, field: Field) -> Result<f32, Unavailable> {
        let target = target.target()?;
        call!(self, v1_1.GetFloatField(target, field.0))
    }

    pub(super) fn static_object_field(
        &self,
        class: &Global,
        field: StaticField,
    ) -> Result<Object<'l>, Unavailable> {
        object!(self, v1_1.GetStaticObjectField(class.0, field.0))
    }

    pub(super) fn static_int_field(&self, class: &Global, field: StaticField) -> Result<i32, Unavailable> {
        call!(self, v1_1.GetStaticIntField(class.0, field.0))
    }

    pub(super) fn array_length(&self, array: Object<'_>) -> Result<i32, Unavailable> {
        let array = array.target()?;
        call!(self, v1_1.GetArrayLength(array))
    }

    pub(super) fn array_element(&self, array: Object<'_>, at: i32) -> Result<Object<'l>, Unavailable> {
        let array = array.target()?;
        object!(self, v1_1.GetObjectArrayElement(array, at))
    }

    pub(super) fn is_instance(&self, object: Object<'_>, class: &Global) -> bool {
        // SAFETY: as in `call!`; this function throws nothing.
        unsafe { ((**self.env).v1_1.IsInstanceOf)(self.env, object.0, class.0) }
    }

    /// A `String`'s text, copied into memory of ours only: JNI's functions for UTF-8 leave a copy in the virtual
    /// machine's heap.
    pub(super) fn text(&self, string: Object<'_>) -> Result<Zeroizing<String>, Unavailable> {
        let string = string.target()?;
        let length = call!(self, v1_1.GetStringLength(string))?;
        let size = usize::try_from(length).map_err(|_| Unavailable::Malformed)?;
        if size > text::LONGEST {
            return Err(Unavailable::TooLong);
        }
        let mut units = Zeroizing::new(vec![0_u16; size]);
        call!(self, v1_2.GetStringRegion(string, 0, length, units.as_mut_ptr()))?;
        // Large enough never to move: a unit becomes three bytes at most.
        let mut text = Zeroizing::new(String::with_capacity(3 * size));
        for character in char::decode_utf16(units.iter().copied()) {
            text.push(character.map_err(|_| Unavailable::Malformed)?);
        }
        Ok(text)
    }

    /// Takes a pending exception away. Of what it says nothing is kept: it could hold a value.
    fn caught(&self) -> Result<(), Unavailable> {
        let env = self.env;
        // SAFETY: the environment is this thread's, and these three are allowed with an exception pending.
        let exception = unsafe {
            if !((**env).v1_2.ExceptionCheck)(env) {
                return Ok(());
            }
            let exception = ((**env).v1_1.ExceptionOccurred)(env);
            ((**env).v1_1.ExceptionClear)(env);
            Object::from_raw(exception)
        };
        let refused = self.is_instance(exception, self.security_exception);
        Err(if refused { Unavailable::NotPermitted } else { Unavailable::ReadFailed })
    }
}
