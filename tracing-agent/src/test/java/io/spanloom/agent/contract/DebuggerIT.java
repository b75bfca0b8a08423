package io.spanloom.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.LocalVariable;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.StepEvent;
import com.sun.jdi.event.VMDeathEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.StepRequest;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person with a debugger sees of a woven method: what the source says. */
class DebuggerIT {

    private static final int FIRST_LINE = 13; // int doubled = tries * 2;

    @TempDir
    Path temporary;

    static Stream<Arguments> runs() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of("unwoven", "javaagent", "self-attached", "build-time")
                        .map(mode -> Arguments.of(jdk, mode)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void breakpointInAWovenMethod_isHitWithItsVariablesAndStepsLineByLine(Jdk jdk, String mode) throws Exception {
        Path classes = Files.createDirectories(temporary.resolve("classes"));
        Path target = classes.resolve(Jars.entry(Debugged.class.getName()));
        Files.createDirectories(target.getParent());
        Files.write(target, Jars.classFile(Debugged.class.getName()));
        List<Path> path = new ArrayList<>(List.of(classes));
        path.addAll(WeavingContract.libraries());
        boolean selfAttached = mode.equals("self-attached");
        if (selfAttached) {
            path.addAll(Program.placesOf(Attaching.class, ClassReader.class, ByteBuddyAgent.class));
        }
        List<String> command = new ArrayList<>(List.of(
                jdk.java().toString(),
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0",
                "-Dtracing.backend=log"));
        if (mode.equals("javaagent")) {
            command.add("-javaagent:" + WeavingContract.AGENT);
        } else if (selfAttached) {
            command.addAll(List.of("-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading"));
        } else if (mode.equals("build-time")) {
            BuildTimeIT.weave(classes);
        }
        command.addAll(List.of(
                "-cp",
                path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                selfAttached ? Attaching.class.getName() : Debugged.class.getName()));
        if (selfAttached) {
            command.addAll(List.of(Debugged.class.getName()));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String listening = output.readLine();
            Session session = new Session(attach(listening.substring(listening.lastIndexOf(' ') + 1)));
            session.debug();
            assertThat(session.breakpointAt).isEqualTo(FIRST_LINE);
            assertThat(session.atBreakpoint).containsExactly("order=\"book\"", "tries=3");
            assertThat(session.steps)
                    .containsExactly(
                            FIRST_LINE + 1 + " [doubled=6, order=\"book\", tries=3]",
                            FIRST_LINE + 2 + " [doubled=6, order=\"book\", sum=10, tries=3]",
                            FIRST_LINE + 5 + " [doubled=6, order=\"book\", sum=10, tries=3]");
            assertThat(session.lines)
                    .containsExactly(FIRST_LINE, FIRST_LINE + 1, FIRST_LINE + 2, FIRST_LINE + 3, FIRST_LINE + 5);
            assertThat(session.frames).startsWith("charge < main");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String rest = output.lines().collect(Collectors.joining("\n"));
            assertThat(rest)
                    .contains("charge(Debugged.java:" + (FIRST_LINE + 3) + ") " + Debugged.class.getName()
                            + ".main(Debugged.java:25)");
            assertThat(rest.contains("Debugged.charge ")).isEqualTo(!mode.equals("unwoven"));
        } finally {
            process.destroyForcibly();
        }
    }

    private static VirtualMachine attach(String address) throws Exception {
        AttachingConnector sockets = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(each -> each.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = sockets.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(address.substring(address.lastIndexOf(':') + 1));
        arguments.get("timeout").setValue("30000");
        return sockets.attach(arguments);
    }

    /** One breakpoint, three steps, and on. */
    private static final class Session {
        final VirtualMachine vm;
        int breakpointAt;
        String frames = "";
        List<String> atBreakpoint = List.of();
        final List<String> steps = new ArrayList<>();
        List<Integer> lines = List.of();

        Session(VirtualMachine vm) {
            this.vm = vm;
        }

        void debug() throws Exception {
            ClassPrepareRequest prepared = vm.eventRequestManager().createClassPrepareRequest();
            prepared.addClassFilter(Debugged.class.getName());
            prepared.enable();
            while (true) {
                EventSet events = vm.eventQueue().remove(60_000);
                if (events == null) {
                    throw new AssertionError("the debugged program says nothing");
                }
                for (Event event : events) {
                    if (event instanceof ClassPrepareEvent loaded) {
                        breakAtTheFirstLine(loaded.referenceType());
                    } else if (event instanceof BreakpointEvent reached) {
                        reached.request().disable();
                        breakpointAt = reached.location().lineNumber();
                        atBreakpoint = variables(reached.thread().frame(0));
                        frames = reached.thread().frames().stream()
                                .map(frame -> frame.location().method().name())
                                .collect(Collectors.joining(" < "));
                        StepRequest step = vm.eventRequestManager()
                                .createStepRequest(reached.thread(), StepRequest.STEP_LINE, StepRequest.STEP_OVER);
                        step.addClassFilter(Debugged.class.getName());
                        step.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
                        step.enable();
                    } else if (event instanceof StepEvent stepped) {
                        steps.add(stepped.location().lineNumber() + " "
                                + variables(stepped.thread().frame(0)));
                        if (steps.size() == 3) {
                            stepped.request().disable();
                        }
                    } else if (event instanceof VMDeathEvent || event instanceof VMDisconnectEvent) {
                        return;
                    }
                }
                events.resume();
            }
        }

        private void breakAtTheFirstLine(ReferenceType type) throws Exception {
            Method charge = type.methodsByName("charge").get(0);
            lines = charge.allLineLocations().stream()
                    .map(Location::lineNumber)
                    .distinct()
                    .sorted()
                    .toList();
            vm.eventRequestManager()
                    .createBreakpointRequest(charge.locationsOfLine(FIRST_LINE).get(0))
                    .enable();
        }

        private static List<String> variables(StackFrame frame) throws Exception {
            List<String> all = new ArrayList<>();
            for (LocalVariable each : frame.visibleVariables()) {
                all.add(each.name() + "=" + frame.getValue(each));
            }
            all.sort(null);
            return all;
        }
    }
}
