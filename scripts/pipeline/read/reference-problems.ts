/** What is wrong with references, in words. */
import { InputError, type Place, type Problem } from "../../shared/input-error.ts";

export const REFERENCE_ADVICE = "Correct the reference, or add the file or component that it names.";

/** How many references may stand between a reference and what it means. */
export const MAX_CHAIN = 100;

/** The problem of a reference whose file has nothing at its pointer. */
export function nothingAt(reference: string, place: Place): Problem {
  return { place, message: `There is nothing at ${reference}.`, advice: REFERENCE_ADVICE };
}

/** The problem of a reference to a text, a number or a list where an object belongs. */
export function unfit(reference: string, place: Place): Problem {
  return {
    place,
    message: `What is at ${reference} cannot stand here: it is not an object.`,
    advice: REFERENCE_ADVICE,
  };
}

/** @param chain the references that lead from one to the next, and back */
export function circle(chain: string, place: Place): Problem {
  return {
    place,
    message: `This reference leads back to itself: ${chain}.`,
    advice: "Describe one of them, so that the references have something to stand for.",
  };
}

/** The error of a reference with more than `MAX_CHAIN` others behind it. */
export function tooLong(place: Place): InputError {
  return new InputError({
    place,
    message: `This reference leads through more than ${MAX_CHAIN} others before it reaches anything.`,
    advice: "Refer to what is meant.",
  });
}
