package io.mcpgateway.e2e.trace;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The binary names of the classes that this project has in a program, nested ones included. Records with annotated
 * components are left out: the JVM refuses to instrument them (JDK 25.0.3).
 */
record OwnTypes(List<String> names) {
    private static final String OURS = "io/mcpgateway/";

    OwnTypes {
        names = List.copyOf(names);
    }

    /** Of a jar and of those of ours in its folder {@code lib}. */
    static OwnTypes of(Path program) throws IOException {
        List<String> names = new ArrayList<>(in(program));
        try (Stream<Path> libraries = Files.list(program.resolveSibling("lib"))) {
            List<Path> ours = libraries
                    .filter(library -> library.getFileName().toString().startsWith("mcp-gateway-"))
                    .toList();
            for (Path library : ours) {
                names.addAll(in(library));
            }
        }
        return new OwnTypes(names);
    }

    private static List<String> in(Path jar) throws IOException {
        List<String> names = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            List<JarEntry> classes = file.stream()
                    .filter(entry -> entry.getName().startsWith(OURS)
                            && entry.getName().endsWith(".class")
                            && !entry.getName().endsWith("package-info.class"))
                    .toList();
            for (JarEntry entry : classes) {
                try (InputStream bytes = file.getInputStream(entry)) {
                    ClassModel type = ClassFile.of().parse(bytes.readAllBytes());
                    if (!hasAnnotatedComponents(type)) {
                        names.add(type.thisClass().asInternalName().replace('/', '.'));
                    }
                }
            }
        }
        return names;
    }

    private static boolean hasAnnotatedComponents(ClassModel type) {
        return type.findAttribute(Attributes.record()).stream()
                .flatMap(attribute -> attribute.components().stream())
                .anyMatch(component -> component
                                .findAttribute(Attributes.runtimeVisibleAnnotations())
                                .isPresent()
                        || component
                                .findAttribute(Attributes.runtimeVisibleTypeAnnotations())
                                .isPresent());
    }
}
