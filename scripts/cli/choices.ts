/** Options that take one of several words. */
import { InputError } from "../shared/input-error.ts";

/**
 * The word, if it is one of those.
 *
 * @param option the option's name, without its dashes
 * @throws {InputError} that lists the words
 */
export function oneOf<T extends string>(option: string, value: string, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw new InputError({
    message: `--${option} ${value} is not known.`,
    advice: `Write one of ${words.join(", ")}.`,
  });
}
