/** What is changed in Redoc's own script, because Redoc has no option for it. */
import { dataUrl } from "./html.ts";

/** The maker's name, as text in a picture of our own. */
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="52" height="16"><text y="12.5" font-family="system-ui,sans-serif" font-size="13" font-weight="600" fill="#555761">Redocly</text></svg>`;

interface Change {
  /** What the page does without the change. */
  reason: string;
  pattern: RegExp;
  replacement: string;
}

const CHANGES: readonly Change[] = [
  {
    reason: "The sidebar ends in a picture that comes from Redocly's server.",
    pattern: /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g,
    replacement: dataUrl(LOGO),
  },
  {
    reason: "A code sample stays the same whichever request example is chosen.",
    // `x?x.source:` in the function that knows the key of the chosen example as `key`, and reads it again when it changes.
    pattern:
      /(?<before>,(?<key>[\w$]+)=(?<id>[\w$]+)\?[\w$]+\[\k<id>\]\?\.key\?\?\k<id>:void 0,.{0,300}?return (?<sample>[\w$]+)\?)\k<sample>\.source(?<after>:`.{0,120}?`\},\[)/s,
    replacement:
      "$<before>typeof $<sample>.source==`string`?$<sample>.source:$<sample>.source[$<key>]??Object.values($<sample>.source)[0]$<after>$<key>,",
  },
  {
    reason: "The scheme of HTTP authentication is shown as `http`, which is its type.",
    pattern: /(`HTTP Authorization Scheme`\),value:)([\w$]+)\.type/,
    replacement: "$1$2.scheme??$2.type",
  },
  {
    reason: "A comma stands before a format: `integer, (int64)`.",
    pattern: /(?<=\[)([\w$]+\+[\w$]+)(\];return )([\w$]+)&&[\w$]+\.push\(`\(\$\{\3\}\)`\),/,
    replacement: "$1+($3?` (`+$3+`)`:``)$2",
  },
  {
    reason:
      "Values are headed `Enum Value`, and the choice between schemas `Discriminator`: terms of the specification.",
    pattern: /`Enum Value`/g,
    replacement: "`Value`",
  },
  {
    reason: "See above.",
    pattern: /(\(`discriminator`,|DISCRIMINATOR:)`Discriminator`/g,
    replacement: "$1`One of:`",
  },
];

/**
 * @param script the script element of Redoc's page
 * @throws {Error} when Redoc's script is no longer as a change expects it, which happens when its version moves
 */
export function adjusted(script: string): string {
  return CHANGES.reduce((text, { reason, pattern, replacement }) => {
    if (text.search(pattern) < 0)
      throw new Error(`Redoc's script has changed. Look whether this still holds: "${reason}"`);
    return text.replace(pattern, replacement);
  }, script);
}
