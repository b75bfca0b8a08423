package io.spanloom.agent.contract;

import java.nio.file.Path;
import java.util.List;

class JavaagentIT extends WeavingContract {

    @Override
    void prepare(Path compiled) {}

    @Override
    Program program(Jdk jdk, boolean modular) {
        return new Program(jdk).with("-javaagent:" + AGENT);
    }

    @Override
    List<String> orders() {
        return List.of();
    }
}
