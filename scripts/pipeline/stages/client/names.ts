/** Names that the client takes from the document. */
import ts from "typescript";

/** `chat.completions` -> `ChatCompletions`; letters and digits only. */
export function pascal(text: string): string {
  return words(text)
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join("");
}

/** `list-models` -> `listModels`; a name that can follow a dot. */
export function camel(text: string): string {
  const name = pascal(text);
  return identifier(name.slice(0, 1).toLowerCase() + name.slice(1));
}

/** `Pet store` -> `PET_STORE` */
export function upperSnake(text: string): string {
  return words(text).join("_").toUpperCase();
}

/** `user-id` -> `userId`; a name that a variable can have, and that none of `taken` has. */
export function variable(text: string, taken: ReadonlySet<string>): string {
  let name = isIdentifier(text) ? text : camel(text);
  while (taken.has(name) || isKeyword(name)) name += "_";
  return name;
}

/** Whether something can be called so without any quoting. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

/** Whether the name is a keyword of TypeScript, as a type, as a variable of strict code or elsewhere. */
export function isKeyword(name: string): boolean {
  return (
    name === "arguments" ||
    name === "eval" ||
    ts.identifierToKeywordKind(ts.factory.createIdentifier(name)) !== undefined
  );
}

function words(text: string): string[] {
  return text.match(/[A-Za-z0-9]+/g) ?? [];
}

function identifier(name: string): string {
  return isIdentifier(name) ? name : `_${name}`;
}

/** Members as the code of an object; those without a value are left out. */
export function objectLiteral(members: Record<string, string | undefined>): string {
  const entries = Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [name === value ? name : `${name}: ${value}`],
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}
