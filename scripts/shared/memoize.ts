/** So many texts are remembered by each function. Those of a contract and its scenarios are few, and come again and again. */
const REMEMBERED = 1000;
/** Longer texts come from strangers, and would take much memory. */
const LONGEST = 1000;

/** A function of a text that remembers what it made of the last ones. What it makes must not be changed. */
export function remembering<Made>(make: (text: string) => Made): (text: string) => Made {
  const known = new Map<string, Made>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (text.length > LONGEST) return make(text);
    if (known.size >= REMEMBERED) known.clear();
    const made = make(text);
    known.set(text, made);
    return made;
  };
}
