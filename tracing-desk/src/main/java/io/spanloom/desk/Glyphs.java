package io.spanloom.desk;

import java.nio.charset.Charset;

/**
 * The characters that lines are drawn with: box drawing where the terminal's character set has it, ASCII elsewhere (a
 * terminal in the C locale would show question marks).
 *
 * @param partialBlocks bars shorter than one cell, from the shortest up
 */
record Glyphs(
        String rule,
        String branch,
        String lastBranch,
        String trunk,
        String deeper,
        String block,
        String openBlock,
        String partialBlocks,
        String barStart,
        String barEnd,
        String separator,
        String annotation,
        String metadata,
        String detail,
        String thrown,
        String cause) {
    static final Glyphs UNICODE = new Glyphs(
            "━", "├─ ", "└─ ", "│  ", "⋯  ", "█", "▒", "▏▎▍▌▋▊▉", "▕", "▏", " · ", "◆ ", "◇ ", "→ ", "✗ ", "↳ ");
    static final Glyphs ASCII =
            new Glyphs("=", "|- ", "`- ", "|  ", ".. ", "#", "~", "#", "|", "|", " - ", "@ ", "* ", "> ", "! ", "^ ");

    /** Three cells, the width of a branch, with nothing in them. */
    String gap() {
        return "   ";
    }

    /** The two characters that other code puts into lines, in this set's spelling. */
    String spelled(String line) {
        return equals(ASCII) ? line.replace('…', '~').replace('µ', 'u') : line;
    }

    static Glyphs of(Charset charset) {
        return charset.canEncode() && charset.newEncoder().canEncode("├━█▏⋯◆→✗") ? UNICODE : ASCII;
    }
}
