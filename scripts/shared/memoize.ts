/** How many texts a memoized function keeps. Those of a contract and its scenarios are few, and come again and again. */
const MOST = 1000;
/** Longer texts come from strangers, and would take much memory. */
const LONGEST = 1000;

/** A function of a text that keeps its results. They are shared, so they must not be changed. */
export function memoize<Result>(compute: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (text.length > LONGEST) return compute(text);
    if (known.size >= MOST) known.clear();
    const result = compute(text);
    known.set(text, result);
    return result;
  };
}
