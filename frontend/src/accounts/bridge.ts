// The way from one sum to another as steps that add up.

export type Part = { name: string; value: number; kind: 'total' | 'change' };
export type Step = Part & {
  /** Where the bar stands: both ends of it, the lower first. */
  from: number;
  to: number;
};

/** The first and last parts stand on the ground, each change where the one before ended. */
export function steps(parts: Part[]): Step[] {
  let level = 0;
  return parts.map((part) => {
    const before = part.kind === 'total' ? 0 : level;
    level = part.kind === 'total' ? part.value : level + part.value;
    return { ...part, from: Math.min(before, level), to: Math.max(before, level) };
  });
}

/** What is left unexplained between the changes and the last total: nothing, where the parts add up. */
export function unexplained(parts: Part[]): number {
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) return 0;
  const changes = parts.filter((part) => part.kind === 'change').reduce((sum, part) => sum + part.value, 0);
  return last.value - first.value - changes;
}
