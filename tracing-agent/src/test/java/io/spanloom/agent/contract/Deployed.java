package io.spanloom.agent.contract;

import io.spanloom.Tracing;
import io.spanloom.weave.Weaver;
import java.util.concurrent.Callable;

/** A web application with all of its libraries in it, ByteBuddy, too, which installs the weaver itself. */
public final class Deployed implements Callable<String> {

    private final String end;

    public Deployed(String end) {
        this.end = end;
    }

    @Override
    public String call() {
        String installed = Weaver.install().mode();
        String answer = new Lodger().call();
        boolean woven = Weaver.explain(Lodger.class).isWoven();
        Tracing.shutdown();
        if (end.equals("uninstall")) {
            Weaver.uninstall();
        }
        return answer + " " + installed + (woven ? " woven" : " not woven");
    }
}
