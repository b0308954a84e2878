package io.mcpgateway.broker.jmh;

import io.mcpgateway.api.contract.ConfigYaml;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Reading of the configuration that the controller writes. */
public class ConfigBenchmark extends CoreBenchmark {
    @Param({"1", "100", "500"})
    public int servers;

    private String yaml = "";

    @Setup
    public void makeConfig() {
        StringBuilder text = new StringBuilder("servers:\n");
        for (int i = 0; i < servers; i++) {
            text.append("- name: ns/server")
                    .append(i)
                    .append("\n  url: http://server")
                    .append(i)
                    .append(".ns.svc.cluster.local:8080/mcp\n  hostname: server")
                    .append(i)
                    .append(".mcp.local\n  toolPrefix: s")
                    .append(i)
                    .append("_\n");
        }
        yaml = text.toString();
    }

    @Benchmark
    public ConfigYaml.Result parse() {
        return ConfigYaml.parse(yaml);
    }
}
