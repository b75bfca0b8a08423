package io.spanloom.weave;

import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.signature.SignatureReader;
import net.bytebuddy.jar.asm.signature.SignatureVisitor;
import org.jspecify.annotations.Nullable;

/** Reads {@code Receipt} from {@code CompletionStage<? extends Receipt>}. */
final class TypeArgument {

    private TypeArgument() {}

    /**
     * @param signature a method's; null where it has none
     * @return the binary name of the only type argument of its result; null where there is none that is a class
     */
    static @Nullable String ofResult(@Nullable String signature) {
        if (signature == null) {
            return null;
        }
        Result result = new Result();
        try {
            new SignatureReader(signature).accept(result);
        } catch (RuntimeException malformed) { // the JVM does not look at it either
            return null;
        }
        return result.arguments == 1 ? result.argument : null;
    }

    private static final class Result extends SignatureVisitor {
        int arguments;

        @Nullable
        String argument;

        Result() {
            super(Opcodes.ASM9);
        }

        @Override
        public SignatureVisitor visitParameterType() {
            return new SignatureVisitor(Opcodes.ASM9) {};
        }

        @Override
        public SignatureVisitor visitReturnType() {
            return new SignatureVisitor(Opcodes.ASM9) {
                @Override
                public void visitTypeArgument() {
                    arguments++;
                }

                @Override
                public SignatureVisitor visitTypeArgument(char wildcard) {
                    arguments++;
                    return new Argument(wildcard != SUPER);
                }
            };
        }

        private final class Argument extends SignatureVisitor {
            private final boolean readable;
            private String name = "";

            Argument(boolean readable) {
                super(Opcodes.ASM9);
                this.readable = readable;
            }

            @Override
            public void visitClassType(String type) {
                name = type;
            }

            @Override
            public void visitInnerClassType(String type) {
                name += '$' + type;
            }

            @Override
            public SignatureVisitor visitTypeArgument(char wildcard) {
                return new SignatureVisitor(Opcodes.ASM9) {}; // of the argument itself
            }

            @Override
            public void visitEnd() {
                argument = readable ? name.replace('/', '.') : null;
            }
        }
    }
}
