/** `api.md`: the whole surface of the client on one page. */
import { firstParagraphLine } from "../../../shared/text.ts";
import { type Declaration, signatureOf } from "./runtime.ts";
import type { Signature } from "./signature.ts";
import type { Group } from "./tree.ts";

/** A type that the client exports. */
export interface TypeAlias {
  name: string;
  /** As code. */
  type: string;
  summary: string | undefined;
}

export interface Surface {
  /** The first line. */
  banner: string;
  /** The client's class. */
  name: string;
  /** What it is, in Markdown. */
  about: string;
  /** The client itself, as a group of methods. */
  root: Group;
  /** The methods of each group. */
  methods: ReadonlyMap<Group, readonly Signature[][]>;
  types: readonly TypeAlias[];
  /** What the client has of the runtime. */
  runtime: readonly Declaration[];
}

export function apiPage({ banner, name, about, root, methods, types, runtime }: Surface): string {
  const section = (group: Group): string[] => {
    const path = ["client", ...group.names].join(".");
    const signatures = (methods.get(group) ?? []).flat().filter(({ comment }) => comment !== "");
    const own = signatures.flatMap(({ head, summary }) => [
      `\`\`\`ts\n${path}.${signatureOf(head)}\n\`\`\``,
      firstParagraphLine(summary),
    ]);
    return [
      ...(own.length > 0 ? [`## ${path}`, ...own] : []),
      ...[...group.groups.values()].flatMap(section),
    ];
  };
  const declarations = runtime.flatMap(({ name, summary, members }) => [
    `## ${name}`,
    summary,
    ...(members.length === 0
      ? []
      : [members.map(({ signature, summary }) => `- \`${signature}\`: ${summary}`).join("\n")]),
  ]);
  return `${[
    banner.trimEnd(),
    "# The client's surface",
    `\`\`\`ts\nconst client = new ${name}(options);\n\`\`\``,
    firstParagraphLine(about),
    ...section(root),
    ...declarations,
    "## Types of the contract",
    types.map(({ name, summary }) => `- \`${name}\` ${firstParagraphLine(summary)}`.trimEnd()).join("\n"),
  ].join("\n\n")}\n`;
}
