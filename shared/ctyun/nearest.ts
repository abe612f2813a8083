/** How many letters must be put in, taken out or replaced to make one word of the other (Levenshtein), ignoring case. */
export function distance(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The names that a typo may have meant, closest first: a third of its letters may differ, or it is a part of them. */
export function nearest(typo: string, names: readonly string[], most = 3): string[] {
  const lower = typo.toLowerCase();
  return names
    .map(name => {
      const part = lower.length >= 3 && name.toLowerCase().includes(lower);
      return { name, far: distance(typo, name) - (part ? name.length : 0) };
    })
    .filter(({ far }) => far <= Math.max(1, Math.floor(typo.length / 3)))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, most)
    .map(({ name }) => name);
}
