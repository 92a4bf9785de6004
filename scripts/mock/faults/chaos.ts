/** `--chaos`: faults at random, the same ones for the same seed. */

import type { Random } from "../../shared/random.ts";
import { FAULTS, type Fault, parseFault } from "./faults.ts";

/** Of faults with a status, the ones that are drawn. */
const STATUSES = [500, 503];
/** Frames after which a stream goes wrong, at most; milliseconds of latency. */
const FRAMES = 10;
const LATENCY = 2000;

/** @returns one fault with the given probability, with arguments at random, or none */
export function drawFault(probability: number, random: Random): Fault[] {
  if (random.next() >= probability) return [];
  const below = (limit: number) => Math.floor(random.next() * limit);
  const names = Object.keys(FAULTS);
  const name = names[below(names.length)] ?? "";
  const drawn = Object.keys(FAULTS[name]?.arguments ?? {}).map((argument) => {
    if (argument === "status") return STATUSES[below(STATUSES.length)];
    if (argument === "ms") return below(LATENCY);
    if (argument === "frames") return below(FRAMES);
    return 1;
  });
  const fault = parseFault([name, ...drawn].join(":"));
  return typeof fault === "string" ? [] : [fault];
}
