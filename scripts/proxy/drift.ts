/** Drift: where traffic differs from the contract. Each kind is there once, with its first place and its count. */

import { nameOf } from "../conformance/checks/every-answer.ts";
import { checkExchange } from "../conformance/checks/request-and-answer.ts";
import type { Contract, ContractOperation } from "../conformance/compiled-contract.ts";
import { Findings, type Kind, keyOf, type UnknownMember } from "../conformance/findings.ts";
import type { ReadExchange } from "./recorded-scenario.ts";

/** One kind of drift. */
export interface Drift {
  kind: Kind;
  /** The operation; the method and path of a request that the contract does not have. */
  operation: string;
  /** Whether the request or the answer parts from the contract. */
  side: "request" | "answer";
  pointer: string;
  message: string;
  expected: string;
  actual: string;
  /** How often it came. */
  count: number;
  /** For a member that the contract does not know: where it would be documented. */
  member?: UnknownMember;
}

/** The most kinds of drift that are kept. */
const MOST = 1000;

export class DriftReport {
  private readonly known = new Map<string, Drift>();

  /** All kinds of drift, in the order in which they first came. */
  get all(): Drift[] {
    return [...this.known.values()];
  }

  /**
   * Checks an exchange.
   *
   * @param now when the answer came, in milliseconds since 1970-01-01
   * @returns the kinds of drift that came for the first time
   */
  check(contract: Contract, exchange: ReadExchange, now: number): Drift[] {
    const { operation, asked, status, headers, text, end } = exchange;
    const request = new Findings();
    if (operation.body !== undefined && asked !== undefined && status < 400)
      checkRequest(contract, operation, asked, request);
    const answer = new Findings();
    if (end !== "cancelled")
      checkExchange(contract, operation, asked, { status, headers, text, end }, now, answer);
    return [...this.add(request, operation.name, "request"), ...this.add(answer, operation.name, "answer")];
  }

  /** Counts a request that no operation of the contract takes. */
  unknownRequest(method: string, url: string): Drift[] {
    const found = new Findings();
    const path = url.split("?")[0] ?? "";
    found.undocumented("", "The contract has no such operation.", path);
    return this.add(found, `${method} ${path}`, "request");
  }

  private add({ list }: Findings, operation: string, side: Drift["side"]): Drift[] {
    return list.flatMap((found) => {
      const key = `${side}\n${keyOf(found, operation)}`;
      const before = this.known.get(key);
      if (before) {
        before.count++;
        return [];
      }
      if (this.known.size >= MOST) return [];
      const { kind, pointer, message, expected, actual, member } = found;
      const drift = { kind, operation, side, pointer, message, expected, actual, count: 1 };
      this.known.set(key, member ? { ...drift, member } : drift);
      return [{ ...drift }];
    });
  }
}

function checkRequest(
  contract: Contract,
  operation: ContractOperation,
  body: ReadExchange["asked"],
  found: Findings,
): void {
  if (operation.body === undefined) return;
  for (const { pointer, message, expected } of contract.check(operation.body)(body))
    found.break(pointer, `${nameOf(pointer)} of the request ${message}.`, expected);
}
