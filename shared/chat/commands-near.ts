/**
 * The candidate that a mistyped word is likely to mean: within a third of its length in steps (a character put in, left
 * out, changed, or two of them swapped), and at least one. Null if none is that near.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const given = Array.from(word).slice(0, 40);
  const limit = Math.max(1, Math.floor(given.length / 3));
  let best: { readonly candidate: string; readonly steps: number } | null = null;
  for (const candidate of candidates) {
    const wanted = Array.from(candidate);
    const steps = distance(given, wanted);
    // A word of one character is near to everything of two.
    const near = steps <= limit && steps < Math.min(given.length, wanted.length);
    if (near && (best === null || steps < best.steps)) best = { candidate, steps };
  }
  return best === null ? null : best.candidate;
}

/** Optimal string alignment, row by row. */
function distance(a: readonly string[], b: readonly string[]): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swap = swapped ? (before[column - 2] ?? 0) + 1 : change;
      next.push(Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, change, swap));
    }
    [before, last] = [last, next];
  }
  return last[b.length] ?? 0;
}
