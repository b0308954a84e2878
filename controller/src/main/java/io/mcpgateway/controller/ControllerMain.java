package io.mcpgateway.controller;

import io.mcpgateway.controller.health.HealthListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The controller process. So far it answers health and ends on SIGTERM; reconcilers come with part 2. */
@Command(
        name = "mcp-gateway-controller",
        mixinStandardHelpOptions = true,
        description = "Kubernetes operator of the MCP gateway.")
public final class ControllerMain implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(ControllerMain.class);

    @Option(
            names = "--health-port",
            defaultValue = "8081",
            description = "port of /healthz and /readyz (default: ${DEFAULT-VALUE})")
    private int healthPort;

    private final CountDownLatch stop;

    private ControllerMain(CountDownLatch stop) {
        this.stop = stop;
    }

    public static void main(String[] arguments) {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            try {
                stopped.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }));
        int exit;
        try {
            exit = new CommandLine(new ControllerMain(stop)).execute(arguments);
        } finally {
            stopped.countDown();
        }
        if (stop.getCount() > 0) {
            System.exit(exit);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        try (HealthListener health = HealthListener.start(new InetSocketAddress(healthPort), () -> "")) {
            log.info("controller started healthPort={}", health.port());
            stop.await();
            log.info("controller stopped");
            return 0;
        } catch (IOException problem) {
            log.error("cannot listen on port {}: {}", healthPort, problem.getMessage());
            return 1;
        }
    }
}
