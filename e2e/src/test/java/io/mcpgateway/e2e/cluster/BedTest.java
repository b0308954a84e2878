package io.mcpgateway.e2e.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks a class of scenarios on the bed, or on the cluster that {@link Cluster#CHOICE} names; a plain build leaves them out. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("bed")
@ExtendWith({DockerCondition.class, ScenarioReport.class})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@interface BedTest {}
