/** Reads options that take a number. */
import { InputError } from "../shared/input-error.ts";

/** Reads a whole number from 0 to `max`. @throws {InputError} naming the option and its range */
export function wholeNumber(option: string, text: string, max: number): number {
  if (/^\d+$/.test(text) && Number(text) <= max) return Number(text);
  throw new InputError({ message: `--${option} ${text} is not a whole number from 0 to ${max}.` });
}

/** Reads a decimal number from 0 to `max`, such as `0.05`. @throws {InputError} naming the option and its range */
export function numberFrom(option: string, text: string, max: number): number {
  if (/^\d*\.?\d+$/.test(text) && Number(text) <= max) return Number(text);
  throw new InputError({ message: `--${option} ${text} is not a number from 0 to ${max}.` });
}
