/** Descriptions are read as prose, in the docs and in editors: they begin and end as sentences do. */
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  const findings = [];
  for (const { node, kind, path } of walk(document)) {
    const { description } = node;
    if (kind === "data" || typeof description !== "string") continue;
    const text = description.trim();
    const here = [...path, "description"];
    // It is the label of a link.
    if (kind === "external docs" && text !== "") continue;
    // In capitals: an API may be about a todo. In backticks they stand for a part of a name.
    if (/\b(TODO|FIXME|TBD|XXX)\b|\b[Ll]orem ipsum\b/.test(text.replaceAll(/`[^`]*`/g, "``")))
      findings.push({ message: "The description is still to be written. Write it.", path: here });
    else if (!/^[\p{Lu}\p{N}`*_"'“([#|<-]/u.test(text))
      findings.push({
        message: "The description does not begin like a sentence. Begin it with a capital letter.",
        path: here,
      });
    else if (!/(?:[.!?…:][)"'”*_`]*|\||`{3}|>)$/.test(text))
      findings.push({
        message: "The description does not end like a sentence. End it with a full stop.",
        path: here,
      });
  }
  return findings;
}

export default rule("Descriptions are sentences.", check);
