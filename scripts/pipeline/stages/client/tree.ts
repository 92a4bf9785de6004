/** The methods of the generated client by their names, in groups. */
import type { OperationEntry } from "../../../document/model.ts";
import { operations } from "../../../document/operations.ts";
import type { Warn } from "../../../shared/input-error.ts";
import type { Contract } from "../../read/contract.ts";
import { camel, isIdentifier, pascal } from "./names.ts";

/** Methods by name; a group is a property that has methods. */
export interface Group {
  /** The names that lead here, from the client on. */
  names: string[];
  className: string;
  methods: Map<string, OperationEntry>;
  groups: Map<string, Group>;
}

/**
 * Sorts the operations by their names. Where a name cannot be had, the operation gets another, which is told.
 *
 * @param warn called for each operation that does not get the name that the document gives it
 */
export function tree(contract: Contract, warn: Warn): Group {
  const root = newGroup([]);
  for (const entry of operations(contract.document)) {
    const { operation, path, method } = entry;
    const given = operation["x-sdk-method"];
    const wanted = given ?? camel(operation.operationId ?? `${method} ${path}`);
    const usable = wanted.split(".").every(isIdentifier);
    const names = usable ? wanted.split(".") : [camel(wanted)];
    const last = names.pop() ?? "";
    let group = root;
    const found: string[] = [];
    for (const name of names) {
      const free = freeName(name, (one) => group.methods.has(one) || isReserved(group, one));
      const next: Group = group.groups.get(free) ?? newGroup([...group.names, free]);
      group.groups.set(free, next);
      group = next;
      found.push(free);
    }
    const free = freeName(
      last,
      (one) => group.methods.has(one) || group.groups.has(one) || isReserved(group, one),
    );
    group.methods.set(free, entry);
    const name = [...found, free].join(".");
    if (name === wanted) continue;
    const why = usable
      ? "the name is taken"
      : "names joined by dots are needed, such as `chat.completions.create`";
    warn({
      place: contract.locate(["paths", path, method, ...(given === undefined ? [] : ["x-sdk-method"])]),
      message: `The client's method for this operation is ${name}, not ${wanted}: ${why}.`,
      advice:
        "Give the operation an x-sdk-method that no other has, that is not part of another, and that is not `http`, `then` or `constructor`.",
    });
  }
  return root;
}

/** The name, or the first of `name2`, `name3` and so on that is not taken. */
function freeName(name: string, isTaken: (name: string) => boolean): string {
  let free = name;
  for (let number = 2; isTaken(free); number++) free = `${name}${number}`;
  return free;
}

function newGroup(names: string[]): Group {
  const className = `${names.map(pascal).join("")}Resource`;
  return { names, className, methods: new Map(), groups: new Map() };
}

/** Names with a special meaning: an object with a method `then` cannot be awaited. */
export function isReserved(group: Group, name: string): boolean {
  return name === "constructor" || name === "then" || (group.names.length === 0 && name === "http");
}
