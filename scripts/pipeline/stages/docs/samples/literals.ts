/** JSON values as literals of the languages that samples are written in, laid out for a narrow column. */
import { isObject, type Json } from "../../../../shared/json.ts";

/** A list or object that fits into this many columns stands on one line. */
const COLUMNS = 48;

interface Style {
  /** What a level is indented by. */
  step: string;
  scalar: (value: null | boolean | number | string) => string;
  name: (name: string) => string;
  /** Whether the last of several lines ends in a comma too. */
  trailingComma: boolean;
  /** Stands inside the braces of an object on one line. */
  gap: string;
}

const quoted = (value: Json) => JSON.stringify(value);
const JSON_STYLE: Style = { step: "  ", scalar: quoted, name: quoted, trailingComma: false, gap: " " };
const JAVASCRIPT: Style = {
  ...JSON_STYLE,
  name: (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)),
  trailingComma: true,
};
const PYTHON: Style = { step: "    ", scalar: pythonScalar, name: quoted, trailingComma: true, gap: "" };

/** @param indent what the lines after the first begin with */
export function json(value: Json, indent = ""): string {
  return written(value, indent, JSON_STYLE);
}

export function javascript(value: Json, indent = ""): string {
  return written(value, indent, JAVASCRIPT);
}

export function python(value: Json, indent = ""): string {
  return written(value, indent, PYTHON);
}

function written(value: Json, indent: string, style: Style): string {
  if (Array.isArray(value))
    return block("[", (inner) => value.map((item) => written(item, inner, style)), "]", indent, style);
  if (isObject(value)) {
    const members = (inner: string) =>
      Object.entries(value).map(([name, item]) => `${style.name(name)}: ${written(item, inner, style)}`);
    return block("{", members, "}", indent, style);
  }
  return style.scalar(value);
}

function block(
  open: string,
  itemsAt: (indent: string) => string[],
  close: string,
  indent: string,
  style: Style,
): string {
  const inner = indent + style.step;
  const items = itemsAt(inner);
  if (items.length === 0) return open + close;
  const gap = open === "{" ? style.gap : "";
  const line = `${open}${gap}${items.join(", ")}${gap}${close}`;
  if (!line.includes("\n") && indent.length + line.length <= COLUMNS) return line;
  const last = style.trailingComma ? "," : "";
  return `${open}\n${items.map((item) => inner + item).join(",\n")}${last}\n${indent}${close}`;
}

function pythonScalar(value: null | boolean | number | string): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return quoted(value);
}
