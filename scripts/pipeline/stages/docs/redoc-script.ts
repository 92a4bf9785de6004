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
    reason: "The values of an enumeration are headed `Enum`.",
    pattern: /(\$\{)[\w$]+\?\.startsWith\(`Array`\)\?`Items `:``\}\$\{([\w$]+===1\?`Value:`:)`Enum:`\}/,
    replacement: "$1$2`Possible values:`}",
  },
  {
    reason: "So are those of a variant.",
    pattern: /label:`Enum:`/,
    replacement: "label:`Possible values:`",
  },
  {
    reason: "So are those that the search finds.",
    pattern: /(`search\.searchItem\.enum`,)`Enum`/,
    replacement: "$1`Possible values`",
  },
  {
    reason: "The column of the values in a table is headed `Enum Value`.",
    pattern: /`\$\{[\w$]+\?\.startsWith\(`Array`\)\?`Items `:``\}\$\{[\w$.]+===1\?`Value`:`Enum Value`\}`/,
    replacement: "`Value`",
  },
  {
    reason: "The choice between schemas is headed by keywords of JSON Schema.",
    pattern: /DISCRIMINATOR:`Discriminator`,ONE_OF:`One of:`,ANY_OF:`Any of:`/,
    replacement: "DISCRIMINATOR:`Possible types:`,ONE_OF:`Possible types:`,ANY_OF:`Possible types:`",
  },
  {
    reason: "The values of the field that tells schemas apart are headed `Discriminator`.",
    pattern: /(\(`discriminator`,)`Discriminator`/,
    replacement: "$1`Possible values:`",
  },
  {
    reason: "So is that in a stream's event.",
    pattern: /`One of:`,([\w$]+)=`Any of:`/,
    replacement: "`Possible types:`,$1=`Possible types:`",
  },
  {
    reason:
      "A range is written `[ 1 .. 4 ] items`, a limit `>= 2 items`, a text that is not empty `non-empty`.",
    pattern:
      /`= (\$\{[\w$]+\} \$\{[\w$]+\}`:)`\[ (\$\{[\w$]+\}) \.\. (\$\{[\w$]+\}) \] (\$\{[\w$]+\})`(.{0,40}?return)`<= (\$\{.{0,60}?===1\?)`non-empty`:`>= /,
    replacement: "`exactly $1`$2 to $3 $4`$5`at most $6`not empty`:`at least ",
  },
  {
    reason: "The unit is in the plural after 1, too.",
    pattern:
      /(function [\w$]+\(([\w$]+),([\w$]+),([\w$]+)\)\{)(?=if\(\3!==void 0&&\4!==void 0\)return \3===\4\?`exactly )/,
    replacement: "$1if($4===1)$2=$2.replace(/ies$/,`y`).replace(/s$/,``);",
  },
  {
    reason: "A range of numbers is written `[ 0 .. 2 ]`, a limit `>= 0`.",
    pattern:
      /return`\$\{([\w$]+)\?`\( `:`\[ `\}\$\{([\w$]+)\} \.\. \$\{([\w$]+)\}\$\{([\w$]+)\?` \)`:` \]`\}`(.{0,40}?)`< `:`<= `(.{0,60}?)`> `:`>= `/,
    replacement:
      "return $1||$4?($1?`more than `:`at least `)+$2+($4?`, less than `:`, at most `)+$3:$2+` to `+$3$5`less than `:`at most `$6`more than `:`at least `",
  },
];

/** Parts of Redoc's that no page of ours has. */
const ABSENT =
  /:has\(\[data-(?:component-name='(?:NavigationTabs\/NavigationTabs|BrokerPanel\/BrokerItem)'|testid='items-navigation-list')\]\)/g;

/**
 * Style sheets, or a script that makes some, without the selectors that look for parts which the page never has. Each of
 * them makes the browser look through the whole page at every change: 80 % of the time for a reader's click.
 */
export function withoutAbsent(text: string): string {
  return text.replace(ABSENT, ":not(*)");
}

/**
 * @param script the script element of Redoc's page
 * @throws {Error} when Redoc's script is no longer as a change expects it, which happens when its version moves
 */
export function adjusted(script: string): string {
  return CHANGES.reduce((text, { reason, pattern, replacement }) => {
    const changed = text.replace(pattern, replacement);
    if (changed === text)
      throw new Error(`Redoc's script has changed. Look whether this still holds: "${reason}"`);
    return changed;
  }, withoutAbsent(script));
}
