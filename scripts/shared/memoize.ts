/** How much a memoized function keeps. */
interface Bounds {
  /** How many texts. Default: 1000; those of a contract and its scenarios are few, and come again and again. */
  most?: number;
  /** How many characters of a text. Default: 1000; longer ones come from strangers, and would take much memory. */
  longest?: number;
}

/** A function of a text that keeps its results. They are shared, so they must not be changed. */
export function memoize<Result>(
  compute: (text: string) => Result,
  { most = 1000, longest = 1000 }: Bounds = {},
): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (text.length > longest) return compute(text);
    if (known.size >= most) known.clear();
    const result = compute(text);
    known.set(text, result);
    return result;
  };
}

/** Where results are kept: a `Map`, or a `WeakMap` that forgets the results of keys that are gone. */
interface Store<Key, Result> {
  get(key: Key): Result | undefined;
  set(key: Key, result: Result): unknown;
}

/** A function that keeps its results in a store. They are shared, so they must not be changed. */
export function memoizeIn<Key, Result>(
  known: Store<Key, Result>,
  compute: (key: Key) => Result,
): (key: Key) => Result {
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const result = compute(key);
    known.set(key, result);
    return result;
  };
}

/** A function that computes its result when it is first called, and then keeps it. */
export function once<Result>(compute: () => Result): () => Result {
  let kept: { result: Result } | undefined;
  return () => {
    kept ??= { result: compute() };
    return kept.result;
  };
}
