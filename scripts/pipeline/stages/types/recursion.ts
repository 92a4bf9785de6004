/**
 * Schemas that contain themselves. Behind a property that works, but TypeScript does not resolve a member of an interface
 * whose type needs itself: `Tree: string | components["schemas"]["Tree"][]` is an error (TS2502),
 * while a type alias, `type Tree = string | Tree[]`, is not. Such schemas become aliases.
 */
import ts from "typescript";

const { factory } = ts;

/** A type that must be resolved before a schema's type. Behind a list, an alias makes it resolvable. */
interface Need {
  name: string;
  behindList: boolean;
}

/**
 * Turns schemas that contain themselves into type aliases.
 *
 * @param nodes the output of openapi-typescript
 * @param hopeless called for each circle of schemas that no alias can resolve, since there is not even a list between them
 */
export function untie(nodes: readonly ts.Node[], hopeless: (chain: string[]) => void): ts.Node[] {
  const schemas = new Map(
    schemaMembers(nodes).flatMap((member) => {
      const name = nameOf(member.name);
      return name !== undefined && member.type ? [[name, member.type] as const] : [];
    }),
  );
  const needs = new Map([...schemas].map(([name, type]) => [name, needsOf(type, false)]));
  const knots = [...schemas.keys()].filter((name) => circle(needs, name, () => true));
  if (knots.length === 0) return [...nodes];
  const told = new Set<string>();
  for (const name of knots) {
    const chain = told.has(name) ? undefined : circle(needs, name, ({ behindList }) => !behindList);
    if (!chain) continue;
    hopeless(chain);
    for (const member of chain) told.add(member);
  }

  const taken = new Set(nodes.flatMap((node) => ("name" in node ? [nameOf(node.name as ts.Node)] : [])));
  const aliases = new Map<string, string>();
  for (const name of knots) {
    let alias = name.replace(/\W/g, "_").replace(/^(?=\d)/, "_");
    while (taken.has(alias)) alias += "_";
    taken.add(alias);
    aliases.set(name, alias);
  }
  const withAliases = <T extends ts.Node>(node: T): T => {
    const visit = (child: ts.Node): ts.Node => {
      const alias = aliases.get(schemaNamed(child) ?? "");
      return alias ? factory.createTypeReferenceNode(alias) : ts.visitEachChild(child, visit, undefined);
    };
    return visit(node) as T;
  };
  const members = new Set<ts.Node>(schemaMembers(nodes));
  const withoutTypes = (node: ts.Node): ts.Node => {
    const alias = members.has(node) && aliases.get(nameOf((node as ts.PropertySignature).name) ?? "");
    if (!alias) return ts.visitEachChild(node, withoutTypes, undefined);
    const { modifiers, name, questionToken } = node as ts.PropertySignature;
    const type = factory.createTypeReferenceNode(alias);
    return factory.updatePropertySignature(
      node as ts.PropertySignature,
      modifiers,
      name,
      questionToken,
      type,
    );
  };
  return [
    ...nodes.map(withoutTypes),
    ...[...aliases].map(([name, alias]) =>
      factory.createTypeAliasDeclaration(
        undefined,
        alias,
        undefined,
        withAliases(schemas.get(name) as ts.TypeNode),
      ),
    ),
  ];
}

/** The members of `components["schemas"]`. */
function schemaMembers(nodes: readonly ts.Node[]): ts.PropertySignature[] {
  const components = nodes.find(
    (node): node is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(node) && node.name.text === "components",
  );
  const schemas = components?.members.find((member) => nameOf(member.name) === "schemas");
  return schemas && ts.isPropertySignature(schemas) && schemas.type && ts.isTypeLiteralNode(schemas.type)
    ? schemas.type.members.filter(ts.isPropertySignature)
    : [];
}

function nameOf(name: ts.Node | undefined): string | undefined {
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : undefined;
}

/** `X`, if a node is `components["schemas"]["X"]`. */
function schemaNamed(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined;
  return key(node.objectType) === "schemas" ? key(node) : undefined;
}

function key({ indexType }: ts.IndexedAccessTypeNode): string | undefined {
  return ts.isLiteralTypeNode(indexType) && ts.isStringLiteral(indexType.literal)
    ? indexType.literal.text
    : undefined;
}

function needsOf(node: ts.Node, behindList: boolean): Need[] {
  // The types of an object's members are resolved later.
  if (ts.isTypeLiteralNode(node)) return [];
  const name = schemaNamed(node);
  if (name !== undefined) return [{ name, behindList }];
  const within = behindList || ts.isArrayTypeNode(node) || ts.isTupleTypeNode(node);
  const found: Need[] = [];
  ts.forEachChild(node, (child) => {
    found.push(...needsOf(child, within));
  });
  return found;
}

/** The chain of needs that leads from a schema back to itself; undefined where there is none. */
function circle(
  needs: ReadonlyMap<string, Need[]>,
  start: string,
  counts: (need: Need) => boolean,
): string[] | undefined {
  const seen = new Set<string>();
  const search = (name: string, chain: string[]): string[] | undefined => {
    for (const need of (needs.get(name) ?? []).filter(counts)) {
      if (need.name === start) return [...chain, start];
      if (seen.has(need.name)) continue;
      seen.add(need.name);
      const found = search(need.name, [...chain, need.name]);
      if (found) return found;
    }
    return undefined;
  };
  return search(start, [start]);
}
