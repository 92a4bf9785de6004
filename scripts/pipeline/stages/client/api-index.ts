/** `api.md`: the whole surface of the client on one page, read from its code. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import ts from "typescript";

type Documented = ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

/**
 * @param code the generated client
 * @param first the first line of the page
 */
export async function apiPage(code: string, first: string): Promise<string> {
  const client = parse(code);
  const classes = client.statements.filter(ts.isClassDeclaration);
  const [root] = classes.filter(isExported);
  if (!root?.name) throw new Error("The client has no class.");
  const types = client.statements.filter(ts.isTypeAliasDeclaration);
  const runtime = await runtimeDeclarations(client);
  return `${[
    first,
    `# The client's surface`,
    `\`\`\`ts\nconst client = new ${root.name.text}(options);\n\`\`\``,
    summaryOf(root),
    ...groups(root, classes, "client"),
    ...runtime.map((declaration) =>
      [`## ${declaration.name?.text}`, summaryOf(declaration), ...membersOf(declaration)].join("\n\n"),
    ),
    "## Types of the contract",
    types.map((type) => `- \`${type.name.text}\` ${summaryOf(type)}`.trimEnd()).join("\n"),
  ].join("\n\n")}\n`;
}

/** The methods of a class, then of the classes that its members are. */
function groups(owner: ts.ClassDeclaration, classes: ts.ClassDeclaration[], path: string): string[] {
  const methods = owner.members
    .filter(ts.isMethodDeclaration)
    .filter((method) => !isOverloaded(owner, method));
  const own =
    methods.length === 0
      ? []
      : [
          `## ${path}`,
          ...methods.map((method) =>
            [`\`\`\`ts\n${path}.${signatureOf(method)}\n\`\`\``, summaryOf(method)].join("\n\n"),
          ),
        ];
  const below = owner.members.filter(ts.isPropertyDeclaration).flatMap((property) => {
    const name = property.type?.getText();
    const held = classes.find((candidate) => candidate.name?.text === name);
    return held ? groups(held, classes, `${path}.${property.name.getText()}`) : [];
  });
  return [...own, ...below];
}

/** An overloaded method's implementation is nobody's to call. */
function isOverloaded(owner: ts.ClassDeclaration, method: ts.MethodDeclaration): boolean {
  return (
    method.body !== undefined &&
    owner.members.some(
      (other) =>
        ts.isMethodDeclaration(other) && !other.body && other.name.getText() === method.name.getText(),
    )
  );
}

function signatureOf(member: ts.ClassElement | ts.TypeElement): string {
  const rest =
    ts.isMethodDeclaration(member) || ts.isGetAccessorDeclaration(member)
      ? member.body
      : ts.isPropertyDeclaration(member)
        ? member.initializer
        : undefined;
  const text = member.getText();
  const end = rest ? text.length - rest.getFullText().length : text.length;
  return text
    .slice(0, end)
    .replace(/^(override |readonly |async |static |get )+/, "")
    .replaceAll(/\s+/g, " ")
    .replace(/[;=\s]+$/, "");
}

/** The public members that have something said of them. */
function membersOf(declaration: Documented): string[] {
  if (ts.isTypeAliasDeclaration(declaration)) return [];
  const members = [...declaration.members].filter(
    (member) =>
      member.name &&
      !ts.isPrivateIdentifier(member.name) &&
      !isProtected(member) &&
      !member.name.getText().startsWith("[") &&
      summaryOf(member),
  );
  if (members.length === 0) return [];
  return [members.map((member) => `- \`${signatureOf(member)}\`: ${summaryOf(member)}`).join("\n")];
}

/** The first paragraph of a comment, on one line. */
function summaryOf(node: ts.Node): string {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(doc?.comment) ?? "";
  return (text.split("\n\n")[0] ?? "").replaceAll(/\s+/g, " ").trim();
}

function isProtected(member: ts.ClassElement | ts.TypeElement): boolean {
  const modifiers = ts.canHaveModifiers(member) ? ts.getModifiers(member) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ProtectedKeyword) ?? false;
}

function isExported(node: ts.ClassDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** What the client has of the runtime, as it is declared: the exports of its index, and the types that its methods use. */
async function runtimeDeclarations(client: ts.SourceFile): Promise<Documented[]> {
  const folder = new URL("../../../client/", import.meta.url);
  const index = parse(await readFile(new URL("index.ts", folder), "utf8"));
  const found: Documented[] = [];
  for (const statement of [...index.statements, ...client.statements]) {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || !statement.moduleSpecifier) continue;
    if (!ts.isNamedExports(statement.exportClause) || !ts.isStringLiteral(statement.moduleSpecifier))
      continue;
    const name = basename(statement.moduleSpecifier.text);
    // The types of the contract are listed by themselves.
    if (name === "schema.ts") continue;
    const file = parse(await readFile(new URL(name, folder), "utf8"));
    for (const exported of statement.exportClause.elements) {
      const declared = file.statements.find(
        (candidate): candidate is Documented =>
          (ts.isClassDeclaration(candidate) ||
            ts.isInterfaceDeclaration(candidate) ||
            ts.isTypeAliasDeclaration(candidate)) &&
          candidate.name?.text === exported.name.text,
      );
      if (declared) found.push(declared);
    }
  }
  return found;
}

function parse(code: string): ts.SourceFile {
  return ts.createSourceFile("client.ts", code, ts.ScriptTarget.Latest, true);
}
