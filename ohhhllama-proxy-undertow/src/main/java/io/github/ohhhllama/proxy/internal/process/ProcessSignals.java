package io.github.ohhhllama.proxy.internal.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/** Hears the signals that the operating system sends to this process. */
final class ProcessSignals implements Surroundings.StopSignal {

    @Override
    public void onStop(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "ohhhllama-stop"));
    }

    /**
     * {@inheritDoc}
     *
     * <p>{@code sun.misc.Signal}, of the module jdk.unsupported, is the one way to hear it; it is looked up by name, as
     * the compiler warns of it and cannot be told not to. Where it is missing, or the signal belongs to somebody else
     * (nohup, {@code -Xrs}, Windows), a hang-up means what it meant before.
     */
    @Override
    public void onHangUp(Runnable reload) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler heard = (proxy, method, arguments) -> answer(proxy, method.getName(), arguments, reload);
            Object ears = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, heard);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ears);
        } catch (ReflectiveOperationException deaf) {
            // No logger before this: the surroundings are made before the settings say how to log.
            LoggerFactory.getLogger(ProcessSignals.class)
                    .debug("SIGHUP is not heard, so settings are not read again", deaf);
        }
    }

    /** The signals of Java keep their handlers in a map, so these methods of an object are called as well. */
    private static Object answer(Object proxy, String method, Object[] arguments, Runnable reload) {
        return switch (method) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "reload";
            default -> {
                reload.run();
                yield "";
            }
        };
    }
}
