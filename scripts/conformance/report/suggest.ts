/** From what a server sends to what the contract could say: YAML for each unknown member that came more than once. */
import { stringify } from "yaml";
import { isObject, type Json } from "../../shared/json.ts";
import type { UnknownMember } from "../findings.ts";

/** A member that came once may be an accident. */
const OFTEN = 2;

/**
 * Writes the additions to the contract as YAML, to be copied by hand.
 *
 * @param unknown members that the contract does not know, with how often each came
 * @returns the empty text where none came at least twice
 */
export function suggestions(unknown: readonly { member: UnknownMember; count: number }[]): string {
  const often = unknown.filter(({ count }) => count >= OFTEN);
  const bySchema = Map.groupBy(often, ({ member }) => member.schema);
  return [...bySchema]
    .map(([schema, members]) => {
      const properties = Object.fromEntries(
        members.map(({ member }) => [member.name, schemaOf(member.value)]),
      );
      const counts = members.map(({ member, count }) => `${member.name} came ${count} times`).join(", ");
      const place = /^\w+$/.test(schema) ? `openapi/components/schemas/${schema}.yaml` : schema;
      return `# ${place}: ${counts}\n${stringify({ properties }, { lineWidth: 110 })}`;
    })
    .join("\n");
}

/** A schema that the value fits, described as what relays are seen to send. */
function schemaOf(value: Json): object {
  const description = "Seen in relays of this kind.";
  if (value === null) return { description, type: "null" };
  const type = typeOf(value);
  if (Array.isArray(value))
    return {
      description,
      type: [type, "null"],
      ...(value[0] !== undefined && { items: { type: typeOf(value[0]) } }),
    };
  if (isObject(value)) return { description, type: [type, "null"] };
  return { description, type: [type, "null"], examples: [value] };
}

function typeOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}
