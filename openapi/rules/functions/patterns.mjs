/** Regular expressions, taken apart: enough to judge them and to write texts that they match. */

/** How many texts are followed at once. */
const MOST = 8;
/** No character is repeated more often. */
const LONGEST = 100;

/** Characters, classes, the openings of groups, repetitions. */
export function tokensOfPattern(pattern) {
  return (
    pattern.match(
      /\\[pP]\{[^}]*\}|\\.|\[(?:\\.|[^\]])*\]|\((?:\?(?:<?[=!]|:|<\w+>))?|[*+?]\??|\{\d+(?:,\d*)?\}\??|./gsu,
    ) ?? []
  );
}

/** Texts that a pattern is likely to match: what only an engine can tell, such as look-around, is passed over. */
export function textsOf(pattern) {
  const tokens = tokensOfPattern(pattern);
  let next = 0;
  /** The texts up to the parenthesis that closes a group, or to the end. */
  const alternatives = () => {
    const found = sequence();
    while (tokens[next] === "|") {
      next++;
      found.push(...sequence());
    }
    next++;
    return [...new Set(found)].slice(0, MOST);
  };
  const sequence = () => {
    let texts = [""];
    while (next < tokens.length && tokens[next] !== "|" && tokens[next] !== ")") {
      const token = tokens[next++];
      const parts = token.startsWith("(") ? group(token) : [characterOf(token)];
      const repeated = repetitions().flatMap((count) =>
        parts.map((part) => part.repeat(count).slice(0, 1000)),
      );
      texts = texts.flatMap((text) => repeated.map((part) => text + part)).slice(0, MOST);
    }
    return texts;
  };
  const group = (opening) => {
    const inner = alternatives();
    return /^\(\?<?[=!]/.test(opening) ? [""] : inner;
  };
  /** How often the last token may be repeated: as rarely as it may, and once. */
  const repetitions = () => {
    const [least] = tokens[next]?.match(/^[?*+]|(?<=^\{)\d+/) ?? [];
    if (least === undefined) return [1];
    next++;
    if (least === "?" || least === "*") return [0, 1];
    return [least === "+" ? 1 : Math.min(Number(least), LONGEST)];
  };
  return alternatives();
}

/** A character that a token matches; none for an anchor, or where none is found. */
function characterOf(token) {
  if (/^(\^|\$|\\[bB])$/.test(token)) return "";
  if (!/^(\[|\\[dDwWsSpP]|\.)/.test(token))
    return { "\\n": "\n", "\\t": "\t", "\\r": "\r" }[token] ?? token.replace(/^\\/, "");
  try {
    const expression = new RegExp(`^${token}$`, "u");
    return [..."aA0_- .:/é", ...token].find((character) => expression.test(character)) ?? "";
  } catch {
    return "";
  }
}
