/**
 * The first pattern that matches a name. `*` stands for any characters, `?` for one; case counts; composed and
 * decomposed forms of a character are the same.
 */
export function matchingPattern(name: string, patterns: readonly string[]): string | undefined {
  const normal = name.normalize('NFC');
  return patterns.find(pattern => globMatches(Array.from(pattern.normalize('NFC')), Array.from(normal)));
}

// Greedy with one point of return, so that no pattern takes exponential time.
function globMatches(pattern: readonly string[], text: readonly string[]): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') [star, mark, p] = [p, t, p + 1];
    else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) [p, t] = [p + 1, t + 1];
    else if (star >= 0) [p, mark, t] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  return pattern.slice(p).every(char => char === '*');
}
